import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { NodeHelpers, Workflow, type INodeTypeDescription, type INodeTypes } from 'n8n-workflow';
import { OUTPUTS } from '../../playground/outputs';
import { pack } from '../../scripts/npm';

const PROJECT = join(__dirname, '..', '..');

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

/** Public API: the names that stored workflows refer to. */
const EXPECTED = [
	{
		node: 'chakraHqTrigger',
		displayName: 'ChakraHQ Trigger',
		credential: 'chakraHqWebhookApi',
		credentialName: 'ChakraHQ Webhook API',
		outputs: 11,
		defaultEvents: ['message.received', 'message.failed', 'form.submitted'],
	},
	{
		node: 'chirpTrigger',
		displayName: 'Chirp Trigger',
		credential: 'chirpApi',
		credentialName: 'Chirp API',
		outputs: 11,
		defaultEvents: ['message.received', 'message.failed', 'form.submitted'],
	},
	{
		node: 'pingMateTrigger',
		displayName: 'PingMate Trigger',
		credential: 'pingMateWebhookApi',
		credentialName: 'PingMate Webhook API',
		outputs: 7,
		defaultEvents: ['message.received', 'message.failed', 'form.submitted'],
	},
	{
		node: 'chatMitraTrigger',
		displayName: 'ChatMitra Trigger',
		credential: 'chatMitraWebhookApi',
		credentialName: 'ChatMitra Webhook API',
		outputs: 6,
		defaultEvents: ['message.received', 'message.failed'],
	},
] as const;

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

	it('loads in n8n with these nodes and credentials', () => {
		expect(loader.types.nodes.map(({ name }) => name).sort()).toEqual(
			EXPECTED.map(({ node }) => node).sort(),
		);
		expect(loader.types.credentials.map(({ name }) => name).sort()).toEqual(
			EXPECTED.map(({ credential }) => credential).sort(),
		);
	});

	it.each([...packageJson.n8n.nodes, ...packageJson.n8n.credentials])(
		'does not load without %s',
		async (file) => {
			// Beside the other packages, where zod is found as it is in n8n.
			const copy = mkdtempSync(join(PROJECT, 'node_modules', '.package-'));
			try {
				cpSync(join(PROJECT, 'package.json'), join(copy, 'package.json'));
				cpSync(join(PROJECT, 'dist'), join(copy, 'dist'), { recursive: true });
				rmSync(join(copy, file));

				await expect(load(copy)).rejects.toThrow(basename(file));
			} finally {
				rmSync(copy, { recursive: true });
			}
		},
	);

	describe.each(EXPECTED)('$displayName', ({ node, displayName, ...expected }) => {
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
				displayName: expected.credentialName,
			});
			const { properties } = loader.getCredential(expected.credential).type;
			expect(properties).toEqual(
				expect.arrayContaining([
					expect.objectContaining({
						name: 'webhookSecret',
						required: true,
						typeOptions: { password: true },
					}),
					expect.objectContaining({
						name: 'secondWebhookSecret',
						typeOptions: { password: true },
					}),
				]),
			);
			expect(properties.map((property) => [property.name, property.default])).toEqual(
				expected.credential === 'chirpApi'
					? [
							['apiKey', ''],
							['webhookSecret', ''],
							['secondWebhookSecret', ''],
							['headerName', 'X-Webhook-Secret'],
							['baseUrl', 'https://api.buildwithchirp.com'],
						]
					: [
							['webhookSecret', ''],
							['secondWebhookSecret', ''],
						],
			);
		});

		it('declares one webhook, and no field of it is an expression', () => {
			expect(description.webhooks).toEqual([
				{
					name: 'default',
					httpMethod: 'POST',
					path: 'webhook',
					responseMode: 'onReceived',
					responseData: 'noData',
				},
			]);
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
			const events = OUTPUTS.slice(0, expected.outputs);

			expect(outputsFor({ events: selected })).toEqual(
				events.map(([event, label]) => ({
					type: 'main',
					displayName: selected.includes(event) ? label : `(${label})`,
				})),
			);
			expect(outputsFor({ events: [] })).toHaveLength(events.length);
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
				reportRefusals: true,
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
		const face = require('../..') as Record<string, unknown>;

		expect(Object.keys(face).sort()).toEqual(
			[...packageJson.n8n.nodes, ...packageJson.n8n.credentials]
				.map((file) => basename(file).split('.')[0])
				.sort(),
		);
	});

	it('needs nothing but n8n at run time', () => {
		expect(packageJson.dependencies).toBeUndefined();
		expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('is packed with its build and its papers only, in less than 100 kB', () => {
		const folder = mkdtempSync(join(tmpdir(), 'packed-'));
		try {
			const { files, size } = pack(PROJECT, folder);

			const beside = files.filter((path) => !/^dist\/.+\.(js|json|svg)$/.test(path));
			expect(beside).toEqual(['LICENSE', 'README.md', 'index.js', 'package.json']);
			expect(size).toBeLessThan(100_000);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
