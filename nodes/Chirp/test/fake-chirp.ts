import { randomBytes } from 'crypto';
import { sleep } from 'n8n-workflow';
import { z } from 'zod';
import { FakeApiServer, type FakeResponse } from '../../../test/kit/fake-api-server';
import type { LoopbackRequest } from '../../../test/kit/loopback-server';

/**
 * Chirp's webhook API and its deliveries on loopback, as strict as its documents: `/v1/webhooks` with
 * app keys, each of which sees the webhooks of its own app only, no query parameters, errors in the
 * documented form, the 18 events of the API reference, a delivery's 5 seconds and 5 attempts. What the
 * documents leave open follows Chirp's other lists: the form of the list, and `cursor` for its further
 * pages. One exception: beside HTTPS addresses it takes those of this machine.
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

const specSchema = z.object({
	url: z.string(),
	events: z.array(z.string()).min(1),
	headers: z.record(z.string(), z.string()).optional(),
});

export class FakeChirp extends FakeApiServer {
	webhooks: FakeWebhook[] = [];

	/** How many webhooks are on one page of the list. */
	pageSize = 20;

	/**
	 * How the response to a POST, PUT or DELETE is written, since the documents do not show all of them;
	 * undefined for an empty one.
	 */
	respondAs: (response: unknown) => unknown = (response) => response;

	/** What it does to a webhook that is written, such as dropping its headers. */
	storesAs: (webhook: FakeWebhook) => FakeWebhook = (webhook) => webhook;

	/** The app keys, and the app of each. */
	private readonly apps = new Map<string, string>();

	/**
	 * @param appKey the app key that it accepts
	 * @param retryAfterMs the wait before the second attempt of a delivery; each next one doubles it
	 */
	constructor(
		appKey: string,
		private readonly retryAfterMs = 1_000,
	) {
		super();
		this.addApp(appKey);
	}

	/** Accepts the key of a further app. */
	addApp(appKey: string): void {
		// app_ and 27 letters or digits; of a test key app_test_.
		this.apps.set(appKey, `app_${isTestKey(appKey) ? 'test_' : ''}${idCharacters()}`);
	}

	/** Adds a webhook as somebody did in the dashboard; to the first app unless another's key is given. */
	add(
		spec: { url: string; events: string[]; headers?: Record<string, string> },
		appKey = [...this.apps.keys()][0] ?? '',
	): FakeWebhook {
		const webhook = this.made(spec, appKey);
		this.webhooks.push(webhook);
		return webhook;
	}

	private made(
		spec: { url: string; events: string[]; headers?: Record<string, string> },
		appKey: string,
	): FakeWebhook {
		const now = new Date().toISOString();
		return {
			// whk_ and 27 letters or digits; of a test key whk_test_.
			id: `whk_${isTestKey(appKey) ? 'test_' : ''}${idCharacters()}`,
			appId: this.apps.get(appKey) ?? '',
			url: spec.url,
			events: spec.events,
			headers: spec.headers ?? null,
			createdAt: now,
			updatedAt: now,
		};
	}

	/**
	 * Delivers an event to every webhook that was registered for it, with the headers that it was
	 * registered with; again after anything but 200, five times in all.
	 *
	 * @returns the statuses of each webhook's attempts; 0 where no response came in time
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

	protected respond(request: LoopbackRequest, text: string): FakeResponse {
		const response = this.ownResponse(request, text);
		if (request.method === 'GET' || (response.status ?? 200) >= 400) return response;
		return { ...response, body: this.respondAs(response.body) };
	}

	private ownResponse(request: LoopbackRequest, text: string): FakeResponse {
		const url = new URL(request.url ?? '/', this.baseUrl);
		const appKey = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		const appId = this.apps.get(appKey);
		if (appId === undefined) return rejection(401, 'Invalid API key', 'authentication_error');
		const path = /^\/v1\/webhooks(?:\/([^/]+))?$/.exec(url.pathname);
		if (!path) return rejection(404, 'Not found');
		const id = path[1];
		const isList = request.method === 'GET' && id === undefined;
		const unknown = [...url.searchParams.keys()].find((name) => !(isList && name === 'cursor'));
		if (unknown !== undefined) return rejection(400, `Unknown query parameter: ${unknown}`);

		const ofApp = this.webhooks.filter((webhook) => webhook.appId === appId);
		if (isList) return { status: 200, body: this.page(ofApp, url.searchParams.get('cursor')) };
		if (id === undefined) {
			return request.method === 'POST'
				? this.create(text, ofApp, appKey)
				: rejection(404, 'Not found');
		}
		const webhook = ofApp.find((candidate) => candidate.id === id);
		if (!webhook) return rejection(404, 'Webhook not found');
		switch (request.method) {
			case 'GET':
				return { status: 200, body: webhook };
			case 'PUT':
				return this.update(webhook, text);
			case 'DELETE':
				if (!this.forgetsWrites) {
					this.webhooks = this.webhooks.filter((candidate) => candidate !== webhook);
				}
				return { status: 200, body: { message: 'Webhook deleted' } };
			default:
				return rejection(404, 'Not found');
		}
	}

	private page(webhooks: FakeWebhook[], cursor: string | null) {
		const start = Number(cursor ?? 0);
		const end = start + this.pageSize;
		return {
			webhooks: webhooks.slice(start, end),
			nextCursor: end < webhooks.length ? String(end) : null,
			totalCount: webhooks.length,
		};
	}

	private create(text: string, ofApp: FakeWebhook[], appKey: string): FakeResponse {
		const spec = specSchema.safeParse(parsed(text));
		if (!spec.success) return rejection(400, 'url and events are required');
		const finding = findingIn(spec.data);
		if (finding !== null) return rejection(400, finding);
		if (ofApp.some(({ url }) => url === spec.data.url)) {
			return rejection(
				409,
				'A webhook with this URL exists',
				'invalid_request_error',
				'resource_already_exists',
			);
		}
		const webhook = this.storesAs(this.made(spec.data, appKey));
		if (!this.forgetsWrites) this.webhooks.push(webhook);
		return { status: 201, body: webhook, about: aboutOf(webhook) };
	}

	private update(webhook: FakeWebhook, text: string): FakeResponse {
		const change = specSchema.partial().safeParse(parsed(text));
		if (!change.success) return rejection(400, 'Invalid body');
		const finding = findingIn(change.data);
		if (finding !== null) return rejection(400, finding);
		const updatedAt = new Date().toISOString();
		const changed = this.storesAs({ ...webhook, ...change.data, updatedAt });
		if (!this.forgetsWrites) Object.assign(webhook, changed);
		return { status: 200, body: changed, about: aboutOf(changed) };
	}
}

/** An error as Chirp's API writes it. */
export function errorBody(message: string, type = 'invalid_request_error', code?: string) {
	return { error: { type, message, ...(code ? { code } : {}) } };
}

function rejection(status: number, message: string, type?: string, code?: string): FakeResponse {
	return { status, body: errorBody(message, type, code), about: message };
}

const aboutOf = ({ id, events }: FakeWebhook) => `${id} ${events.join(' ')}`;

/** What the API has against a webhook, or null. */
function findingIn({ url, events = [] }: { url?: string; events?: string[] }): string | null {
	if (url !== undefined && !/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)) {
		return 'url must be an HTTPS URL';
	}
	const unknown = events.find((event) => !EVENTS.has(event));
	return unknown === undefined ? null : `Unknown event: ${unknown}`;
}

/** The JSON of a text; undefined where it has none, which fits no schema. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

const isTestKey = (appKey: string) => appKey.startsWith('sk_test_');

function idCharacters(): string {
	return randomBytes(40)
		.toString('base64')
		.replace(/[^a-zA-Z0-9]/g, '')
		.slice(0, 27);
}
