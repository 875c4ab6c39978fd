import { sleep } from 'n8n-workflow';
import { EVENT_NAMES } from '../../shared/core/item/events';
import type { ApiResponse, Send } from '../../shared/n8n/api/send';
import { ApiFault } from '../../shared/n8n/api/fault';
import { LIMITS } from '../../shared/n8n/api/limits';
import * as registration from '../../shared/n8n/setup/registration';
import type { RememberedIds } from '../../shared/n8n/setup/registration';
import { chirpWebhooks, listWebhooks, type DesiredWebhook } from '../api';
import { CHIRP_EVENTS, chirpEventsFor } from '../webhook-events';
import { errorBody, FakeChirp, type FakeWebhook } from './fake-chirp';

const isRegistered = async (send: Send, wanted: DesiredWebhook, ids: RememberedIds) =>
	await registration.isRegistered(chirpWebhooks(send), wanted, ids);

const register = async (send: Send, wanted: DesiredWebhook, ids: RememberedIds) => {
	await registration.register(chirpWebhooks(send), wanted, ids);
};

const unregister = async (send: Send, url: string, ids: RememberedIds) =>
	await registration.unregister(chirpWebhooks(send), url, ids);

const APP_KEY = `sk_live_app_${'k'.repeat(20)}`;

const spec = {
	url: 'https://n8n.example.com/webhook/1/webhook',
	events: ['messages.whatsapp.received', 'messages.whatsapp.failed'],
	headers: { 'X-Webhook-Secret': 'a long random text' },
};
const testUrl = 'https://n8n.example.com/webhook-test/1/webhook';

let chirp: FakeChirp;

beforeEach(async () => {
	chirp = await new FakeChirp(APP_KEY, 5).start();
});

afterEach(async () => {
	await chirp.stop();
});

