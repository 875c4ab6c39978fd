import { EVENT_NAMES } from '../../shared/core/events';
import type { ApiAnswer, Send } from '../../shared/n8n/setup/api';
import { ApiFault } from '../../shared/n8n/setup/api-fault';
import * as registration from '../../shared/n8n/setup/registration';
import type { Memory } from '../../shared/n8n/setup/registration';
import { chirpWebhooks, listWebhooks, type WebhookSpec } from '../api';
import { CHIRP_EVENTS, chirpEventsFor } from '../webhook-events';
import { FakeChirp } from './fake-chirp';

const isRegistered = async (send: Send, wanted: WebhookSpec, memory: Memory) =>
	await registration.isRegistered(chirpWebhooks(send), wanted, memory);

const register = async (send: Send, wanted: WebhookSpec, memory: Memory) => {
	await registration.register(chirpWebhooks(send), wanted, memory);
};

const unregister = async (send: Send, url: string, memory: Memory) =>
	await registration.unregister(chirpWebhooks(send), url, memory);

const APP_KEY = `sk_live_app_${'k'.repeat(20)}`;

/** The key of another app at Chirp. */
const OTHER_KEY = `sk_live_app_${'o'.repeat(20)}`;

const spec = {
	url: 'https://n8n.example.com/webhook/1/webhook',
	events: ['messages.whatsapp.received', 'messages.whatsapp.failed'],
	headers: { 'X-Webhook-Secret': 'a long random text' },
};
const testUrl = 'https://n8n.example.com/webhook-test/1/webhook';

let chirp: FakeChirp;

beforeEach(async () => {
	chirp = await FakeChirp.start(APP_KEY, 5);
});

afterEach(async () => {
	await chirp.stop();
});

const sendWith =
	(key: string): Send =>
	async ({ method, path, query, body }): Promise<ApiAnswer> => {
		const response = await fetch(
			`${chirp.baseUrl}${path}${query ? `?${new URLSearchParams(query).toString()}` : ''}`,
			{
				method,
				redirect: 'manual',
				headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
				...(body ? { body: JSON.stringify(body) } : {}),
			},
		);
		const text = await response.text();
		let parsed: unknown = text;
		try {
			parsed = JSON.parse(text) as unknown;
		} catch {
			// As n8n hands over what is not JSON.
		}
		return {
			statusCode: response.status,
			headers: Object.fromEntries(response.headers.entries()),
			body: parsed,
		};
	};

const send = sendWith(APP_KEY);

