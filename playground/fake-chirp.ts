import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/**
 * Chirp's webhook API and its deliveries on loopback, after its documents: `/v1/webhooks` with app
 * keys, errors in its documented form, the 18 events of its API reference, a delivery's 5 seconds and
 * 5 attempts. What the documents leave open (the form of the list) follows its other lists. One
 * exception: beside HTTPS addresses it takes those of this machine.
 */

const EVENTS = new Set([
	...['received', 'sent', 'delivered', 'failed'].map((stage) => `messages.sms.${stage}`),
	...['received', 'sent', 'delivered', 'read', 'failed'].map(
		(stage) => `messages.whatsapp.${stage}`,
	),
	...['created', 'updated', 'deleted', 'connected'].map((change) => `templates.whatsapp.${change}`),
	...['created', 'updated', 'deleted'].map((change) => `contacts.whatsapp.${change}`),
	...['connected', 'disconnected'].map((change) => `whatsapp.account.${change}`),
]);

const ATTEMPTS = 5;
const DELIVERED_WITHIN_MS = 5_000;

/** A webhook as the API shows it. */
export interface FakeWebhook {
	id: string;
	appId: string;
	url: string;
	events: string[];
	headers: Record<string, string> | null;
	createdAt: string;
	updatedAt: string;
}

/** An answer that the API is made to give instead of its own. */
export interface Fault {
	status?: number;
	headers?: Record<string, string>;
	body?: string;
	/** Gives no answer at all. */
	silent?: boolean;
}

const specSchema = z.object({
	url: z.string(),
	events: z.array(z.string()).min(1),
	headers: z.record(z.string(), z.string()).optional(),
});

/** An error as Chirp's API writes it. */
class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly type: string,
		message: string,
		readonly code?: string,
	) {
		super(message);
	}
}

export class FakeChirp {
	/** One line for each request to the API, in order: `POST /v1/webhooks 201 https://…`. */
	readonly log: string[] = [];

	/** The next answers, instead of the API's own. */
	readonly faults: Fault[] = [];

	webhooks: FakeWebhook[] = [];

	/** How many webhooks are on one page of the list. */
	pageSize = 100;

	private constructor(
		private readonly appKey: string,
		private readonly retryAfterMs: number,
		private readonly server: ReturnType<typeof createServer>,
	) {}

	/**
	 * Starts it on a free port.
	 *
	 * @param appKey the app key that it accepts
	 * @param retryAfterMs the wait before the second attempt of a delivery; each next one doubles it
	 */
	static async start(appKey: string, retryAfterMs = 1_000): Promise<FakeChirp> {
		const server = createServer((request, response) => {
			void chirp.handle(request, response);
		});
		const chirp = new FakeChirp(appKey, retryAfterMs, server);
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		return chirp;
	}

