import { gzipSync } from 'node:zlib';
import { providerById } from '../test/kit/providers';
import { publish, saveCredential, trigger } from '../test/kit/n8n/workflow-parts';
import { post } from '../test/kit/post';
import { Instance } from '../test/kit/n8n/instance';
import { table, type Findings } from './page';
import { METRICS_SETTINGS, processMetrics } from './process';
import { median, short } from './statistics';

const ROUNDS = 7;

/** JSON of so many megabytes, as small things in one list: what takes longest to parse. */
const json = (megabytes: number) => Buffer.from(`[${'{},'.repeat(megabytes * 333_333)}{}]`);

const zipped = gzipSync(json(15));

const BODIES: [name: string, body: Buffer, headers?: Record<string, string>][] = [
	...[1, 4, 15].map((size): [string, Buffer] => [`${size} MB of empty objects`, json(size)]),
	[
		`the same compressed to ${Math.round(zipped.length / 1000)} kB`,
		zipped,
		{ 'content-encoding': 'gzip' },
	],
];

/** What a large body costs before it is rejected: what docs/security.md has a proxy keep off. */
export async function bodies(): Promise<Findings> {
	const provider = providerById('meta');
	const instance = await Instance.launch(METRICS_SETTINGS);
	try {
		const credential = await saveCredential(instance, provider);
		const { url } = await publish(instance, 'bodies', [trigger(provider, credential)]);
		const seen = BODIES.map(([name, body, headers]) => ({
			name,
			send: () => post(url, body, headers),
			stops: [] as number[],
			answers: new Set<number>(),
		}));
		for (let round = 0; round < ROUNDS; round++) {
			for (const { send, stops, answers } of seen) {
				// A look begins the next measurement.
				await processMetrics(instance.url);
				answers.add((await send()).status);
				stops.push((await processMetrics(instance.url)).delayMax);
			}
		}
		const rows = seen.map(({ name, stops, answers }) => [
			name,
			[...answers].join(', '),
			...[median(stops), Math.max(...stops)].map((ms) => `${short(ms)} ms`),
		]);
		return {
			text: `An unsigned request to a trigger, alone: n8n reads the body before the node can reject it. How long the event loop stood
still, so that n8n answered nobody; median of ${ROUNDS}.

${table(['JSON', 'Answer', 'median', 'most'], rows)}`,
			hasHeld: rows.every(([, answer]) => answer === '401'),
		};
	} finally {
		await instance.remove();
	}
}
