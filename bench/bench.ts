import { createHmac, timingSafeEqual } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import type { CredentialData, Delivery } from '../nodes/shared/core/delivery';
import { outputCountOf } from '../nodes/shared/core/events';
import { readDelivery } from '../nodes/shared/core/read-delivery';
import { routeItems, selectItems } from '../nodes/shared/core/select';
import { credentialData, providerById, PROVIDERS, sampleOf } from '../playground/providers';
import { metaBody, SECRET, signatureOf } from './bodies';
import { handlers } from './handlers';
import { compare, type Comparison } from './side-by-side';

/** What n8n would have called. */
const URL = 'https://n8n.example.com/webhook/00000000-0000-4000-8000-000000000000/webhook';

/** A provider that relays Meta's format, which is the one with batches. */
const { provider: META } = providerById('chakrahq');

const metaDelivery = (rawBody: Buffer): Delivery => ({
	rawBody,
	headers: { 'x-chakra-signature-256': signatureOf(rawBody) },
	url: URL,
	receivedAt: Date.now(),
});

const CREDENTIAL = { webhookSecret: SECRET };

/** From verified bytes to items by output: all that this package does to a delivery but answer it. */
function core(provider: typeof META, delivery: Delivery, credential: CredentialData): unknown {
	const result = readDelivery(provider, delivery, credential);
	if (result.kind !== 'items') throw new Error(`read as ${result.kind}`);
	const selection = { events: provider.emits, maxEventAgeMinutes: 0 };
	const selected = selectItems(result.items, selection, Date.now());
	return routeItems(selected, outputCountOf(provider.emits));
}

/** The least that anything has to do: sign, compare, parse. */
function floor(rawBody: Buffer, signature: string): unknown {
	const digest = createHmac('sha256', SECRET).update(rawBody).digest();
	if (!timingSafeEqual(digest, Buffer.from(signature, 'hex'))) throw new Error('not authentic');
	return JSON.parse(rawBody.toString('utf8')) as unknown;
}

/** The benchmark is started from the project's folder. */
const PROJECT = process.cwd();

const lines: string[] = [];

function say(line: string): void {
	lines.push(line);
	console.log(line);
}

function table(head: string, base: string, rows: Comparison[]): void {
	say(`| ${head} | ${base} | this | ratio: minimum | median | maximum |`);
	say('| --- | --- | --- | --- | --- | --- |');
	for (const { name, min, median, max, time, baseTime } of rows) {
		const ratios = [min, median, max].map((ratio) => ratio.toFixed(2)).join(' | ');
		say(`| ${name} | ${baseTime.toFixed(2)} µs | ${time.toFixed(2)} µs | ${ratios} |`);
	}
	say('');
}

/** The most that a median may be over the floor. */
const MOST_OVER_FLOOR = 3;

/** Whether the target was met, in so many words: a target that is missed in silence is none. */
function sayWhether(rows: Comparison[]): void {
	const missed = rows.filter(({ median }) => median > MOST_OVER_FLOOR).map(({ name }) => name);
	say(missed.length === 0 ? 'Target met.' : `**Target missed**: ${missed.join('; ')}.`);
	say('');
}

/** Bytes of the heap that what a run returns keeps alive. */
function heldBy(run: () => unknown): number {
	global.gc?.();
	const before = process.memoryUsage().heapUsed;
	const kept = run();
	global.gc?.();
	const held = process.memoryUsage().heapUsed - before;
	return kept === undefined ? NaN : held;
}

