import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { CHAKRAHQ } from '../nodes/ChakraHq/chakrahq';
import { CHATMITRA } from '../nodes/ChatMitra/chatmitra';
import { CHIRP } from '../nodes/Chirp/chirp';
import { PINGMATE } from '../nodes/PingMate/pingmate';
import type { Provider } from '../nodes/shared/core/provider';
import { readDelivery } from '../nodes/shared/core/read-delivery';
import { routeItems, selectItems } from '../nodes/shared/core/select';
import { verifyHmacSha256, type Headers } from '../nodes/shared/core/signature';
import { metaBody, SECRET, signatureOf } from './bodies';
import { handlers } from './handlers';
import { compare, type Comparison } from './side-by-side';

/** From verified bytes to items by output: all that this package does to a delivery but answer it. */
function core(provider: Provider, rawBody: Buffer, headers: Headers): unknown {
	const reading = readDelivery(provider, { rawBody, headers }, { secrets: [SECRET] });
	if (reading.kind !== 'items') throw new Error(`read as ${reading.kind}`);
	const selection = { events: provider.events, maxEventAgeMinutes: 0 };
	return routeItems(selectItems(reading.items, selection, Date.now()), provider.events.length);
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
	say(`${cpu[0]?.model ?? 'unknown processor'}, ${cpu.length} cores, Node.js ${process.version}`);
	say('');

	say('## Core against the floor');
	say('');
	say(
		'Core: verify, parse, normalise, select, route. Floor: HMAC-SHA256, constant-time comparison and',
	);
	say('`JSON.parse` of the same bytes. Target: at most 3 at 1 and at 1,000 messages.');
	say('');
	const batches: Comparison[] = [];
	for (const count of [1, 10, 100, 1_000]) {
		const body = metaBody(count);
		const signature = signatureOf(body);
		const headers = { 'x-chakra-signature-256': signature };
		batches.push(
			await compare(
				`${count} ${count === 1 ? 'message' : 'messages'}, ${body.length} bytes`,
				() => core(CHAKRAHQ, body, headers),
				() => floor(body, signature),
			),
		);
	}
	table("Meta's format", 'floor', batches);

	const each: Comparison[] = [];
	for (const provider of [CHAKRAHQ, PINGMATE, CHATMITRA, CHIRP]) {
		const body = readFileSync(
			join(PROJECT, 'test', 'fixtures', provider.id, 'message.received.json'),
		);
		const signature = signatureOf(body);
		const proof = provider === CHIRP ? SECRET : signature;
		const headers = { [provider.signatureHeader.toLowerCase()]: proof };
		each.push(
			await compare(
				`${provider.displayName}, ${body.length} bytes`,
				() => core(provider, body, headers),
				() => floor(body, signature),
			),
		);
	}
	table('one received message', 'floor', each);

	say('## Time and memory in the batch');
	say('');
	say('Target: linear.');
	say('');
	say('| messages | time a message | heap held by the items, a message |');
	say('| --- | --- | --- |');
	for (const [index, count] of [1, 10, 100, 1_000].entries()) {
		const body = metaBody(count);
		const headers = { 'x-chakra-signature-256': signatureOf(body) };
		const runs = 20_000 / count;
		const held = heldBy(() => Array.from({ length: runs }, () => core(CHAKRAHQ, body, headers)));
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
		const headers = { 'x-webhook-signature': signature };
		verifications.push(
			await compare(
				`ours, ${body.length} bytes`,
				() => verifyHmacSha256({ rawBody: body, headers }, 'x-webhook-signature', [SECRET]),
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
		'`WebhookContext` of n8n-core, on the same body. n8n has parsed the body for the built-in one, which',
	);
	say(
		'compares with `!==` and hands on what is there; ours parses the bytes that it verified, normalises and',
	);
	say('remembers. Target: not slower.');
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
