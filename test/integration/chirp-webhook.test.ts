import {
	NodeApiError,
	NodeOperationError,
	type ICredentialTestFunctions,
	type IDataObject,
	type IHookFunctions,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';
import { testChirpCredential } from '../../nodes/Chirp/credential-test';
import { chirpWebhook } from '../../nodes/Chirp/webhook-methods';
import { FakeChirp } from '../../playground/fake-chirp';

const APP_KEY = `sk_live_app_${'k'.repeat(20)}`;
const SECRET = 'a long random text';
const URL_OF_NODE = 'https://n8n.example.com/webhook/1/webhook';

let chirp: FakeChirp;

beforeEach(async () => {
	chirp = await FakeChirp.start(APP_KEY, 5);
});

afterEach(async () => {
	await chirp.stop();
});

interface Ask {
	method: string;
	url: string;
	headers: Record<string, string>;
	body?: unknown;
	timeout?: number;
	json?: boolean;
	/** Whether an answer of 400 and above is an answer, not an error. */
	isAnyStatus?: boolean;
	isWhole?: boolean;
}

/** Asks over HTTP and hands the answer over as n8n's helpers do by their options. */
async function ask(options: Ask) {
	const { method, url, headers, body, timeout } = options;
	expect(timeout).toBe(10_000);
	const response = await fetch(url, {
		method,
		headers: { ...headers, 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	}).catch((error: unknown) => {
		throw (error as Error).cause;
	});
	const text = await response.text();
	let parsed: unknown = text;
	try {
		if (options.json) parsed = JSON.parse(text) as unknown;
	} catch {
		// As n8n hands over what is not JSON.
	}
	if (!response.ok && !options.isAnyStatus) throw new Error(`status ${response.status}`);
	const answer = {
		statusCode: response.status,
		headers: Object.fromEntries(response.headers.entries()),
		body: parsed,
	};
	return options.isWhole ? answer : parsed;
}

/** A published node as n8n shows it to the methods of its webhook. */
function hookContext(
	change: {
		credential?: IDataObject;
		parameters?: Record<string, unknown>;
		staticData?: IDataObject;
		url?: string;
	} = {},
) {
	const parameters: Record<string, unknown> = {
		events: ['message.read'],
		...change.parameters,
	};
	const credential: IDataObject = {
		apiKey: APP_KEY,
		webhookSecret: SECRET,
		headerName: 'X-Webhook-Secret',
		baseUrl: chirp.baseUrl,
		...change.credential,
	};
	const staticData = change.staticData ?? {};
	const context = {
		getNode: () => ({ name: 'Trigger', type: 'chirpTrigger' }) as INode,
		getNodeParameter: (name: string, otherwise: unknown) => parameters[name] ?? otherwise,
		getNodeWebhookUrl: (name: string) => (name === 'default' ? (change.url ?? URL_OF_NODE) : ''),
		getWorkflowStaticData: (kind: string) => {
			expect(kind).toBe('node');
			return staticData;
		},
		getCredentials: async (type: string) => {
			if (type !== 'chirpApi') throw new Error(`no credential ${type}`);
			if (credential.isGone) throw new Error('Credential with ID "1" does not exist');
			return credential;
		},
		helpers: {
			async httpRequestWithAuthentication(
				this: IHookFunctions,
				type: string,
				options: IHttpRequestOptions,
			) {
				const { apiKey } = await this.getCredentials(type);
				const query = new URLSearchParams(options.qs as Record<string, string>).toString();
				return await ask({
					method: options.method ?? 'GET',
					url: `${options.baseURL}${options.url}?${query}`,
					headers: { authorization: `Bearer ${apiKey as string}` },
					body: options.body,
					timeout: options.timeout,
					json: options.json,
					isAnyStatus: options.ignoreHttpStatusErrors === true,
					isWhole: options.returnFullResponse,
				});
			},
		},
	};
	return { context: context as unknown as IHookFunctions, staticData };
}

describe('the webhook of a published node', () => {
	it('is created, found, brought up to date and deleted', async () => {
		const { context, staticData } = hookContext();

		expect(await chirpWebhook.checkExists.call(context)).toBe(false);
		expect(await chirpWebhook.create.call(context)).toBe(true);
		expect(chirp.webhooks).toMatchObject([
			{
				url: URL_OF_NODE,
				events: ['messages.whatsapp.read'],
				headers: { 'X-Webhook-Secret': SECRET },
			},
		]);
		expect(staticData).toEqual({ webhookIds: { [URL_OF_NODE]: chirp.webhooks[0]?.id } });
		expect(await chirpWebhook.checkExists.call(context)).toBe(true);

		const changed = hookContext({ staticData, parameters: { events: ['message.failed'] } }).context;
		expect(await chirpWebhook.checkExists.call(changed)).toBe(false);
		expect(await chirpWebhook.create.call(changed)).toBe(true);
		expect(chirp.webhooks).toMatchObject([
			{ events: ['messages.sms.failed', 'messages.whatsapp.failed'] },
		]);

		expect(await chirpWebhook.delete.call(changed)).toBe(true);
		expect(chirp.webhooks).toEqual([]);
		expect(staticData).toEqual({ webhookIds: {} });
	});

	it('keeps what it remembers of other URLs, and replaces what is no memory', async () => {
		const kept = hookContext({ staticData: { webhookIds: { 'https://x.example': 'whk_x' } } });
		await chirpWebhook.create.call(kept.context);
		expect(kept.staticData.webhookIds).toEqual({
			'https://x.example': 'whk_x',
			[URL_OF_NODE]: chirp.webhooks[0]?.id,
		});

		const broken = hookContext({ staticData: { webhookIds: ['whk_x'] } });
		await chirpWebhook.create.call(broken.context);
		expect(broken.staticData.webhookIds).toEqual({ [URL_OF_NODE]: chirp.webhooks[0]?.id });
	});

	it('carries the secret in the header that the credential names, without white space', async () => {
		const credential = { headerName: ' X-My-Secret ', webhookSecret: ` ${SECRET}\n` };
		await chirpWebhook.create.call(hookContext({ credential }).context);
		expect(chirp.webhooks[0]?.headers).toEqual({ 'X-My-Secret': SECRET });

		await chirpWebhook.create.call(hookContext({ credential: { headerName: ' ' } }).context);
		expect(chirp.webhooks[0]?.headers).toEqual({ 'X-Webhook-Secret': SECRET });
	});

	it('asks for every event that the selection needs, and for none without one', async () => {
		const { context } = hookContext({ parameters: { events: undefined } });

		// Chirp takes no webhook without events; the node says so in Chirp's words.
		await expect(chirpWebhook.create.call(context)).rejects.toMatchObject({
			message: 'Chirp did not accept the webhook (status 400)',
			description: expect.stringContaining('url and events are required') as string,
		});
	});

	it('is left alone with manual setup', async () => {
		const { context } = hookContext({ parameters: { webhookSetup: 'manual' } });

		expect(await chirpWebhook.checkExists.call(context)).toBe(true);
		expect(await chirpWebhook.create.call(context)).toBe(true);
		expect(await chirpWebhook.delete.call(context)).toBe(true);
		expect(chirp.log).toEqual([]);
	});
});

describe('what went wrong is said in the editor', () => {
	const METHODS = ['checkExists', 'create', 'delete'] as const;

	it.each(METHODS)('when %s has no app key to ask with', async (method) => {
		for (const apiKey of ['', ' ', undefined]) {
			const { context } = hookContext({ credential: { apiKey } });

			const thrown: unknown = await chirpWebhook[method]
				.call(context)
				.catch((error: unknown) => error);

			expect(thrown).toBeInstanceOf(NodeApiError);
			expect(thrown).toMatchObject({
				message: 'Automatic setup needs an app key',
				description: expect.stringContaining('Or set Webhook Setup to Manual') as string,
				httpCode: null,
			});
		}
		expect(chirp.log).toEqual([]);
	});

	it.each(['checkExists', 'create'] as const)('when %s has no secret', async (method) => {
		for (const webhookSecret of ['', ' ', undefined]) {
			const { context } = hookContext({ credential: { webhookSecret } });

			await expect(chirpWebhook[method].call(context)).rejects.toMatchObject({
				message: 'The credential holds no webhook secret',
				description: expect.stringContaining('a long random text of your own') as string,
			});
		}
		expect(chirp.log).toEqual([]);
	});

	it.each(METHODS)('when Chirp does not accept the app key of %s', async (method) => {
		const { context } = hookContext({ credential: { apiKey: 'sk_admin_x' } });

		const thrown: unknown = await chirpWebhook[method]
			.call(context)
			.catch((error: unknown) => error);

		expect(thrown).toBeInstanceOf(NodeApiError);
		expect(thrown).toMatchObject({
			message: 'Chirp did not accept the app key',
			description: expect.stringContaining('Invalid API key') as string,
			httpCode: '401',
		});
	});

	it.each(METHODS)('when Chirp does not answer %s', async (method) => {
		const { context } = hookContext();
		const { baseUrl } = chirp;
		await chirp.stop();

		await expect(chirpWebhook[method].call(context)).rejects.toMatchObject({
			message: `Chirp's API at ${baseUrl} did not answer`,
			description: expect.stringMatching(
				/^Check the Base URL .+\(ECONNREFUSED: .*ECONNREFUSED.*\)$/,
			) as string,
		});
	});

	it.each(METHODS)('when n8n has no credential for %s', async (method) => {
		const { context } = hookContext({ credential: { isGone: true } });

		const thrown: unknown = await chirpWebhook[method]
			.call(context)
			.catch((error: unknown) => error);

		expect(thrown).toBeInstanceOf(NodeOperationError);
		expect(thrown).toMatchObject({ message: 'Credential with ID "1" does not exist' });
	});

	it('when what was thrown is no error', async () => {
		const { context } = hookContext();
		Object.assign(context, {
			getCredentials: () => {
				// eslint-disable-next-line @typescript-eslint/only-throw-error -- anything may be thrown
				throw 'text';
			},
		});

		await expect(chirpWebhook.create.call(context)).rejects.toMatchObject({ message: 'text' });
	});
});

describe('where Chirp’s API is', () => {
	it.each([
		['http://127.0.0.1:1/', 'http://127.0.0.1:1'],
		[' http://127.0.0.1:1// ', 'http://127.0.0.1:1'],
	])('is read from the credential as %j', async (baseUrl, asked) => {
		const { context } = hookContext({ credential: { baseUrl } });

		await expect(chirpWebhook.create.call(context)).rejects.toThrow(
			`Chirp's API at ${asked} did not answer`,
		);
	});

	it('is Chirp’s own address unless the credential says otherwise', async () => {
		for (const baseUrl of ['', ' ', undefined]) {
			const { context } = hookContext({ credential: { baseUrl } });
			const asked: unknown[] = [];
			Object.assign(context.helpers, {
				httpRequestWithAuthentication: (_: string, options: IHttpRequestOptions) => {
					asked.push(options.baseURL);
					throw new Error('not asked in a test');
				},
			});

			await expect(chirpWebhook.create.call(context)).rejects.toThrow('did not answer');
			expect(asked).toEqual(['https://api.buildwithchirp.com']);
		}
	});
});

describe('the test of a credential', () => {
	const SIGNATURE = '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89';

	const asker = {
		helpers: {
			request: async (options: Record<string, unknown>) => {
				const query = new URLSearchParams(options.qs as Record<string, string>).toString();
				return await ask({
					method: options.method as string,
					url: `${options.uri as string}?${query}`,
					headers: options.headers as Record<string, string>,
					timeout: options.timeout as number,
					json: options.json === true,
					isAnyStatus: options.simple === false,
					isWhole: options.resolveWithFullResponse === true,
				});
			},
		},
	} as unknown as ICredentialTestFunctions;

	const test = async (data: IDataObject | undefined, context = asker) =>
		await testChirpCredential.call(context, {
			id: '1',
			name: 'test',
			type: 'chirpApi',
			data: data as never,
		});

	it.each([
		[undefined, 'The Webhook Secret is empty. Enter a long random text of your own.'],
		[{}, 'The Webhook Secret is empty. Enter a long random text of your own.'],
		[
			{ webhookSecret: ' x', apiKey: APP_KEY },
			'The Webhook Secret begins or ends with white space',
		],
		[{ webhookSecret: '••••••••' }, 'in place of a hidden secret'],
		[{ webhookSecret: `sha256=${SIGNATURE}` }, 'looks like a signature'],
		[
			{ webhookSecret: 'x', secondWebhookSecret: 'y ' },
			'The Second Webhook Secret begins or ends with white space',
		],
	])('says what is wrong with %j, and asks nothing of Chirp', async (data, message) => {
		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(message) as string,
		});
		expect(chirp.log).toEqual([]);
	});

	it.each([undefined, '', ' ', 7])('passes a secret without an app key (%j)', async (apiKey) => {
		for (const webhookSecret of ['x', SIGNATURE]) {
			expect(await test({ webhookSecret, apiKey })).toEqual({
				status: 'OK',
				message: 'The secret has the right form. Without an app key only manual setup works.',
			});
		}
	});

	it('has Chirp list the webhooks with the app key', async () => {
		chirp.add({ url: 'https://x.example', events: [] });
		const data = { webhookSecret: SECRET, apiKey: ` ${APP_KEY} `, baseUrl: `${chirp.baseUrl}/` };

		expect(await test(data)).toEqual({ status: 'OK', message: 'Chirp accepted the app key' });
		expect(chirp.log).toEqual(['GET /v1/webhooks 200']);
	});

	it('reads every page of them', async () => {
		chirp.pageSize = 1;
		for (const url of ['https://x.example/1', 'https://x.example/2'])
			chirp.add({ url, events: [] });

		await test({ webhookSecret: SECRET, apiKey: APP_KEY, baseUrl: chirp.baseUrl });

		expect(chirp.log).toHaveLength(2);
	});

	it.each([
		[
			{ status: 401, body: '{"error":{"message":"Invalid API key"}}' },
			/^Chirp did not accept the app key\. Copy an app key .+ Chirp says: "Invalid API key"$/,
		],
		[
			{ status: 429, headers: { 'retry-after': '7' } },
			/^Chirp takes no more requests for the moment\. Try again in 7 seconds\.$/,
		],
		[{ status: 200, body: '<html>' }, /not in the documented form/],
	])('says what is wrong at Chirp: %j', async (fault, message) => {
		chirp.faults.push(fault);
		const data = { webhookSecret: SECRET, apiKey: APP_KEY, baseUrl: chirp.baseUrl };

		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message) as string,
		});
	});

	it('says that Chirp does not answer', async () => {
		const { baseUrl } = chirp;
		await chirp.stop();

		expect(await test({ webhookSecret: SECRET, apiKey: APP_KEY, baseUrl })).toEqual({
			status: 'Error',
			message: expect.stringContaining(
				`Chirp's API at ${baseUrl} did not answer. Check the Base URL`,
			) as string,
		});
	});
});
