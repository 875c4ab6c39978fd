import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { NodeHelpers, Workflow, type INodeTypeDescription, type INodeTypes } from 'n8n-workflow';
import { OUTPUTS } from '../kit/outputs';
import { providerById } from '../kit/providers';
import { pack } from '../../scripts/npm';
// Public API: the names that stored workflows refer to. A change of this file is a new version of a node.
import PUBLIC_NAMES from '../public-names.json';

const PROJECT = join(__dirname, '..', '..');

const DELIVERIES = {
	name: 'default',
	httpMethod: 'POST',
	path: 'webhook',
	responseMode: 'onReceived',
	responseData: 'noData',
};

/** At the same path, for a provider that makes sure by a GET that a URL is ours. */
const HANDSHAKE = { name: 'setup', httpMethod: 'GET', path: 'webhook', responseMode: 'onReceived' };

interface PackageJson {
	n8n: { nodes: string[]; credentials: string[] };
	dependencies?: object;
	peerDependencies: object;
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- read as n8n reads it
const packageJson = require('../../package.json') as PackageJson;

async function load(directory: string): Promise<PackageDirectoryLoader> {
	const loader = new PackageDirectoryLoader(directory);
	await loader.loadAll();
	return loader;
}

/** The files below a folder of the source, by their path in the build. */
function builtPaths(folder: string, ending: string): string[] {
	return readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => join('dist', folder, file.replace(/\.ts$/, '.js')))
		.sort();
}

