import type { IWebhookFunctions } from 'n8n-workflow';
import type { Response } from 'express';
import type { CredentialData } from '../../nodes/shared/core/delivery';
import { textOf, type JsonObject } from '../../nodes/shared/core/json';
import type { Provider } from '../../nodes/shared/core/provider';
import { answerHandshake } from '../../nodes/shared/n8n/answer-handshake';
import { watchAnswer } from '../../nodes/shared/n8n/answer';
import { readCredential } from '../../nodes/shared/n8n/credential';
import { readParameters } from '../../nodes/shared/n8n/parameters';
import { rawBodyOf } from '../../nodes/shared/n8n/raw-body';
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
		const refuse = (reason: unknown) => () => {
			throw reason;
		};

		expect(await read(refuse(new Error('it was deleted')))).toEqual({
			data: {},
			error: 'it was deleted',
		});
		expect(await read(refuse('text'))).toEqual({ data: {}, error: 'text' });
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

describe('the answer to a delivery', () => {
	/** What a response does as far as its outcome goes. */
	class FakeResponse {
		writableEnded = false;

		statusCode = 200;

		end(): this {
			this.writableEnded = true;
			return this;
		}
	}
	const watched = (response: FakeResponse) => watchAnswer(response as unknown as Response);

	it.each([
		[199, 'failed'],
		[200, 'accepted'],
		[299, 'accepted'],
		[300, 'failed'],
		[500, 'failed'],
	])('that n8n gives with the status %d counts as %s', async (statusCode, outcome) => {
		const response = new FakeResponse();
		const answer = watched(response);
		expect(answer.outcome()).toBe('pending');

		response.statusCode = statusCode;
		expect(response.end()).toBe(response);
		await answer.answered;

		expect(answer.outcome()).toBe(outcome);
	});

	it('is not there before n8n gives it', async () => {
		const answer = watched(new FakeResponse());
		const first = await Promise.race([
			answer.answered.then(() => 'answered'),
			new Promise((resolve) => setTimeout(resolve, 20, 'pending')),
		]);

		expect(first).toBe('pending');
	});
});

describe('the parameters of a node', () => {
	const read = (parameters: Record<string, unknown>) =>
		readParameters({
			getNodeParameter: (name: string, otherwise: unknown) => parameters[name] ?? otherwise,
		} as unknown as IWebhookFunctions);

	it('are what a node without settings does', () => {
		expect(read({})).toEqual({
			selection: { events: [], maxEventAgeMinutes: 0 },
			includeRaw: true,
			ignoreDuplicates: true,
			reportRefusals: true,
		});
	});

	it('are what is set', () => {
		expect(
			read({
				events: ['message.read'],
				options: {
					includeRaw: false,
					ignoreDuplicates: false,
					reportRefusals: false,
					maxEventAgeMinutes: 5,
				},
			}),
		).toEqual({
			selection: { events: ['message.read'], maxEventAgeMinutes: 5 },
			includeRaw: false,
			ignoreDuplicates: false,
			reportRefusals: false,
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

describe('a handshake', () => {
	const [found] = PROVIDERS_UNDER_TEST;
	const handshake = (query: JsonObject, { verifyToken }: CredentialData) =>
		query.token === verifyToken ? textOf(query.challenge) : null;

	/** What a sender with this query is answered. */
	async function answerTo(query: object, change: Partial<Provider> = {}) {
		if (!found) throw new Error('there is no provider');
		const answer = { status: 0, type: '', body: '' };
		const response = {
			status(status: number) {
				answer.status = status;
				return response;
			},
			type(type: string) {
				answer.type = type;
				return response;
			},
			send(body: string) {
				answer.body = body;
			},
		};
		const context = {
			getQueryData: () => query,
			getCredentials: async () => ({ verifyToken: 'a token' }),
			getResponseObject: () => response,
		} as unknown as IWebhookFunctions;
		const result = await answerHandshake(context, { ...found.provider, handshake, ...change });
		expect(result).toEqual({ noWebhookResponse: true });
		return answer;
	}

	it('is answered 200 with what the provider wants to hear', async () => {
		expect(await answerTo({ token: 'a token', challenge: '0042' })).toEqual({
			status: 200,
			type: 'text/plain',
			body: '0042',
		});
	});

	it.each([
		['a wrong token', { token: 'another', challenge: '0042' }],
		['nothing to answer with', { token: 'a token' }],
		['no query', {}],
	])('is answered 403 for %s', async (_, query) => {
		expect(await answerTo(query)).toEqual({ status: 403, type: 'text/plain', body: 'Forbidden' });
	});

	it('is answered 403 where the provider has none', async () => {
		const query = { token: 'a token', challenge: '0042' };

		expect(await answerTo(query, { handshake: undefined })).toMatchObject({ status: 403 });
	});
});