describe('automatic setup', () => {
	it('creates the webhook once, and finds it afterwards', async () => {
		const memory: Memory = {};

		expect(await isRegistered(send, spec, memory)).toBe(false);
		await register(send, spec, memory);
		expect(await isRegistered(send, spec, memory)).toBe(true);

		expect(chirp.webhooks).toMatchObject([spec]);
		expect(memory).toEqual({ [spec.url]: chirp.webhooks[0]?.id });
	});

	it.each([
		['events', { events: ['messages.whatsapp.received'] }],
		['a new secret', { headers: { 'X-Webhook-Secret': 'another text' } }],
		['another header', { headers: { 'X-Other': 'a long random text' } }],
	])('updates the webhook for %s', async (_, change) => {
		const memory: Memory = {};
		await register(send, spec, memory);
		const id = chirp.webhooks[0]?.id;

		expect(await isRegistered(send, { ...spec, ...change }, memory)).toBe(false);
		await register(send, { ...spec, ...change }, memory);

		expect(chirp.webhooks).toMatchObject([{ ...spec, ...change, id }]);
		expect(chirp.log.at(-1)).toContain(`PUT /v1/webhooks/${id} 200`);
	});

	it('takes over a webhook that somebody made for the same URL', async () => {
		const { id } = chirp.add({ url: spec.url, events: ['messages.whatsapp.read'] });
		const memory: Memory = {};
		await register(send, spec, memory);

		expect(chirp.webhooks).toMatchObject([{ ...spec, id }]);
		expect(memory).toEqual({ [spec.url]: id });
	});

	it('finds a webhook on a later page', async () => {
		chirp.pageSize = 2;
		for (let n = 0; n < 5; n++) chirp.add({ url: `https://x.example/${n}`, events: [] });
		await register(send, spec, {});

		expect(await isRegistered(send, spec, {})).toBe(true);
		expect(chirp.webhooks).toHaveLength(6);
	});

	it('makes a webhook anew that was deleted at Chirp', async () => {
		const memory: Memory = {};
		await register(send, spec, memory);
		const [first] = chirp.webhooks;
		chirp.webhooks = [];

		expect(await isRegistered(send, spec, memory)).toBe(false);
		await register(send, spec, memory);

		expect(chirp.webhooks).toMatchObject([spec]);
		expect(chirp.webhooks[0]?.id).not.toBe(first?.id);
		expect(memory).toEqual({ [spec.url]: chirp.webhooks[0]?.id });
	});

	it('keeps the test URL and the production URL apart', async () => {
		const memory: Memory = {};
		await register(send, spec, memory);
		await register(send, { ...spec, url: testUrl }, memory);
		expect(chirp.webhooks.map(({ url }) => url)).toEqual([spec.url, testUrl]);

		await unregister(send, testUrl, memory);

		expect(chirp.webhooks.map(({ url }) => url)).toEqual([spec.url]);
		expect(Object.keys(memory)).toEqual([spec.url]);
	});

	it('deletes the webhook also when its id was forgotten, and nobody else’s', async () => {
		const other = chirp.add({ url: 'https://x.example', events: [] });
		await register(send, spec, {});

		expect(await unregister(send, spec.url, {})).toBeNull();
		expect(chirp.webhooks).toEqual([other]);
	});

	it('deletes every webhook with the URL, on whatever page', async () => {
		const memory: Memory = {};
		await register(send, spec, memory);
		chirp.pageSize = 2;
		const others = [1, 2, 3].map((n) => chirp.add({ url: `https://x.example/${n}`, events: [] }));
		for (let n = 0; n < 2; n++) chirp.add(spec);

		expect(await unregister(send, spec.url, memory)).toBeNull();
		expect(chirp.webhooks).toEqual(others);
		expect(memory).toEqual({});
	});

	it('deletes the webhook that was made again by hand, under another id', async () => {
		const memory: Memory = {};
		await register(send, spec, memory);
		chirp.webhooks = [];
		chirp.add(spec);

		expect(await unregister(send, spec.url, memory)).toBeNull();
		expect(chirp.webhooks).toEqual([]);
	});

	it('deletes the webhook that it made, also when it was moved to another URL', async () => {
		const memory: Memory = {};
		await register(send, spec, memory);
		Object.assign(chirp.webhooks[0] ?? {}, { url: 'https://x.example' });

		expect(await unregister(send, spec.url, memory)).toBeNull();
		expect(chirp.webhooks).toEqual([]);
	});

	it('tells of a webhook that the app key does not show, and forgets it', async () => {
		const memory: Memory = {};
		await register(send, spec, memory);
		const [left] = chirp.webhooks;
		chirp.addApp(OTHER_KEY);

		expect(await unregister(sendWith(OTHER_KEY), spec.url, memory)).toBe(left?.id);
		expect(chirp.webhooks).toEqual([left]);
		expect(memory).toEqual({});
	});

	it('does not look again for what it deleted when the rest is tried again', async () => {
		const memory: Memory = {};
		await register(send, spec, memory);
		const sendOnce: Send = async (request) => {
			if (request.method === 'GET') throw new Error('no answer');
			return await send(request);
		};

		await expect(unregister(sendOnce, spec.url, memory)).rejects.toThrow('no answer');
		expect(await unregister(send, spec.url, memory)).toBeNull();
	});

	it('looks at every header', async () => {
		const headers = { ...spec.headers, 'X-Other': 'x' };
		chirp.add(spec);

		expect(await isRegistered(send, { ...spec, headers }, {})).toBe(false);
	});

	it('asks for the remembered webhook, then for the list', async () => {
		expect(await unregister(send, spec.url, { [spec.url]: 'whk_gone' })).toBe('whk_gone');
		expect(await unregister(send, spec.url, {})).toBeNull();

		expect(chirp.log).toEqual([
			'DELETE /v1/webhooks/whk_gone 404 Webhook not found',
			'GET /v1/webhooks 200',
			'GET /v1/webhooks 200',
		]);
	});

	it.each([
		['was moved to another URL', { url: 'https://x.example' }],
		['was given an event more', { events: [...spec.events, 'messages.whatsapp.read'] }],
		['was given another event', { events: [...spec.events.slice(0, 1), 'messages.whatsapp.read'] }],
		['was given other events', { events: ['messages.sms.sent', 'messages.sms.failed'] }],
		[
			'was given one event twice',
			{ events: [...spec.events.slice(0, 1), ...spec.events.slice(0, 1)] },
		],
		['lost its headers', { headers: null }],
		['was given another secret', { headers: { 'X-Webhook-Secret': 'another text' } }],
	])('sets a webhook right that %s at Chirp', async (_, change) => {
		const memory: Memory = {};
		await register(send, spec, memory);
		Object.assign(chirp.webhooks[0] ?? {}, change);

		expect(await isRegistered(send, spec, memory)).toBe(false);
		await register(send, spec, memory);

		expect(await isRegistered(send, spec, memory)).toBe(true);
		expect(chirp.webhooks).toMatchObject([spec]);
	});

	it('leaves headers alone that somebody added at Chirp, and the order of the events', async () => {
		await register(send, spec, {});
		Object.assign(chirp.webhooks[0] ?? {}, {
			events: [...spec.events].reverse(),
			headers: { ...spec.headers, 'X-Other': 'x' },
		});

		const memory: Memory = {};
		expect(await isRegistered(send, spec, memory)).toBe(true);
		expect(memory).toEqual({ [spec.url]: chirp.webhooks[0]?.id });
	});

	it('goes by the webhook that it made where somebody made another for the same URL', async () => {
		const memory: Memory = {};
		chirp.add({ ...spec, events: ['messages.whatsapp.read'] });
		const { id } = chirp.add(spec);
		memory[spec.url] = id;

		expect(await isRegistered(send, spec, memory)).toBe(true);
	});

	it('makes a webhook anew that is deleted at Chirp while it is brought up to date', async () => {
		const { id } = chirp.add({ ...spec, events: [] });
		const memory: Memory = {};
		const sendLate: Send = async (request) => {
			if (request.method === 'PUT') chirp.webhooks = [];
			return await send(request);
		};
		await register(sendLate, spec, memory);

		expect(chirp.webhooks).toMatchObject([spec]);
		expect(chirp.webhooks[0]?.id).not.toBe(id);
		expect(memory).toEqual({ [spec.url]: chirp.webhooks[0]?.id });
	});

	it('remembers nothing, and forgets nothing, when Chirp refuses', async () => {
		const memory: Memory = {};
		await expect(register(send, { ...spec, events: ['x'] }, memory)).rejects.toThrow(ApiFault);
		expect(memory).toEqual({});

		await register(send, spec, memory);
		await expect(register(send, { ...spec, events: ['x'] }, memory)).rejects.toThrow(ApiFault);
		chirp.faults.push({ status: 500 });
		await expect(unregister(send, spec.url, memory)).rejects.toThrow('is unavailable');
		expect(memory).toEqual({ [spec.url]: chirp.webhooks[0]?.id });
	});

	it('asks for an id as it is, whatever is in it', async () => {
		await unregister(send, spec.url, { [spec.url]: 'a/b?c' });

		expect(chirp.log[0]).toContain('DELETE /v1/webhooks/a%2Fb%3Fc 404');
	});

	it.each([
		['the webhook itself', (webhook: unknown) => webhook],
		['it under webhook', (webhook: unknown) => ({ webhook })],
		['it under data', (data: unknown) => ({ id: 'req_1', data })],
		['its id alone', (webhook: unknown) => ({ id: (webhook as { id: string }).id })],
		['a message', () => ({ message: 'Webhook created' })],
		['nothing', () => undefined],
	])('knows the webhook that it created, whatever the answer holds: %s', async (_, answerAs) => {
		chirp.add({ url: 'https://x.example', events: [] });
		chirp.answerAs = answerAs;
		const memory: Memory = {};

		await register(send, spec, memory);
		expect(chirp.webhooks).toHaveLength(2);
		expect(memory).toEqual({ [spec.url]: chirp.webhooks[1]?.id });
	});

	it.each([
		['a message', () => ({ message: 'Done' })],
		['nothing', () => undefined],
	])('takes %s for an answer to a change and to a deletion', async (_, answerAs) => {
		const memory: Memory = {};
		await register(send, spec, memory);
		chirp.answerAs = answerAs;
		const changed = { ...spec, events: ['messages.whatsapp.read'] };

		await register(send, changed, memory);
		expect(chirp.webhooks).toMatchObject([changed]);
		expect(await unregister(send, spec.url, memory)).toBeNull();
		expect(chirp.webhooks).toEqual([]);
	});

	it('does not take a webhook for created that Chirp does not show', async () => {
		chirp.faults.push({ status: 201, body: '<html>' });

		await expect(chirpWebhooks(send).create(spec)).rejects.toThrow('not in the documented form');
	});

	it('asks for the list without a query, and for its next page with the cursor alone', async () => {
		const asked: unknown[] = [];
		await listWebhooks(async (request) => {
			asked.push(request);
			const nextCursor = asked.length < 2 ? 'c2' : '';
			return { statusCode: 200, headers: {}, body: { webhooks: [], nextCursor } };
		});

		expect(asked).toEqual([
			{ method: 'GET', path: '/v1/webhooks' },
			{ method: 'GET', path: '/v1/webhooks', query: { cursor: 'c2' } },
		]);
	});
});

