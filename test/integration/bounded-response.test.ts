import { CredentialTestContext } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { gzipSync } from 'node:zlib';
import { WahaWebhookApi } from '../../credentials/WahaWebhookApi.credentials';
import { access } from '../../nodes/Waha/credential';
import { WahaTrigger } from '../../nodes/Waha/WahaTrigger.node';
import {
	sendInCredentialTest,
	sendWithCredential,
	type Send,
} from '../../nodes/shared/n8n/api/send';
import { ApiFault } from '../../nodes/shared/n8n/api/fault';
import { LIMITS } from '../../nodes/shared/n8n/api/limits';
import {
	startLoopbackServer,
	type LoopbackRequest,
	type LoopbackResponse,
	type LoopbackServer,
} from '../kit/loopback-server';
import { until } from '../kit/until';
import { hookContext } from '../support/hook-context';

const MIB = 1024 * 1024;
const WITHIN_MS = 300;

/** 64 MiB in 64 KiB. */
const BOMB = gzipSync(Buffer.alloc(64 * MIB));

let server: LoopbackServer;
let respond: (request: LoopbackRequest, response: LoopbackResponse) => void;

beforeEach(async () => {
	server = await startLoopbackServer((request, response) => {
		respond(request, response);
	});
});

afterEach(async () => {
	jest.restoreAllMocks();
	await server.stop();
});

const credential = () => ({ apiKey: 'a key', webhookSecret: 'a secret', baseUrl: server.url });

function sendOfNode(): Send {
	const { context } = hookContext({
		nodeType: new WahaTrigger(),
		credentialType: new WahaWebhookApi(),
		parameters: {},
		credential: credential(),
	});
	return sendWithCredential(context, access, credential());
}

function sendOfCredentialTest(): Send {
	const context = new CredentialTestContext({} as IWorkflowExecuteAdditionalData);
	return sendInCredentialTest(context, access, credential());
}

/** Writes to a response every 20 milliseconds for as long as somebody listens. Counts what was accepted. */
function pour(response: LoopbackResponse, chunk: Buffer | string): { bytes: number } {
	const poured = { bytes: 0 };
	const timer = setInterval(() => {
		if (response.destroyed) clearInterval(timer);
		else response.write(chunk);
		poured.bytes += chunk.length;
	}, 20);
	response.on('close', () => {
		clearInterval(timer);
	});
	return poured;
}

