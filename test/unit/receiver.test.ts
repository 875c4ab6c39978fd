import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Response } from 'express';
import { watchAnswer } from '../../nodes/shared/n8n/answer';
import { readParameters } from '../../nodes/shared/n8n/parameters';
import { rawBodyOf } from '../../nodes/shared/n8n/raw-body';
import { readSecrets } from '../../nodes/shared/n8n/secrets';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

describe('the secrets of a credential', () => {
	const read = async (getCredentials: (type: string) => unknown) =>
		await readSecrets({ getCredentials } as unknown as IWebhookFunctions, 'chirpApi');

	it('are those that are text and not empty, the current one first', async () => {
		expect(await read(() => ({ secondWebhookSecret: 'old', webhookSecret: 'new' }))).toEqual({
			secrets: ['new', 'old'],
		});
		expect(await read(() => ({ webhookSecret: '', secondWebhookSecret: 7 }))).toEqual({
			secrets: [],
		});
	});

	it('come with the name of the header where there is one', async () => {
		expect(await read(() => ({ webhookSecret: 'x', headerName: 'X-Mine' }))).toEqual({
			secrets: ['x'],
			headerName: 'X-Mine',
		});
		expect(await read(() => ({ webhookSecret: 'x', headerName: 7 }))).toEqual({ secrets: ['x'] });
	});

	it('are none when n8n does not hand them over, and n8n says why', async () => {
		const refuse = (reason: unknown) => () => {
			throw reason;
		};

		expect(await read(refuse(new Error('it was deleted')))).toEqual({
			secrets: [],
			unreadable: 'it was deleted',
		});
		expect(await read(refuse('text'))).toEqual({ secrets: [], unreadable: 'text' });
	});

	it('are those of the node’s own credential', async () => {
		const getCredentials = jest.fn(() => ({}));
		await read(getCredentials);

		expect(getCredentials).toHaveBeenCalledWith('chirpApi');
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
	])('that n8n gives with the status %d is %s', async (statusCode, outcome) => {
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
	])('have %j minutes as a limit of %d', (maxEventAgeMinutes, limit) => {
		expect(read({ options: { maxEventAgeMinutes } }).selection.maxEventAgeMinutes).toBe(limit);
	});
});

describe.each(PROVIDERS_UNDER_TEST)('$provider.displayName', ({ provider, Trigger }) => {
	it('shows an output for each event, those not selected in parentheses', () => {
		const { outputs } = new Trigger().description;
		// The expression as n8n's editor evaluates it.
		const code = /^=\{\{(.+)\}\}$/.exec(outputs as string)?.[1] ?? '';
		// eslint-disable-next-line @typescript-eslint/no-implied-eval -- an expression is code
		const evaluate = new Function('$parameter', `return ${code}`) as (parameter: object) => {
			type: string;
			displayName: string;
		}[];

		expect(evaluate({})).toHaveLength(provider.events.length);
		expect(evaluate({ events: ['message.sent'] }).slice(0, 3)).toEqual([
			{ type: 'main', displayName: '(Received)' },
			{ type: 'main', displayName: 'Sent' },
			{ type: 'main', displayName: '(Delivered)' },
		]);
	});

	it('has nothing to set up where a person enters its webhook', async () => {
		const methods = Object.values(new Trigger().webhookMethods.default);
		const context = {
			getNodeParameter: () => 'manual',
			getCredentials: async () => ({ webhookSecret: 'a long random text' }),
		} as unknown as IHookFunctions;

		expect(methods).toHaveLength(3);
		for (const method of methods) expect(await method.call(context)).toBe(true);
	});
});
