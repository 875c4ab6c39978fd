import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workflow } from '../n8n/client';
import { PROVIDERS, type DiscoveredProvider } from '../providers';

const FOLDER = join(__dirname, '..', '..', '..', 'examples');

/** The paths of the example workflows, without their ending: `crm-sync/chirp`, `recover-after-crash`. */
export const EXAMPLES: readonly string[] = readdirSync(FOLDER, {
	encoding: 'utf8',
	recursive: true,
})
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.slice(0, -'.json'.length).replaceAll('\\', '/'));

/** The file of an example, which a user imports. */
export function exampleFile(example: string): string {
	return join(FOLDER, `${example}.json`);
}

/** An example as a user imports it. */
export function readExample(example: string): Workflow {
	return JSON.parse(readFileSync(exampleFile(example), 'utf8')) as Workflow;
}

/** The provider whose trigger a workflow has. */
export function providerOf({ name, nodes }: Workflow): DiscoveredProvider {
	const provider = PROVIDERS.find(({ nodeType }) => nodes.some(({ type }) => type === nodeType));
	if (!provider) throw new Error(`"${name}" has no trigger of ours`);
	return provider;
}
