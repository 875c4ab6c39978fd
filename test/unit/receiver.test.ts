import type { IWebhookFunctions } from 'n8n-workflow';
import type { Response } from 'express';
import { watchAnswer } from '../../nodes/shared/n8n/answer';
import { readCredential } from '../../nodes/shared/n8n/credential';
import { readParameters } from '../../nodes/shared/n8n/parameters';
import { rawBodyOf } from '../../nodes/shared/n8n/raw-body';

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