async function main(): Promise<void> {
	const cpu = cpus();
	say('# Results');
	say('');
	say(
		'Written by `npm run bench`. Ratios of runs in turns in one process, on the same bytes; times are',
	);
	say('medians of this run, on a machine that does other things as well.');
	say('');
	const load = (loadavg()[0] ?? NaN).toFixed(1);
	say(
		`${cpu[0]?.model ?? 'unknown processor'}, ${cpu.length} cores, load ${load}, Node.js ${process.version}`,
	);
	say('');

	say('## Core against the floor');
	say('');
	say(
		'Core: verify, read, normalize, select, route. Floor: HMAC-SHA256, constant-time comparison and',
	);
	say(`\`JSON.parse\` of the same bytes. Target: a median of at most ${MOST_OVER_FLOOR}.`);
	say('');
	const batches: Comparison[] = [];
	for (const count of [1, 10, 100, 1_000]) {
		const body = metaBody(count);
		const signature = signatureOf(body);
		const delivery = metaDelivery(body);
		batches.push(
			await compare(
				`${count} ${count === 1 ? 'message' : 'messages'}, ${body.length} bytes`,
				() => core(META, delivery, CREDENTIAL),
				() => floor(body, signature),
			),
		);
	}
	table("Meta's format", 'floor', batches);

	const each: Comparison[] = [];
	for (const discovered of PROVIDERS) {
		const { provider, simulator } = discovered;
		const { rawBody } = sampleOf(discovered, 'message.received');
		const at = new Date();
		const proof = simulator.sign(rawBody, simulator.secret, { url: URL, at });
		const headers = Object.fromEntries(
			Object.entries(proof).map(([name, value]) => [name.toLowerCase(), value]),
		);
		const delivery = { rawBody, headers, url: URL, receivedAt: at.getTime() };
		const credential = credentialData(discovered);
		const signature = signatureOf(rawBody);
		each.push(
			await compare(
				`${provider.displayName}, ${rawBody.length} bytes`,
				() => core(provider, delivery, credential),
				() => floor(rawBody, signature),
			),
		);
	}
	table('one received message', 'floor', each);
	sayWhether([...batches, ...each]);

	say('## Time and memory in the batch');
	say('');
	say('Target: linear.');
	say('');
	say('| messages | time a message | heap held by the items, a message |');
	say('| --- | --- | --- |');
	for (const [index, count] of [1, 10, 100, 1_000].entries()) {
		const body = metaBody(count);
		const delivery = metaDelivery(body);
		const runs = 20_000 / count;
		const held = heldBy(() => Array.from({ length: runs }, () => core(META, delivery, CREDENTIAL)));
		const time = (batches[index]?.time ?? NaN) / count;
		say(`| ${count} | ${time.toFixed(2)} µs | ${(held / runs / count / 1000).toFixed(2)} kB |`);
	}
	say('');

	say('## Verification alone');
	say('');
	say(
		'Ours against the floor of it (HMAC-SHA256 and comparison), beside two well-known libraries.',
	);
	say('');
	const octokit = await import('@octokit/webhooks-methods');
	const verifications: Comparison[] = [];
	for (const count of [1, 1_000]) {
		const body = metaBody(count);
		const text = body.toString('utf8');
		const signature = signatureOf(body);
		const digest = Buffer.from(signature, 'hex');
		const base = () => timingSafeEqual(digest, createHmac('sha256', SECRET).update(body).digest());
		const key = Buffer.from(SECRET).toString('base64');
		const webhook = new Webhook(key);
		const now = new Date();
		const standard = {
			'webhook-id': 'msg_1',
			'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
			'webhook-signature': webhook.sign('msg_1', now, text),
		};
		const delivery = metaDelivery(body);
		verifications.push(
			await compare(
				`ours, ${body.length} bytes`,
				() => META.proof.verify(delivery, CREDENTIAL),
				base,
			),
			await compare(
				`@octokit/webhooks-methods, ${body.length} bytes`,
				() => octokit.verify(SECRET, text, `sha256=${signature}`),
				base,
			),
			// It parses the body as well.
			await compare(
				`standardwebhooks (and parses), ${body.length} bytes`,
				() => webhook.verify(text, standard),
				base,
			),
		);
	}
	table('verification', 'floor', verifications);

	say('## The handler against the built-in one');
	say('');
	say("`webhook()` of ChakraHQ Trigger against that of n8n's WhatsApp Trigger, each in the same");
	say(
		'`WebhookContext` of n8n-core, on the same body. They do not do the same, so ours takes longer, and',
	);
	say(
		'there is no target for the ratio: n8n has parsed the body for the built-in one before, which',
	);
	say(
		'compares with `!==` and hands on what is there; ours parses the bytes that it verified, makes an item',
	);
	say('of each message, and remembers them. The times say what that costs.');
	say('');
	const handled: Comparison[] = [];
	for (const count of [1, 10, 100, 1_000]) {
		const { ours, builtIn, length } = await handlers(count);
		handled.push(
			await compare(
				`${count} ${count === 1 ? 'message' : 'messages'}, ${length} bytes`,
				ours,
				builtIn,
			),
		);
	}
	table("Meta's format", 'built-in', handled);

	writeFileSync(join(PROJECT, 'bench', 'RESULTS.md'), `${lines.join('\n').trimEnd()}\n`);
}

void main();