	get baseUrl(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Adds a webhook as somebody did in the dashboard. */
	add(spec: { url: string; events: string[]; headers?: Record<string, string> }): FakeWebhook {
		const now = new Date().toISOString();
		const webhook = {
			// whk_ and 27 letters or digits; of a test key whk_test_.
			id: `whk_${this.isTest ? 'test_' : ''}${idCharacters()}`,
			appId: `app_${this.isTest ? 'test_' : ''}${'a'.repeat(27)}`,
			url: spec.url,
			events: spec.events,
			headers: spec.headers ?? null,
			createdAt: now,
			updatedAt: now,
		};
		this.webhooks.push(webhook);
		return webhook;
	}

	/**
	 * Delivers an event to every webhook that was registered for it, with the headers that it was
	 * registered with; again after anything but 200, five times in all.
	 *
	 * @returns the statuses of each webhook's attempts; 0 where no answer came in time
	 */
	async deliver(payload: { event: string }): Promise<number[][]> {
		const body = JSON.stringify(payload);
		const subscribed = this.webhooks.filter(({ events }) => events.includes(payload.event));
		return await Promise.all(subscribed.map((webhook) => this.attempts(webhook, body)));
	}

	private async attempts({ url, headers }: FakeWebhook, body: string): Promise<number[]> {
		const statuses: number[] = [];
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			if (attempt > 0) await sleep(this.retryAfterMs * 2 ** (attempt - 1));
			const status = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body,
				signal: AbortSignal.timeout(DELIVERED_WITHIN_MS),
			}).then(
				(response) => response.status,
				() => 0,
			);
			statuses.push(status);
			if (status === 200) break;
		}
		return statuses;
	}

	private get isTest(): boolean {
		return this.appKey.startsWith('sk_test_');
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', this.baseUrl);
		const note = (status: number | string, about = '') => {
			this.log.push(`${request.method ?? ''} ${url.pathname} ${status} ${about}`.trim());
		};
		const body = await textOf(request);
		const fault = this.faults.shift();
		if (fault?.silent) {
			note('(no answer)');
			return;
		}
		if (fault) {
			note(fault.status ?? 200, '(fault)');
			response.writeHead(fault.status ?? 200, {
				'content-type': 'application/json',
				...fault.headers,
			});
			response.end(fault.body ?? '');
			return;
		}
		try {
			const { status, answer } = this.answer(request, url, body);
			note(status, isWebhook(answer) ? `${answer.id} ${answer.events.join(' ')}` : '');
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(answer));
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			note(error.status, error.message);
			const { type, message, code } = error;
			response.writeHead(error.status, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ error: { type, message, ...(code ? { code } : {}) } }));
		}
	}

	private answer(
		request: IncomingMessage,
		url: URL,
		body: string,
	): { status: number; answer: unknown } {
		if (request.headers.authorization !== `Bearer ${this.appKey}`) {
			throw new ApiError(401, 'authentication_error', 'Invalid API key');
		}
		const id = /^\/v1\/webhooks(?:\/([^/]+))?$/.exec(url.pathname);
		if (!id) throw new ApiError(404, 'invalid_request_error', 'Not found');
		if (id[1] === undefined) {
			if (request.method === 'GET') return { status: 200, answer: this.page(url.searchParams) };
			if (request.method === 'POST') return { status: 201, answer: this.create(body) };
		} else {
			const webhook = this.webhooks.find((candidate) => candidate.id === id[1]);
			if (!webhook) throw new ApiError(404, 'invalid_request_error', 'Webhook not found');
			if (request.method === 'GET') return { status: 200, answer: webhook };
			if (request.method === 'PUT') return { status: 200, answer: this.update(webhook, body) };
			if (request.method === 'DELETE') {
				this.webhooks = this.webhooks.filter((candidate) => candidate !== webhook);
				return { status: 200, answer: { message: 'Webhook deleted' } };
			}
		}
		throw new ApiError(404, 'invalid_request_error', 'Not found');
	}

	private page(query: URLSearchParams) {
		const limit = Math.min(Number(query.get('limit') ?? 20), this.pageSize);
		const start = Number(query.get('cursor') ?? 0);
		const end = start + limit;
		return {
			webhooks: this.webhooks.slice(start, end),
			nextCursor: end < this.webhooks.length ? String(end) : null,
			totalCount: this.webhooks.length,
		};
	}

	private create(body: string): FakeWebhook {
		const spec = specSchema.safeParse(parsed(body));
		if (!spec.success)
			throw new ApiError(400, 'invalid_request_error', 'url and events are required');
		check(spec.data);
		if (this.webhooks.some(({ url }) => url === spec.data.url)) {
			throw new ApiError(
				409,
				'invalid_request_error',
				'A webhook with this URL exists',
				'resource_already_exists',
			);
		}
		return this.add(spec.data);
	}

	private update(webhook: FakeWebhook, body: string): FakeWebhook {
		const change = specSchema.partial().safeParse(parsed(body));
		if (!change.success) throw new ApiError(400, 'invalid_request_error', 'Invalid body');
		check(change.data);
		return Object.assign(webhook, change.data, { updatedAt: new Date().toISOString() });
	}
}

function check({ url, events = [] }: { url?: string; events?: string[] }): void {
	if (url !== undefined && !/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)) {
		throw new ApiError(400, 'invalid_request_error', 'url must be an HTTPS URL');
	}
	const unknown = events.find((event) => !EVENTS.has(event));
	if (unknown !== undefined) {
		throw new ApiError(400, 'invalid_request_error', `Unknown event: ${unknown}`);
	}
}

function isWebhook(value: unknown): value is FakeWebhook {
	return typeof value === 'object' && value !== null && 'events' in value;
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		throw new ApiError(400, 'invalid_request_error', 'Invalid JSON');
	}
}

function idCharacters(): string {
	return randomBytes(40)
		.toString('base64')
		.replace(/[^a-zA-Z0-9]/g, '')
		.slice(0, 27);
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