describe('what the list may look like', () => {
	const webhook = { id: 'whk_1', url: 'https://x.example', events: [], headers: {} };

	it.each([
		['bare', [webhook]],
		['webhooks', { webhooks: [webhook], nextCursor: null }],
		['data', { data: [webhook] }],
		['items', { items: [webhook] }],
	])('is read from %s', async (_, body) => {
		chirp.faults.push({ body: JSON.stringify(body) });

		expect(await listWebhooks(send)).toMatchObject([{ id: 'whk_1' }]);
	});

	it.each([
		['text', 'x'],
		['no object', null],
		['no id', { url: 'https://x.example' }],
		['an id that is no text', { id: {}, url: 'https://x.example' }],
		['an empty id', { id: '', url: 'https://x.example' }],
		['no URL', { id: 'whk_2' }],
	])('an entry that is no webhook is passed over: %s', async (_, entry) => {
		chirp.faults.push({ body: JSON.stringify({ webhooks: [entry, webhook] }) });

		expect(await listWebhooks(send)).toEqual([webhook]);
	});

	it.each([
		['no events', { headers: {} }],
		['events in another form', { events: [{ name: 'x' }] }],
		['no headers', { events: [] }],
		['headers in another form', { events: [], headers: [] }],
		['a header that is no text', { events: [], headers: { 'X-Webhook-Secret': 7 } }],
	])('an entry with an id and our URL is ours, and set right: %s', async (_, rest) => {
		const { id } = chirp.add({ url: spec.url, events: [] });
		const list = { body: JSON.stringify({ webhooks: [{ id, url: spec.url, ...rest }] }) };
		chirp.faults.push(list, list);

		expect(await isRegistered(send, spec, {})).toBe(false);
		await register(send, spec, {});
		expect(chirp.webhooks).toMatchObject([{ ...spec, id }]);
	});

	it('is read for a hundred pages, though it never ends', async () => {
		for (let page = 0; page < 150; page++) {
			chirp.faults.push({ body: JSON.stringify({ webhooks: [webhook], nextCursor: 'more' }) });
		}

		expect(await listWebhooks(send)).toHaveLength(100);
	});
});