describe.each([
	['a published node', sendOfNode],
	['the test of a credential', sendOfCredentialTest],
])('a response to %s', (_, sendOf) => {
	const ask = async () => await sendOf()({ method: 'GET', path: '/api' });
	const faultOf = async () => {
		const started = performance.now();
		const fault = await ask().catch((error: unknown) => error);
		expect(fault).toBeInstanceOf(ApiFault);
		return { fault: fault as ApiFault, took: performance.now() - started };
	};

	it.each([
		['JSON', '{"a":["é"]}', { a: ['é'] }],
		['text', '<html>', '<html>'],
		['nothing', '', undefined],
		['white space', ' \n', undefined],
	])('is read: %s', async (__, body, read) => {
		for (const status of [200, 401, 500]) {
			respond = (_request, response) => {
				response.writeHead(status, { 'content-type': 'application/json' }).end(body);
			};

			expect(await ask()).toMatchObject({ statusCode: status, body: read });
		}
	});

	it('is read where it has no body at all, and with its headers', async () => {
		respond = (_request, response) => {
			response.writeHead(204, { 'Retry-After': '7' }).end();
		};

		const { body, headers, statusCode } = await ask();
		expect({ body, statusCode }).toEqual({ body: undefined, statusCode: 204 });
		expect(headers['retry-after']).toBe('7');
	});

	it('is read in pieces, and where it is compressed', async () => {
		const whole = gzipSync(JSON.stringify({ name: 'नमस्ते'.repeat(1000) }));
		respond = (_request, response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' });
			response.write(whole.subarray(0, 25));
			setTimeout(() => response.end(whole.subarray(25)), 20);
		};

		expect((await ask()).body).toEqual({ name: 'नमस्ते'.repeat(1000) });
	});

	it('is sent for with the key and a JSON body', async () => {
		const asked: unknown[] = [];
		respond = (request, response) => {
			const { method, url, headers } = request;
			asked.push([method, url, headers['x-api-key'], headers['content-type']]);
			request.on('data', (chunk: Buffer) => asked.push(chunk.toString()));
			request.on('end', () => response.end('{}'));
		};

		await sendOf()({ method: 'PUT', path: '/api', query: { a: 'b c' }, body: { d: 1 } });
		expect(asked).toEqual([
			['PUT', expect.stringMatching(/^\/api\?a=b(\+|%20)c$/), 'a key', 'application/json'],
			'{"d":1}',
		]);
	});

	it.each([
		['never comes', () => undefined],
		[
			'drips, header by header',
			(response: LoopbackResponse) => {
				response.socket?.write('HTTP/1.1 200 OK\r\n');
				const drip = setInterval(() => response.socket?.write('x-drip: 1\r\n'), 20);
				response.socket?.on('close', () => {
					clearInterval(drip);
				});
			},
		],
		[
			'drips, byte by byte',
			(response: LoopbackResponse) => {
				response.writeHead(200);
				pour(response, ' ');
			},
		],
	])('is given up when its time is over: one that %s', async (__, drip) => {
		jest.replaceProperty(LIMITS, 'responseMs', WITHIN_MS);
		let isClosed = false;
		respond = (request, response) => {
			request.socket.on('close', () => {
				isClosed = true;
			});
			drip(response);
		};

		const { fault, took } = await faultOf();
		expect(fault.message).toBe(`WAHA's API at ${server.url} didn't respond within 0.3 seconds`);
		expect(fault.isUndecided).toBe(true);
		expect(took).toBeLessThan(WITHIN_MS + 1_000);
		// The test of a credential can't abort a request whose headers never end; n8n's own timeout ends it.
		if (sendOf === sendOfNode) await until(() => isClosed);
	});

	it.each([
		['as it is', false],
		['compressed', true],
	])(
		'is given up when it is longer than 5 MiB, %s',
		async (__, isCompressed) => {
			let accepted = 0;
			respond = (_request, response) => {
				if (isCompressed) {
					response.writeHead(200, { 'content-encoding': 'gzip' });
					response.end(BOMB);
					return;
				}
				response.writeHead(200, { 'content-length': 300 * MIB });
				const chunk = Buffer.alloc(MIB, ' ');
				const more = () => {
					while (!response.destroyed && accepted < 300 * MIB && response.write(chunk)) {
						accepted += MIB;
					}
				};
				response.on('drain', () => {
					accepted += MIB;
					more();
				});
				more();
			};
			const before = process.memoryUsage().rss;

			const { fault } = await faultOf();
			expect(fault.message).toBe(
				`The response from ${server.url} is longer than any that WAHA's API documents`,
			);
			expect(accepted).toBeLessThan(32 * MIB);
			if (!isCompressed) expect(process.memoryUsage().rss - before).toBeLessThan(100 * MIB);
		},
		30_000,
	);

	it.each([
		['before it begins', 0],
		['in its middle', 10],
	])('that breaks off %s says nothing about what was done', async (__, bytes) => {
		respond = (request, response) => {
			if (bytes > 0) response.writeHead(200, { 'content-length': 100 }).write('x'.repeat(bytes));
			setTimeout(() => request.socket.destroy(), 20);
		};

		const { fault } = await faultOf();
		expect(fault.message).toBe(`n8n couldn't reach WAHA's API at ${server.url}`);
		expect(fault.isUndecided).toBe(true);
		expect(fault.advice).toContain('ECONNRESET');
	});

	it('that nobody gives says which address leads nowhere', async () => {
		await server.stop();

		const { fault } = await faultOf();
		expect(fault.message).toBe(`n8n couldn't reach WAHA's API at ${server.url}`);
		expect(fault.advice).toContain('ECONNREFUSED');
		expect(fault.isUndecided).toBe(false);
	});

	it.each([301, 302, 303, 307, 308])('that redirects (%i) is not followed', async (status) => {
		const received: string[] = [];
		const other = await startLoopbackServer((request, response) => {
			received.push(String(request.url));
			response.end('{}');
		}, '127.0.0.2');
		respond = (_request, response) => {
			response.writeHead(status, { location: `${other.url}/path?secret=1` }).end();
		};

		const { fault } = await faultOf();
		expect(fault.message).toBe(`WAHA's API returned a redirect to ${other.url} (HTTP ${status})`);
		expect(received).toEqual([]);
		await other.stop();
	});
});