const sendWith =
	(key: string): Send =>
	async ({ method, path, query, body }): Promise<ApiResponse> => {
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
		let parsed: unknown = text || undefined;
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
	it('takes over a webhook that somebody made for the same URL', async () => {
		const { id } = chirp.add({ url: spec.url, events: ['messages.whatsapp.read'] });
		const ids: RememberedIds = {};
		await register(send, spec, ids);

		expect(chirp.webhooks).toMatchObject([{ ...spec, id }]);
		expect(ids).toEqual({ [spec.url]: id });
	});

	it('finds a webhook on a later page', async () => {
		chirp.pageSize = 2;
		for (let n = 0; n < 5; n++) chirp.add({ url: `https://x.example/${n}`, events: [] });
		await register(send, spec, {});

		expect(await isRegistered(send, spec, {})).toBe(true);
		expect(chirp.webhooks).toHaveLength(6);
	});

	it('makes a webhook anew that was deleted at Chirp', async () => {
		const ids: RememberedIds = {};
		await register(send, spec, ids);
		const [first] = chirp.webhooks;
		chirp.webhooks = [];

		expect(await isRegistered(send, spec, ids)).toBe(false);
		await register(send, spec, ids);

		expect(chirp.webhooks).toMatchObject([spec]);
		expect(chirp.webhooks[0]?.id).not.toBe(first?.id);
		expect(ids).toEqual({ [spec.url]: chirp.webhooks[0]?.id });
	});

	it('keeps the test URL and the production URL apart', async () => {
		const ids: RememberedIds = {};
		await register(send, spec, ids);
		await register(send, { ...spec, url: testUrl }, ids);
		expect(chirp.webhooks.map(({ url }) => url)).toEqual([spec.url, testUrl]);

		await unregister(send, testUrl, ids);

		expect(chirp.webhooks.map(({ url }) => url)).toEqual([spec.url]);
		expect(Object.keys(ids)).toEqual([spec.url]);
	});

	it('deletes the webhook also when its id was forgotten, and nobody else’s', async () => {
		const other = chirp.add({ url: 'https://x.example', events: [] });
		await register(send, spec, {});

		expect(await unregister(send, spec.url, {})).toBeNull();
		expect(chirp.webhooks).toEqual([other]);
	});

	it('deletes every webhook with the URL, on whatever page', async () => {
		const ids: RememberedIds = {};
		await register(send, spec, ids);
		chirp.pageSize = 2;
		const others = [1, 2, 3].map((n) => chirp.add({ url: `https://x.example/${n}`, events: [] }));
		for (let n = 0; n < 2; n++) chirp.add(spec);

		expect(await unregister(send, spec.url, ids)).toBeNull();
		expect(chirp.webhooks).toEqual(others);
		expect(ids).toEqual({});
	});

	it('deletes the webhook that it made, also when it was moved to another URL', async () => {
		const ids: RememberedIds = {};
		await register(send, spec, ids);
		Object.assign(chirp.webhooks[0] ?? {}, { url: 'https://x.example' });

		expect(await unregister(send, spec.url, ids)).toBeNull();
		expect(chirp.webhooks).toEqual([]);
	});

	it('does not look again for what it deleted when the rest is tried again', async () => {
		const ids: RememberedIds = {};
		await register(send, spec, ids);
		const sendOnce: Send = async (request) => {
			if (request.method === 'GET') throw new Error('no response');
			return await send(request);
		};

		await expect(unregister(sendOnce, spec.url, ids)).rejects.toThrow('no response');
		expect(await unregister(send, spec.url, ids)).toBeNull();
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
		const ids: RememberedIds = {};
		await register(send, spec, ids);
		Object.assign(chirp.webhooks[0] ?? {}, change);

		expect(await isRegistered(send, spec, ids)).toBe(false);
		await register(send, spec, ids);

		expect(await isRegistered(send, spec, ids)).toBe(true);
		expect(chirp.webhooks).toMatchObject([spec]);
	});

	it('leaves headers alone that somebody added at Chirp, and the order of the events', async () => {
		await register(send, spec, {});
		Object.assign(chirp.webhooks[0] ?? {}, {
			events: [...spec.events].reverse(),
			headers: { ...spec.headers, 'X-Other': 'x' },
		});

		const ids: RememberedIds = {};
		expect(await isRegistered(send, spec, ids)).toBe(true);
		expect(ids).toEqual({ [spec.url]: chirp.webhooks[0]?.id });
	});

	it('goes by the webhook that it made where somebody made another for the same URL', async () => {
		const ids: RememberedIds = {};
		chirp.add({ ...spec, events: ['messages.whatsapp.read'] });
		const { id } = chirp.add(spec);
		ids[spec.url] = id;

		expect(await isRegistered(send, spec, ids)).toBe(true);
	});

	it('makes a webhook anew that is deleted at Chirp while it is brought up to date', async () => {
		const { id } = chirp.add({ ...spec, events: [] });
		const ids: RememberedIds = {};
		const sendLate: Send = async (request) => {
			if (request.method === 'PUT') chirp.webhooks = [];
			return await send(request);
		};
		await register(sendLate, spec, ids);

		expect(chirp.webhooks).toMatchObject([spec]);
		expect(chirp.webhooks[0]?.id).not.toBe(id);
		expect(ids).toEqual({ [spec.url]: chirp.webhooks[0]?.id });
	});

	it('remembers nothing, and forgets nothing, when Chirp rejects', async () => {
		const ids: RememberedIds = {};
		await expect(register(send, { ...spec, events: ['x'] }, ids)).rejects.toThrow(ApiFault);
		expect(ids).toEqual({});

		await register(send, spec, ids);
		await expect(register(send, { ...spec, events: ['x'] }, ids)).rejects.toThrow(ApiFault);
		chirp.faults.push({ status: 500 });
		await expect(unregister(send, spec.url, ids)).rejects.toThrow('reported an internal error');
		expect(ids).toEqual({ [spec.url]: chirp.webhooks[0]?.id });
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
	])('knows the webhook that it created, whatever the response holds: %s', async (_, respondAs) => {
		chirp.add({ url: 'https://x.example', events: [] });
		chirp.respondAs = respondAs;
		const ids: RememberedIds = {};

		await register(send, spec, ids);
		expect(chirp.webhooks).toHaveLength(2);
		expect(ids).toEqual({ [spec.url]: chirp.webhooks[1]?.id });
	});

	it.each([
		['a message', () => ({ message: 'Done' })],
		['nothing', () => undefined],
	])('takes %s as a response to a change and to a deletion', async (_, respondAs) => {
		const ids: RememberedIds = {};
		await register(send, spec, ids);
		chirp.respondAs = respondAs;
		const changed = { ...spec, events: ['messages.whatsapp.read'] };

		await register(send, changed, ids);
		expect(chirp.webhooks).toMatchObject([changed]);
		expect(await unregister(send, spec.url, ids)).toBeNull();
		expect(chirp.webhooks).toEqual([]);
	});

	it.each([
		['a web page', '<html>', "isn't in the form that Chirp's API documents"],
		[
			'a webhook that it does not show',
			'{"id":"whk_1"}',
			"didn't store its URL, events, and secret header",
		],
	])('does not believe that a webhook was created: %s', async (_, body, message) => {
		jest.replaceProperty(LIMITS, 'looksMs', [10, 10]);
		chirp.outage = ({ method }) => (method === 'POST' ? { status: 201, body } : null);

		await expect(register(send, spec, {})).rejects.toThrow(message);
		jest.restoreAllMocks();
	});

	it.each<[string, (webhook: FakeWebhook) => FakeWebhook]>([
		['events', (webhook) => ({ ...webhook, events: ['messages.sms.sent'] })],
		['secret header', (webhook) => ({ ...webhook, headers: null })],
		['URL and secret header', (webhook) => ({ ...webhook, url: 'https://x.example', headers: {} })],
	])('names what Chirp did not store: %s', async (lost, storesAs) => {
		jest.replaceProperty(LIMITS, 'looksMs', [10, 10]);
		const expected = `Chirp accepted the webhook but didn't store its ${lost}`;
		chirp.add({ url: testUrl, events: [] });
		chirp.storesAs = storesAs;

		await expect(register(send, spec, {})).rejects.toThrow(expected);
		await expect(register(send, { ...spec, url: testUrl }, {})).rejects.toThrow(expected);
		jest.restoreAllMocks();
	});

	it('knows its URL in another spelling', async () => {
		const respelled = spec.url.replace('https://n8n.example.com', 'HTTPS://N8N.Example.com:443');
		chirp.storesAs = (webhook) => ({ ...webhook, url: respelled });

		await register(send, spec, {});
		expect(await isRegistered(send, spec, {})).toBe(true);
		expect(await unregister(send, spec.url, {})).toBeNull();
		expect(chirp.webhooks).toEqual([]);
	});

	it('does not believe that a webhook was deleted that Chirp still shows', async () => {
		jest.replaceProperty(LIMITS, 'looksMs', [10, 10]);
		chirp.add(spec);
		chirp.forgetsWrites = true;

		await expect(unregister(send, spec.url, {})).rejects.toThrow(
			'Chirp accepted the deletion but still has the webhook',
		);
		jest.restoreAllMocks();
	});

	describe('when a change gets no response', () => {
		const undecided = new ApiFault('too slow', 'Try again.', { isUndecided: true });
		/** Sends a change, does not wait for its response, and lets it be done a moment later. */
		const sendSlowly: Send = async (request) => {
			if (request.method === 'GET') return await send(request);
			void sleep(30).then(() => send(request));
			throw undecided;
		};

		beforeEach(() => {
			jest.replaceProperty(LIMITS, 'looksMs', [10, 50, 100, 200]);
		});

		afterEach(() => {
			jest.restoreAllMocks();
		});

		it('finds the webhook that was created, changed, and deleted all the same', async () => {
			const ids: RememberedIds = {};
			await register(sendSlowly, spec, ids);
			expect(chirp.webhooks).toMatchObject([spec]);
			expect(ids).toEqual({ [spec.url]: chirp.webhooks[0]?.id });

			const changed = { ...spec, events: ['messages.whatsapp.read'] };
			await register(sendSlowly, changed, ids);
			expect(chirp.webhooks).toMatchObject([changed]);

			expect(await unregister(sendSlowly, spec.url, ids)).toBeNull();
			expect(chirp.webhooks).toEqual([]);
			expect(ids).toEqual({});
		});

		it('fails with that where it was not done', async () => {
			const ids: RememberedIds = {};
			const lost: Send = async (request) => {
				if (request.method === 'GET') return await send(request);
				throw undecided;
			};

			await expect(register(lost, spec, ids)).rejects.toBe(undecided);
			chirp.add(spec);
			await expect(unregister(lost, spec.url, ids)).rejects.toBe(undecided);
			expect(chirp.webhooks).toHaveLength(1);
		});
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

	it.each([
		['whose pages never end', (page: number) => `more-${page}`, 100],
		['whose cursor leads back', (page: number) => `more-${page % 3}`, 4],
	])('is read to an end, also one %s', async (_, cursorOf, pages) => {
		let page = 0;
		chirp.outage = () => ({ body: { webhooks: [webhook], nextCursor: cursorOf(page++) } });

		await listWebhooks(send);
		expect(page).toBe(pages);
	});
});

describe('a fault has its own cause, and Chirp’s own words', () => {
	const error = (message: string, param?: string) => ({
		error: { ...errorBody(message).error, ...(param ? { param } : {}) },
	});

	it.each([
		[401, error('Invalid API key'), 'Chirp rejected the app key', 'sk_live_app_'],
		[403, error('Forbidden'), "Chirp doesn't allow this app key to manage webhooks", 'Forbidden'],
		[404, '', 'There is no Chirp API at the Base URL', 'https://api.buildwithchirp.com'],
		[409, error('exists'), "Another app key has a webhook with this node's URL", 'Delete it'],
		[400, error('url must be HTTPS'), "Chirp rejected this node's URL", 'N8N_WEBHOOK_URL'],
		[400, error('Invalid', 'url'), "Chirp rejected this node's URL", 'public HTTPS'],
		[400, error('Unknown event: x'), 'Chirp rejected the selected events', 'Listen To'],
		[422, error('Invalid', 'events'), 'Chirp rejected the selected events', 'Manual'],
		[
			400,
			error('Invalid header'),
			'Chirp rejected the header with the Webhook Secret',
			'Header Name',
		],
		[400, error('No.'), "Chirp's API rejected the request (HTTP 400)", 'Try again.'],
		[402, error(`a\n${'b'.repeat(300)}`), '(HTTP 402)', `Chirp says: "a ${'b'.repeat(197)}…"`],
		[500, error('oops'), 'Chirp reported an internal error (HTTP 500)', 'Chirp says: "oops"'],
		[503, '', 'Chirp reported an internal error (HTTP 503)', 'Try again later.'],
		[200, '<html>', "isn't in the form that Chirp's API documents", 'Base URL'],
		[200, { webhooks: {} }, "isn't in the form that Chirp's API documents", 'Manual'],
		[499, '[]', "Chirp's API rejected the request (HTTP 499)", 'Manual'],
	])('for %i %j', async (status, body, message, advice) => {
		chirp.outage = () => ({ status, body });

		for (const request of [listWebhooks, async (s: Send) => chirpWebhooks(s).create(spec)]) {
			const thrown: unknown = await request(send).catch((reason: unknown) => reason);
			// A created webhook has another form than a list.
			if (status === 200 && typeof body === 'object') continue;
			expect(thrown).toBeInstanceOf(ApiFault);
			expect((thrown as ApiFault).statusCode).toBe(status);
			expect((thrown as ApiFault).message).toContain(message);
			expect((thrown as ApiFault).advice).toContain(advice);
		}
	});

	it('blames nobody for what it does not know, whatever the request', async () => {
		chirp.outage = () => ({ status: 400, body: error('No.') });
		const webhooks = chirpWebhooks(send);

		for (const request of [
			() => webhooks.list(),
			() => webhooks.create(spec),
			() => webhooks.update('x', spec),
			() => webhooks.remove('x'),
		]) {
			await expect(request()).rejects.toMatchObject({
				message: "Chirp's API rejected the request (HTTP 400)",
				advice: 'Try again. Or set Webhook Setup to Manual. Chirp says: "No."',
			});
		}
	});

	it('tells a webhook that is gone from an API that is not there', async () => {
		const webhooks = chirpWebhooks(send);
		expect(await webhooks.update('whk_gone', spec)).toBe(false);
		expect(await webhooks.remove('whk_gone')).toBe(false);
		expect(await webhooks.read('whk_gone')).toBeNull();

		chirp.outage = () => ({ status: 404, body: '' });
		for (const request of [
			() => webhooks.update('x', spec),
			() => webhooks.remove('x'),
			() => webhooks.read('x'),
		]) {
			await expect(request()).rejects.toThrow('There is no Chirp API at the Base URL');
		}
	});

	it('takes any status of success for one', async () => {
		for (const statusCode of [200, 299]) {
			const body = { webhooks: [] };
			expect(await listWebhooks(async () => ({ statusCode, headers: {}, body }))).toEqual([]);
		}
		const early = listWebhooks(async () => ({ statusCode: 199, headers: {}, body: [] }));
		await expect(early).rejects.toThrow('(HTTP 199)');
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