describe('faults name the cause and the way out', () => {
	const error = (message: string) => JSON.stringify({ error: { type: 'x', message } });

	it.each([
		[{ status: 401, body: error('Invalid API key') }, 'did not accept the app key', 'sk_live_app_'],
		[{ status: 403, body: error('Forbidden') }, 'did not accept the app key', 'Forbidden'],
		[
			{ status: 404, body: '' },
			'No Chirp API was found at the Base URL',
			'https://api.buildwithchirp.com',
		],
		[{ status: 409, body: error('exists') }, 'A webhook with this URL already exists', 'Delete it'],
		[{ status: 429, headers: { 'retry-after': '7' } }, 'rate limit was reached', 'in 7 seconds'],
		[{ status: 429, headers: { 'retry-after': '1' } }, 'rate limit was reached', 'in 1 second.'],
		[{ status: 429 }, 'rate limit was reached', 'Wait a minute'],
		[
			{ status: 402, body: error(`a\n${'b'.repeat(300)}`) },
			'(status 402)',
			`Chirp says: "a ${'b'.repeat(197)}…"`,
		],
		[{ status: 500, body: '<html>' }, 'is unavailable (status 500)', 'Try again later'],
		[{ status: 503 }, 'is unavailable (status 503)', 'Try again later'],
		[{ status: 400, body: error('Unknown parameter') }, '(status 400)', 'Unknown parameter'],
		[{ status: 200, body: '<html>hello</html>' }, 'not in the documented form', 'Base URL'],
		[{ status: 200, body: '{"webhooks":{}}' }, 'not in the documented form', 'Manual'],
		[{ status: 499, body: '[]' }, 'did not list the webhooks (status 499)', 'Base URL'],
	])('of the answer %j', async (fault, message, advice) => {
		chirp.faults.push(fault);

		const thrown = await listWebhooks(send).catch((reason: unknown) => reason);

		expect(thrown).toBeInstanceOf(ApiFault);
		expect((thrown as ApiFault).message).toContain(message);
		expect((thrown as ApiFault).advice).toContain(advice);
		expect((thrown as ApiFault).advice).not.toContain(APP_KEY);
	});

	it.each([
		['GET', listWebhooks, 'did not list the webhooks', 'Check that the Base URL'],
		[
			'POST',
			async (s: Send) => chirpWebhooks(s).create(spec),
			'did not accept the webhook',
			'HTTPS',
		],
		[
			'PUT',
			async (s: Send) => chirpWebhooks(s).update('x', spec),
			'did not accept the webhook',
			'HTTPS',
		],
		['DELETE', async (s: Send) => chirpWebhooks(s).remove('x'), 'did not delete', 'Delete it on'],
	])('and advise on the request that was refused: %s', async (method, request, message, advice) => {
		chirp.faults.push({ status: 400, body: error('No.') });

		const thrown = (await request(send).catch((reason: unknown) => reason)) as ApiFault;

		expect(thrown.message).toContain(message);
		expect(thrown.message).toContain('(status 400)');
		expect(thrown.advice).toContain(advice);
		expect(thrown.advice).toMatch(/ Chirp says: "No\."$/);
		expect(thrown.advice.includes('HTTPS')).toBe(method === 'POST' || method === 'PUT');
	});

	it('has the status, and quotes Chirp only where Chirp said something', async () => {
		chirp.faults.push({ status: 500 }, { status: 500, body: error('oops') });

		const advice =
			'Try again later. Or set Webhook Setup to Manual and add the webhook in the dashboard.';
		await expect(listWebhooks(send)).rejects.toMatchObject({
			name: 'ApiFault',
			statusCode: 500,
			advice,
		});
		await expect(listWebhooks(send)).rejects.toMatchObject({
			advice: `${advice} Chirp says: "oops"`,
		});
	});

	it('takes any status of success for one', async () => {
		for (const statusCode of [200, 299]) {
			const body = { webhooks: [] };
			expect(await listWebhooks(async () => ({ statusCode, headers: {}, body }))).toEqual([]);
		}
		const early = listWebhooks(async () => ({ statusCode: 199, headers: {}, body: [] }));
		await expect(early).rejects.toThrow('(status 199)');
	});

	it('of a wrong key', async () => {
		await expect(chirpWebhooks(sendWith('sk_admin_x')).create(spec)).rejects.toThrow(
			'Chirp did not accept the app key',
		);
	});
});

