import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PROVIDERS } from '../../test/kit/providers';

const PROJECT = join(__dirname, '..', '..');

/** What a search on npm finds the package by, beside the providers' names. */
const KEYWORDS = ['n8n-community-node-package', 'whatsapp', 'webhook', 'trigger'];

/** package.json with the nodes, credentials and keywords of the providers that there are. */
export function withPackageEntries(text: string): string {
	const manifest = JSON.parse(text) as { n8n: object };
	const credentials = readdirSync(join(PROJECT, 'credentials'));
	return JSON.stringify({
		...manifest,
		keywords: [...KEYWORDS, ...PROVIDERS.map(({ id }) => id)],
		n8n: {
			...manifest.n8n,
			credentials: credentials.map((file) => `dist/credentials/${file.replace(/\.ts$/, '.js')}`),
			nodes: PROVIDERS.map(
				({ nodeFile }) => `dist/${relative(PROJECT, nodeFile).replaceAll('\\', '/')}.js`,
			),
		},
	});
}
