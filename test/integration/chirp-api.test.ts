import {
	ChirpFault,
	createWebhook,
	listWebhooks,
	type ApiAnswer,
	type Send,
} from '../../nodes/Chirp/api';
import { isRegistered, register, unregister, type Memory } from '../../nodes/Chirp/registration';
import { CHIRP_EVENTS, chirpEventsFor } from '../../nodes/Chirp/webhook-events';
import { EVENT_NAMES } from '../../nodes/shared/core/events';
import { FakeChirp } from '../../playground/fake-chirp';

const APP_KEY = `sk_live_app_${'k'.repeat(20)}`;

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
			`${chirp.baseUrl}${path}?${new URLSearchParams(query).toString()}`,
			{
				method,
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

	it('deletes the webhook also when its id was forgotten', async () => {
		await register(send, spec, {});
		await unregister(send, spec.url, {});

		expect(chirp.webhooks).toEqual([]);
	});

	it('counts a webhook that is gone already as deleted', async () => {
		await unregister(send, spec.url, { [spec.url]: 'whk_gone' });
		await unregister(send, spec.url, {});

		expect(chirp.log).toEqual([
			'DELETE /v1/webhooks/whk_gone 404 Webhook not found',
			'GET /v1/webhooks 200',
		]);
	});

	it('delivers with the registered header, and again until it is answered 200', async () => {
		await register(send, { ...spec, url: `${chirp.baseUrl}/nowhere` }, {});

		expect(await chirp.deliver({ event: 'messages.whatsapp.read' })).toEqual([]);
		expect(await chirp.deliver({ event: 'messages.whatsapp.failed' })).toEqual([
			[401, 401, 401, 401, 401],
		]);
	});
});

describe('what the list may look like', () => {
	const webhook = { id: 'whk_1', url: 'https://x.example', events: [], headers: null };

	it.each([
		['bare', [webhook]],
		['webhooks', { webhooks: [webhook], nextCursor: null }],
		['data', { data: [webhook] }],
		['items', { items: [webhook] }],
	])('%s', async (_, body) => {
		chirp.faults.push({ body: JSON.stringify(body) });

		expect(await listWebhooks(send)).toMatchObject([{ id: 'whk_1' }]);
	});

	it('never ends', async () => {
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
		[{ status: 404, body: '' }, 'no Chirp API at the base URL', 'https://api.buildwithchirp.com'],
		[{ status: 409, body: error('exists') }, 'has a webhook with this URL', 'Delete it'],
		[{ status: 429, headers: { 'retry-after': '7' } }, 'no more requests', 'in 7 seconds'],
		[{ status: 429, headers: { 'retry-after': '1' } }, 'no more requests', 'in 1 second.'],
		[{ status: 429 }, 'no more requests', 'Wait a minute'],
		[{ status: 500, body: '<html>' }, 'out of order (status 500)', 'Try again later'],
		[{ status: 503 }, 'out of order (status 503)', 'Try again later'],
		[{ status: 400, body: error('url must be HTTPS') }, '(status 400)', 'url must be HTTPS'],
		[{ status: 200, body: '<html>hello</html>' }, 'not in the documented form', 'Base URL'],
		[{ status: 200, body: '{"webhooks":[{"id":5}]}' }, 'not in the documented form', 'Base URL'],
	])('%j', async (fault, message, advice) => {
		chirp.faults.push(fault);

		const thrown = await listWebhooks(send).catch((reason: unknown) => reason);

		expect(thrown).toBeInstanceOf(ChirpFault);
		expect((thrown as ChirpFault).message).toContain(message);
		expect((thrown as ChirpFault).advice).toContain(advice);
		expect((thrown as ChirpFault).advice).not.toContain(APP_KEY);
	});

	it('a wrong key', async () => {
		await expect(createWebhook(sendWith('sk_admin_x'), spec)).rejects.toThrow(
			'Chirp did not accept the app key',
		);
	});
});

describe('the Chirp events that are asked for', () => {
	it('are the API reference’s, each once', () => {
		expect(CHIRP_EVENTS).toHaveLength(18);
		expect(chirpEventsFor(EVENT_NAMES)).toEqual(CHIRP_EVENTS);
		expect(chirpEventsFor(['other'])).toEqual(CHIRP_EVENTS);
	});

	it('are those that the selected events need', () => {
		expect(chirpEventsFor(['message.read'])).toEqual(['messages.whatsapp.read']);
		expect(chirpEventsFor(['form.submitted', 'message.failed'])).toEqual([
			'messages.sms.failed',
			'messages.whatsapp.received',
			'messages.whatsapp.failed',
		]);
		expect(chirpEventsFor([])).toEqual([]);
	});

	it('are accepted by the API for every selection', async () => {
		for (const event of EVENT_NAMES) {
			const events = chirpEventsFor([event]);
			const url = `https://x.example/${event}`;
			await expect(createWebhook(send, { ...spec, url, events })).resolves.toMatchObject({
				events,
			});
		}
	});
});