describe('the Chirp events that are asked for', () => {
	const BOTH = ['sms', 'whatsapp'] as const;

	it('are the API reference’s, each once', () => {
		expect(CHIRP_EVENTS).toHaveLength(18);
		expect(chirpEventsFor(EVENT_NAMES, BOTH)).toEqual(CHIRP_EVENTS);
		expect(chirpEventsFor(['other'], BOTH)).toEqual(CHIRP_EVENTS);
	});

	it('are those that the selected events need on the channels', () => {
		expect(chirpEventsFor(['message.read'], BOTH)).toEqual(['messages.whatsapp.read']);
		expect(chirpEventsFor(['form.submitted', 'message.failed'], BOTH)).toEqual([
			'messages.sms.failed',
			'messages.whatsapp.received',
			'messages.whatsapp.failed',
		]);
		expect(chirpEventsFor(['message.failed'], ['sms'])).toEqual(['messages.sms.failed']);
		expect(chirpEventsFor([], BOTH)).toEqual([]);
		expect(chirpEventsFor(EVENT_NAMES, [])).toEqual([]);
	});

	it('are SMS for SMS alone, and all others for WhatsApp', () => {
		const sms = chirpEventsFor(EVENT_NAMES, ['sms']);

		expect(sms).toEqual(CHIRP_EVENTS.slice(0, 4));
		expect(sms.every((event) => event.startsWith('messages.sms.'))).toBe(true);
		expect(chirpEventsFor(EVENT_NAMES, ['whatsapp'])).toEqual(CHIRP_EVENTS.slice(4));
	});

	it('are accepted by the API for every selection', async () => {
		for (const event of EVENT_NAMES) {
			const events = chirpEventsFor([event], BOTH);
			const url = `https://x.example/${event}`;
			const id = await chirpWebhooks(send).create({ ...spec, url, events });
			expect(chirp.webhooks.at(-1)).toMatchObject({ id, url, events });
		}
	});
});
