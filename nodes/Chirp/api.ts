import {
	firstText,
	holdsExactly,
	isObject,
	objectOf,
	textOf,
	type JsonObject,
} from '../shared/core/values/json';
import type { ApiRequest, ApiResponse, Send } from '../shared/n8n/api/send';
import {
	ask,
	askIfPresent,
	type DocumentedApi,
	type FaultRow,
} from '../shared/n8n/api/documented-api';
import type { RemoteWebhook, WebhookApi } from '../shared/n8n/setup/registration';
import { isSameUrl } from '../shared/n8n/setup/same-url';
import { access } from './credential';

/** A webhook as the node wants it at Chirp. */
export interface DesiredWebhook {
	url: string;
	events: readonly string[];
	/** Sent along with every delivery. */
	headers: Record<string, string>;
}

/**
 * What is read of a webhook as Chirp has it (API reference, webhook object; older ones have no
 * headers). The ID and the URL are enough to find and to delete it.
 */
export interface ChirpWebhook extends RemoteWebhook {
	events: unknown;
	headers: JsonObject;
}

/** More pages than anyone has webhooks; a list that never ends isn't Chirp's. */
const MOST_PAGES = 100;

/**
 * Every webhook of the app, over all pages. What Chirp documents for this request has no query, so a
 * cursor goes along only where Chirp gave one. Throws an `ApiFault`.
 */
export async function listWebhooks(send: Send): Promise<ChirpWebhook[]> {
	const webhooks: ChirpWebhook[] = [];
	const cursors = new Set<string>();
	let request: ApiRequest = { method: 'GET', path: '/v1/webhooks' };
	while (cursors.size < MOST_PAGES) {
		const page: Page = await ask(chirpApi, send, request, pageIn);
		webhooks.push(...page.webhooks);
		const cursor = page.nextCursor;
		// A cursor that comes again leads nowhere new.
		if (cursor === null || cursors.has(cursor)) break;
		cursors.add(cursor);
		request = { ...request, query: { cursor } };
	}
	return webhooks;
}

/** The webhooks of the app whose key a request is sent with. */
export function chirpWebhooks(send: Send): WebhookApi<ChirpWebhook, DesiredWebhook> {
	return {
		access,
		parts: ['URL', 'events', 'secret header'],
		list: () => listWebhooks(send),
		read: (id) =>
			askIfPresent(chirpApi, send, { method: 'GET', path: pathOf(id) }, webhookIn, isNoWebhook),
		differences: (webhook, { url, events, headers }) => [
			...(isSameUrl(webhook.url, url) ? [] : ['URL']),
			...(holdsExactly(webhook.events, events) ? [] : ['events']),
			...(holdsHeaders(webhook.headers, headers) ? [] : ['secret header']),
		],
		async create(desired) {
			const request: ApiRequest = { method: 'POST', path: '/v1/webhooks', body: { ...desired } };
			return await ask(chirpApi, send, request, (body) =>
				isJsonOrEmpty(body) ? (webhookIn(body)?.id ?? null) : undefined,
			);
		},
		update: (id, desired) =>
			change(send, { method: 'PUT', path: pathOf(id), body: { ...desired } }),
		remove: (id) => change(send, { method: 'DELETE', path: pathOf(id) }),
	};
}

const pathOf = (id: string) => `/v1/webhooks/${encodeURIComponent(id)}`;

/** Changes one webhook; false where Chirp has none with this ID. What came of it is read back. */
async function change(send: Send, request: ApiRequest): Promise<boolean> {
	const read = (body: unknown) => isJsonOrEmpty(body) || undefined;
	return (await askIfPresent(chirpApi, send, request, read, isNoWebhook)) !== null;
}

/** Whether a webhook has these headers, among others that a person may have added. */
function holdsHeaders(held: JsonObject, headers: Record<string, string>): boolean {
	return Object.entries(headers).every(([name, value]) => held[name] === value);
}

/** The form of a response to a change, which Chirp doesn't document for each: JSON, or nothing. */
const isJsonOrEmpty = (body: unknown) => typeof body !== 'string';

/** Whether Chirp says, in its own form, that it has no such webhook. */
const isNoWebhook = ({ statusCode, body }: ApiResponse) =>
	statusCode === 404 && said(body) !== null;

/** Chirp's words about a fault (API reference, errors). */
const said = (body: unknown) => firstText(objectOf(objectOf(body).error), 'message');

/** Whether Chirp blames a field of the request, by the name that it gives or in its words. */
const blames =
	(field: 'url' | 'events' | 'headers'): FaultRow['when'] =>
	({ statusCode, body }) =>
		[400, 422].includes(statusCode) &&
		(objectOf(objectOf(body).error).param === field ||
			new RegExp(`\\b${field.replace(/s$/, 's?')}\\b`, 'i').test(said(body) ?? ''));

const FAULTS: readonly FaultRow[] = [
	{
		when: [401],
		message: 'Chirp rejected the app key',
		advice:
			"Copy an app key (sk_live_app_… or sk_test_app_…) from your application in Chirp into the credential. Admin keys (sk_admin_…) can't manage webhooks here. Or set Webhook Setup to Manual.",
	},
	{
		when: [403],
		message: "Chirp doesn't allow this app key to manage webhooks",
		advice:
			"Check the application and its account in Chirp, or use another application's key. Or set Webhook Setup to Manual.",
	},
	{
		when: [404],
		message: 'There is no Chirp API at the Base URL',
		advice: 'Set the Base URL in the credential to https://api.buildwithchirp.com.',
	},
	{
		when: [409],
		message: "Another app key has a webhook with this node's URL",
		advice: "Delete it on that application's Webhooks page in Chirp, then publish again.",
	},
	{
		when: blames('url'),
		message: "Chirp rejected this node's URL",
		advice:
			'Chirp delivers to public HTTPS addresses only. Check the URL under Webhook URLs. n8n builds it from its setting N8N_WEBHOOK_URL (WEBHOOK_URL in older versions).',
	},
	{
		when: blames('events'),
		message: 'Chirp rejected the selected events',
		advice: 'Select fewer events under Listen To. Or set Webhook Setup to Manual.',
	},
	{
		when: blames('headers'),
		message: 'Chirp rejected the header with the Webhook Secret',
		advice:
			'Enter X-Webhook-Secret as Header Name in the credential, and make up a Webhook Secret of letters and digits.',
	},
];

const chirpApi: DocumentedApi = { access, said, faults: FAULTS };

/** A page of the list. */
interface Page {
	webhooks: ChirpWebhook[];
	nextCursor: string | null;
}

/** A page in a body, whose form Chirp doesn't document: bare, or under one of the usual names. */
function pageIn(body: unknown): Page | undefined {
	const lists = Array.isArray(body)
		? [body]
		: ['webhooks', 'data', 'items'].map((name) => objectOf(body)[name]);
	const list = lists.find(Array.isArray);
	if (!list) return undefined;
	return {
		webhooks: list.flatMap((entry) => webhookIn(entry) ?? []),
		nextCursor: firstText(objectOf(body), 'nextCursor'),
	};
}

/** The webhook in a response or in an entry of the list: itself, or under one of the usual names. */
function webhookIn(body: unknown): ChirpWebhook | undefined {
	const { webhook, data } = objectOf(body);
	for (const candidate of [webhook, data, body].filter(isObject)) {
		const id = textOf(candidate.id);
		const { url } = candidate;
		if (id === null || typeof url !== 'string') continue;
		return { id, url, events: candidate.events, headers: objectOf(candidate.headers) };
	}
	return undefined;
}
