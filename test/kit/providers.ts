import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../../nodes/shared/core/read/provider';
import type { Simulator } from './simulator';

const NODES = join(__dirname, '..', '..', 'nodes');
const META_SAMPLES = join(NODES, 'shared', 'meta', 'test', 'samples');
const PACKAGE = 'n8n-nodes-whatsapp-triggers';

/** A provider of the package, found by its folder. */
export interface DiscoveredProvider {
	id: string;
	displayName: string;
	/** The folder under `nodes/`. */
	folder: string;
	provider: Provider;
	simulator: Simulator;
	/** The file of its node, without `.ts`. */
	nodeFile: string;
	/** As it is named in workflows: `n8n-nodes-whatsapp-triggers.pingMateTrigger`. */
	nodeType: string;
	credentialType: string;
}

/** Every provider of the package, by the name of its folder. There is no list of them anywhere. */
export const PROVIDERS: readonly DiscoveredProvider[] = readdirSync(NODES)
	.filter((name) => existsSync(join(NODES, name, 'provider.ts')))
	.map(discover);

function discover(name: string): DiscoveredProvider {
	const folder = join(NODES, name);
	const nodeFile = readdirSync(folder).find((file) => file.endsWith('Trigger.node.ts'));
	if (nodeFile === undefined) throw new Error(`nodes/${name} has no …Trigger.node.ts`);
	const className = nodeFile.slice(0, -'.node.ts'.length);
	/* eslint-disable @typescript-eslint/no-require-imports -- which files there are is known only now */
	const { provider } = require(join(folder, 'provider.ts')) as { provider: Provider };
	const { simulator } = require(join(folder, 'test', 'simulator.ts')) as { simulator: Simulator };
	/* eslint-enable @typescript-eslint/no-require-imports */
	return {
		id: provider.id,
		displayName: provider.displayName,
		folder: name,
		provider,
		simulator,
		nodeFile: join(folder, nodeFile.slice(0, -'.ts'.length)),
		nodeType: `${PACKAGE}.${className.charAt(0).toLowerCase()}${className.slice(1)}`,
		credentialType: provider.credentialType,
	};
}

/** The provider with this id; throws a message that lists all of them. */
export function providerById(id: string): DiscoveredProvider {
	const provider = PROVIDERS.find((candidate) => candidate.id === id);
	if (provider) return provider;
	const ids = PROVIDERS.map((candidate) => candidate.id).join(', ');
	throw new Error(`There is no provider "${id}". Choose one of: ${ids}.`);
}

/** What the credential holds for a run: the secret, and what the provider needs beside it. */
export function credentialData({ simulator }: DiscoveredProvider): Record<string, string> {
	return {
		webhookSecret: simulator.secret,
		secondWebhookSecret: '',
		...simulator.credential,
	};
}

/** The parameters of a trigger that listens to every event in every chat. */
export function listenToAll({ provider }: DiscoveredProvider): Record<string, unknown> {
	return {
		events: [...provider.emits],
		...(provider.chats.hasGroups ? { chats: 'all' } : {}),
		options: {},
	};
}

/** Where the samples of a provider are, by the beginning of their names. */
function sampleFolders({
	folder,
	simulator,
}: DiscoveredProvider): [prefix: string, path: string][] {
	return [
		['', join(NODES, folder, 'test', 'samples')],
		...(simulator.relaysMeta ? ([['meta-', META_SAMPLES]] as [string, string][]) : []),
	];
}

const ITEMS = '.items.json';

/** The names of a provider's samples: event names, some with a variant (`message.received-image`). */
export function sampleNames(provider: DiscoveredProvider): string[] {
	return sampleFolders(provider).flatMap(([prefix, path]) =>
		readdirSync(path)
			.filter((file) => file.endsWith(ITEMS))
			.map((file) => prefix + file.slice(0, -ITEMS.length)),
	);
}

/** A sample delivery with the items that it must become, which were written by hand. */
export interface Sample {
	name: string;
	rawBody: Buffer;
	items: Record<string, unknown>[];
}

/** A sample; throws a message that lists the names there are. */
export function sampleOf(provider: DiscoveredProvider, name: string): Sample {
	for (const [prefix, path] of sampleFolders(provider).reverse()) {
		const stem = name.slice(prefix.length);
		const items = join(path, stem + ITEMS);
		if (!name.startsWith(prefix) || !existsSync(items)) continue;
		const body = readdirSync(path).find(
			(file) => file !== stem + ITEMS && file.slice(0, file.lastIndexOf('.')) === stem,
		);
		if (body === undefined) throw new Error(`${items} has no delivery beside it`);
		// Samples of a format that several providers relay do not name one.
		const text = readFileSync(items, 'utf8').replaceAll('{provider}', provider.id);
		return {
			name,
			rawBody: readFileSync(join(path, body)),
			items: JSON.parse(text) as Record<string, unknown>[],
		};
	}
	throw new Error(
		`${name === '' ? 'Which event?' : `${provider.displayName} has no sample "${name}".`} Choose one of:\n  ${sampleNames(provider).join('\n  ')}`,
	);
}

/** Every sample of a provider. */
export function samplesOf(provider: DiscoveredProvider): Sample[] {
	return sampleNames(provider).map((name) => sampleOf(provider, name));
}
