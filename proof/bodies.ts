import { gzipSync } from 'node:zlib';
import { providerById } from '../test/kit/providers';
import { publish, saveCredential, trigger } from '../test/kit/n8n/workflow-parts';
import { post } from '../test/kit/post';
import { Instance } from '../test/kit/n8n/instance';
import { table, type Part } from './page';
import { METRICS_SETTINGS, processMetrics } from './process';
import { median } from './statistics';

const ROUNDS = 7;

/** JSON of so many megabytes, as small things in one list: what takes longest to parse. */
const json = (megabytes: number) => Buffer.from(`[${'{},'.repeat(megabytes * 333_333)}{}]`);

const zipped = gzipSync(json(15));

const BODIES: [name: string, body: Buffer, headers?: Record<string, string>][] = [
	...[1, 4, 15].map((size): [string, Buffer] => [
		`JSON of ${size} MB, of empty objects`,
		json(size),
	]),
	[
		`the same compressed to ${Math.round(zipped.length / 1000)} kB`,
		zipped,
		{ 'content-encoding': 'gzip' },
	],
];

/** What a large body costs before it's rejected: what docs/reverse-proxy.md has a proxy keep off. */
export const bodies: Part = {
	title: 'What a large body costs',
	async measure() {
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
				median(stops),
				Math.max(...stops),
			]);
			const head = ['Body', 'Response', 'Median, ms', 'Longest, ms'];
			return {
				results: { figures: { rounds: ROUNDS }, tables: { bodies: { head, rows } } },
				hasHeld: rows.every(([, answer]) => answer === '401'),
			};
		} finally {
			await instance.remove();
		}
	},
	text: (
		results,
	) => `Each row is an unsigned request to a trigger, sent alone. n8n reads the body before the node can reject it, and responds to
nothing else in the meantime: for how long, over ${results.figures?.rounds} requests.

${table(results, 'bodies')}`,
};
