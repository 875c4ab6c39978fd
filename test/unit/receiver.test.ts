import type { IWebhookFunctions } from 'n8n-workflow';
import type { Response } from 'express';
import { readCredential } from '../../nodes/shared/n8n/receive/credential';
import { NO_FILTERS } from '../../nodes/shared/core/read/filters';
import { readParameters } from '../../nodes/shared/n8n/receive/read-parameters';
import { longestWaitOf } from '../../nodes/shared/n8n/receive/receive-delivery';
import { rawBodyOf } from '../../nodes/shared/n8n/receive/read-request';
import { watchResponse } from '../../nodes/shared/n8n/receive/watch-response';
import { withoutMarkup } from '../../nodes/shared/n8n/messages/without-markup';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

describe('the credential of a node', () => {
	const read = async (getCredentials: (type: string) => unknown) =>
		await readCredential({ getCredentials } as unknown as IWebhookFunctions, 'exampleApi');

	it('is what n8n hands over, by the type that the node names', async () => {
		expect(await read((type) => ({ webhookSecret: 'x', type }))).toEqual({
			data: { webhookSecret: 'x', type: 'exampleApi' },
		});
	});

	it('is empty when n8n does not hand it over, and n8n says why', async () => {
		const failing = (reason: unknown) => () => {
			throw reason;
		};

		expect(await read(failing(new Error('it was deleted')))).toEqual({
			data: {},
			error: 'it was deleted',
		});
		expect(await read(failing('text'))).toEqual({ data: {}, error: 'text' });
	});
});

describe('the bytes of a request', () => {
	type Request = Parameters<typeof rawBodyOf>[0];
	const bytes = Buffer.from('{}');
	const requestWith = (request: object) => request as Request;

	it('are not read again where n8n has read them', async () => {
		const readRawBody = jest.fn();

		expect(await rawBodyOf(requestWith({ rawBody: bytes, readRawBody }))).toBe(bytes);
		expect(readRawBody).not.toHaveBeenCalled();
	});

	it('are read where n8n has not', async () => {
		const request = {
			rawBody: undefined as Buffer | undefined,
			readRawBody: async () => {
				request.rawBody = bytes;
			},
		};

		expect(await rawBodyOf(requestWith(request))).toBe(bytes);
	});

	it('are null where they cannot be had', async () => {
		const hungUp = async () => await Promise.reject(new Error('aborted'));

		expect(await rawBodyOf(requestWith({ readRawBody: hungUp }))).toBeNull();
		expect(await rawBodyOf(requestWith({ readRawBody: async () => undefined }))).toBeNull();
	});
});

describe('the response to a delivery', () => {
	/** What of a response its outcome depends on. */
	class FakeResponse {
		writableEnded = false;

		statusCode = 200;

		end(): this {
			this.writableEnded = true;
			return this;
		}
	}
	const watched = (response: FakeResponse) => watchResponse(response as unknown as Response);

	it.each([
		[199, 'failed'],
		[200, 'accepted'],
		[299, 'accepted'],
		[300, 'failed'],
		[500, 'failed'],
	])('that n8n gives with the status %d counts as %s', async (statusCode, outcome) => {
		const response = new FakeResponse();
		const watch = watched(response);
		expect(watch.outcome()).toBe('pending');

		response.statusCode = statusCode;
		expect(response.end()).toBe(response);
		await watch.sent;

		expect(watch.outcome()).toBe(outcome);
	});

	it('is not there before n8n gives it', async () => {
		const watch = watched(new FakeResponse());
		const first = await Promise.race([
			watch.sent.then(() => 'sent'),
			new Promise((resolve) => setTimeout(resolve, 20, 'pending')),
		]);

		expect(first).toBe('pending');
	});
});

describe('the parameters of a node', () => {
	const read = (parameters: Record<string, unknown>) =>
		readParameters({
			getNodeParameter: (name: string, otherwise: unknown) =>
				name in parameters ? parameters[name] : otherwise,
		} as unknown as IWebhookFunctions);

	it('are what a node without settings does', () => {
		expect(read({})).toEqual({
			selection: { events: [], maxEventAgeMinutes: 0, filters: { ...NO_FILTERS, chats: 'direct' } },
			includeRaw: true,
			ignoreDuplicates: true,
			reportRejected: true,
		});
	});

	it.each([[null], ['text'], [[]]])('are the same where the options are %j', (options) => {
		expect(read({ options })).toEqual(read({}));
	});

	it('are what is set', () => {
		expect(
			read({
				events: ['message.read'],
				options: {
					includeRaw: false,
					ignoreDuplicates: false,
					reportRejected: false,
					maxEventAgeMinutes: 5,
					onlyFrom: '+91 98765 43210\n+1 555 010 0100',
					neverFrom: 'US.1349',
					onlyNumbers: 'shop',
					messageTypes: ['image'],
				},
				chats: 'groups',
			}),
		).toEqual({
			selection: {
				events: ['message.read'],
				maxEventAgeMinutes: 5,
				filters: {
					chats: 'groups',
					onlyFrom: new Set(['919876543210', '15550100100']),
					neverFrom: new Set(['us.1349']),
					onlyNumbers: new Set(['shop']),
					messageTypes: new Set(['image']),
				},
			},
			includeRaw: false,
			ignoreDuplicates: false,
			reportRejected: false,
		});
	});

	it.each([
		['5', 5],
		['five', 0],
		[null, 0],
		[{}, 0],
	])('take the Maximum Event Age %j for %d minutes', (maxEventAgeMinutes, limit) => {
		expect(read({ options: { maxEventAgeMinutes } }).selection.maxEventAgeMinutes).toBe(limit);
	});
});

describe('the wait of a copy', () => {
	const [found] = PROVIDERS_UNDER_TEST;

	it.each([
		['no timeout', undefined, 10_000],
		['a timeout of 5 seconds', 5_000, 4_000],
		['a timeout of a minute', 60_000, 10_000],
	])('ends before the provider gives up, which documents %s', (_, responseTimeoutMs, longest) => {
		if (!found) throw new Error('there is no provider');
		expect(longestWaitOf({ ...found.provider, responseTimeoutMs })).toBe(longest);
	});
});

it('no text of somebody else becomes a link in an error', () => {
	expect(withoutMarkup('Invalid <a href="https://x.example">key</a> > 5')).toBe(
		'Invalid ‹a href="https://x.example">key‹/a> > 5',
	);
});