describe('the built package', () => {
	let loader: PackageDirectoryLoader;

	beforeAll(async () => {
		if (!existsSync(join(PROJECT, 'dist'))) throw new Error('Build first: npm run build');
		loader = await load(PROJECT);
	});

	it('lists every node and credential there is, and no other', () => {
		expect([...packageJson.n8n.nodes].sort()).toEqual(builtPaths('nodes', '.node.ts'));
		expect([...packageJson.n8n.credentials].sort()).toEqual(
			builtPaths('credentials', '.credentials.ts'),
		);
	});

	it('loads in n8n with the published nodes and credentials', () => {
		expect(loader.types.nodes.map(({ name }) => name).sort()).toEqual(
			PUBLIC_NAMES.map(({ node }) => node).sort(),
		);
		expect(loader.types.credentials.map(({ name }) => name).sort()).toEqual(
			PUBLIC_NAMES.map(({ credential }) => credential).sort(),
		);
	});

	it('names the header and the address that Chirp documents in its credential', () => {
		const { properties } = loader.getCredential('chirpApi').type;

		expect(Object.fromEntries(properties.map((field) => [field.name, field.default]))).toEqual({
			apiKey: '',
			webhookSecret: '',
			secondWebhookSecret: '',
			headerName: 'X-Webhook-Secret',
			baseUrl: 'https://api.buildwithchirp.com',
		});
	});

	describe.each(PUBLIC_NAMES)('$displayName', ({ node, displayName, ...expected }) => {
		let description: INodeTypeDescription;

		beforeAll(() => {
			const found = loader.types.nodes.find(({ name }) => name === node);
			if (!found) throw new Error(`${node} was not loaded`);
			description = found;
		});

		it('has the published names, version and credential', () => {
			expect(description).toMatchObject({ displayName, version: 2, group: ['trigger'] });
			expect(description.credentials).toEqual([
				{ name: expected.credential, required: true, testedBy: `${expected.credential}Test` },
			]);
			expect(loader.getCredential(expected.credential).type).toMatchObject({
				displayName: expected.credentialDisplayName,
			});
		});

		it('has two secrets in its credential, which n8n hides and which nobody guesses', () => {
			const { properties } = loader.getCredential(expected.credential).type;
			const secrets = properties.filter(({ name }) => /secret$/i.test(name));

			expect(secrets).toEqual([
				expect.objectContaining({ name: 'webhookSecret', required: true }),
				expect.objectContaining({ name: 'secondWebhookSecret' }),
			]);
			for (const { default: value, typeOptions } of secrets) {
				expect([value, typeOptions]).toEqual(['', { password: true }]);
			}
		});

		it('declares its webhooks as they were published', () => {
			const { handshake } = providerById(expected.provider).provider;

			// Meta calls the URL while it is being registered, so the handshake comes first.
			expect(description.webhooks).toEqual(handshake ? [HANDSHAKE, DELIVERIES] : [DELIVERIES]);
		});

		it('has an output for each event, those not selected in parentheses', () => {
			const selected = ['message.received', 'message.failed'];
			const outputsFor = (parameters: { events?: string[] }) => {
				const { type } = loader.getNode(node);
				const nodeTypes = {
					getByName: () => type,
					getByNameAndVersion: () => type,
					getKnownTypes: () => ({}),
				} as unknown as INodeTypes;
				const workflow = new Workflow({
					nodes: [
						{ id: '1', name: 'Trigger', type: node, typeVersion: 2, position: [0, 0], parameters },
					],
					connections: {},
					active: false,
					nodeTypes,
				});
				const trigger = workflow.getNode('Trigger');
				if (!trigger) throw new Error('the workflow has no trigger');
				return NodeHelpers.getNodeOutputs(workflow, trigger, description);
			};

			expect(outputsFor({ events: selected })).toEqual(
				expected.outputs.map((label, index) => ({
					type: 'main',
					displayName: selected.includes(OUTPUTS[index]?.[0] ?? '') ? label : `(${label})`,
				})),
			);
			expect(outputsFor({ events: [] })).toHaveLength(expected.outputs.length);
			expect(OUTPUTS.map(([, label]) => label)).toEqual(expect.arrayContaining(expected.outputs));
		});

		it('has its parameters with their defaults', () => {
			const byName = new Map(description.properties.map((property) => [property.name, property]));
			const options = byName.get('options')?.options ?? [];

			expect(byName.get('events')?.default).toEqual(expected.defaultEvents);
			expect(
				Object.fromEntries(
					options.map((option) => [option.name, 'default' in option ? option.default : undefined]),
				),
			).toEqual({
				includeRaw: true,
				ignoreDuplicates: true,
				maxEventAgeMinutes: 0,
				reportRejected: true,
				messageTypes: [],
				neverFrom: '',
				onlyFrom: '',
				onlyNumbers: '',
			});
		});

		it('brings its icons, and is found in the nodes panel', () => {
			const { light, dark } = description.iconUrl as { light: string; dark: string };
			for (const url of [light, dark]) {
				const file = url.replace('icons/n8n-nodes-whatsapp-triggers/', '');
				expect(existsSync(join(PROJECT, file))).toBe(true);
			}
			expect(light).not.toBe(dark);
			expect(description.codex).toMatchObject({
				categories: expect.arrayContaining(['Communication']) as string[],
				alias: expect.arrayContaining(['WhatsApp']) as string[],
				resources: { primaryDocumentation: [{ url: expect.any(String) as string }] },
			});
		});
	});

	it('shows its classes to require()', () => {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- what this test is about
		const entryPoint = require('../..') as Record<string, unknown>;

		expect(Object.keys(entryPoint).sort()).toEqual(
			[...packageJson.n8n.nodes, ...packageJson.n8n.credentials]
				.map((file) => basename(file).split('.')[0])
				.sort(),
		);
	});

	it('needs nothing but n8n at run time', () => {
		expect(packageJson.dependencies).toBeUndefined();
		expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('is packed with its build, its entry point, its readme and its license only, in less than 20 kB for each provider', () => {
		const folder = mkdtempSync(join(tmpdir(), 'packed-'));
		try {
			const { files, size } = pack(PROJECT, folder);
			const beside = files.filter((path) => !/^dist\/.+\.(js|json|svg)$/.test(path));

			expect(beside.sort()).toEqual(['LICENSE', 'README.md', 'index.js', 'package.json']);
			expect(size).toBeLessThan(20_000 * PUBLIC_NAMES.length);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
