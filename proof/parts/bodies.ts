import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { providerById } from '../../playground/providers';
import { post } from '../../test/support/post';
import { Instance } from '../instance';
import { METRICS_SETTINGS, processMetrics } from '../metrics';
import { table } from '../page';
import type { Findings, Part } from '../part';
import { step } from '../progress';
import { median, short } from '../statistics';
import { publish, saveCredential, trigger } from '../../playground/workflow-parts';

const ROUNDS = 7;

const provider = providerById('meta');

const MB = 1_000_000;

/** JSON of about this many bytes, as small things in one list: what takes longest to parse. */
const json = (bytes: number) => Buffer.from(`[${'{},'.repeat(bytes / 3 - 1)}{}]`);

/** JSON of about this many bytes in the form of Meta's largest deliveries: texts in objects. */
const texts = (bytes: number) =>
	Buffer.from(
		JSON.stringify({
			entry: Array.from({ length: bytes / 200 }, () => ({
				id: randomBytes(8).toString('hex'),
				text: { body: 'x'.repeat(150) },
			})),
		}),
	);

const BODIES: [name: string, body: Buffer, headers: Record<string, string>][] = [
	['JSON of 3 MB in the form of a delivery', texts(3 * MB), {}],
	['JSON of 1 MB, of empty objects', json(1 * MB), {}],
	['JSON of 4 MB, of empty objects', json(4 * MB), {}],
	['JSON of 15 MB, of empty objects', json(15 * MB), {}],
	[
		`the same compressed to ${Math.round(gzipSync(json(15 * MB)).length / 1000)} kB`,
		gzipSync(json(15 * MB)),
		{ 'content-encoding': 'gzip' },
	],
];

async function prove(): Promise<Findings> {
	const instance = await Instance.start({ settings: METRICS_SETTINGS });
	try {
		const credential = await saveCredential(instance, provider);
		const { url } = await publish(instance, 'bodies', [trigger(provider, credential)]);
		const stops = new Map<string, number[]>();
		const answers = new Map<string, Set<number>>();
		for (let round = 0; round < ROUNDS; round++) {
			step(`bodies: round ${round + 1} of ${ROUNDS}`);
			for (const [name, body, headers] of BODIES) {
				await processMetrics(instance.url);
				const { status } = await post(url, body, headers);
				const { delayMax } = await processMetrics(instance.url);
				stops.set(name, [...(stops.get(name) ?? []), delayMax]);
				answers.set(name, (answers.get(name) ?? new Set()).add(status));
			}
		}
		return {
			text: `An unsigned request to a trigger, alone: n8n reads the body before the node can refuse it. How long the event loop stood
still, so that n8n answered nobody; median of ${ROUNDS}.

${table(
	['Body', 'Answer', 'median', 'most'],
	[...stops].map(([name, delays]) => [
		name,
		[...(answers.get(name) ?? [])].join(', '),
		`${short(median(delays))} ms`,
		`${short(Math.max(...delays))} ms`,
	]),
)}`,
			hasHeld: [...answers.values()].every((statuses) => [...statuses].join() === '401'),
		};
	} finally {
		await instance.stop();
	}
}

/** What a large body costs before it is refused. */
export const bodies: Part = { name: 'bodies', run: prove };
