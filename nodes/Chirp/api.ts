import {
	firstText,
	holdsExactly,
	isObject,
	objectOf,
	textOf,
	type JsonObject,
} from '../shared/core/json';
import { faultsOf, isSuccess, type ApiAnswer, type ApiRequest, type Send } from '../shared/n8n/setup/api';
import { ApiFault } from '../shared/n8n/setup/api-fault';
import type { RemoteWebhook, WebhookApi } from '../shared/n8n/setup/registration';
import { access } from './credential';

/** A webhook as it should be at Chirp. */
export interface WebhookSpec {
	url: string;
	events: readonly string[];
	/** Sent along with every delivery. */
	headers: Record<string, string>;
}

/**
 * What is read of a webhook as Chirp has it (API reference, webhook object; older ones have no
 * headers). The id and the URL are enough to find and to delete it.
 */
export interface ChirpWebhook extends RemoteWebhook {
	events: unknown;
	headers: JsonObject;
}

/** More pages than anyone has webhooks; a list that never ends is not Chirp's. */
const MOST_PAGES = 100;

/**
 * Every webhook of the app, over all pages. What Chirp documents for this request has no query, so a
 * cursor goes along only where Chirp gave one. Throws an {@link ApiFault}.
 */
export async function listWebhooks(send: Send): Promise<ChirpWebhook[]> {
	const webhooks: ChirpWebhook[] = [];
	let query: { cursor: string } | null = null;
	for (let page = 0; page < MOST_PAGES; page++) {
		const body = await ask(send, {
			method: 'GET',
			path: '/v1/webhooks',
			...(query ? { query } : {}),
		});
		webhooks.push(...webhooksIn(body));
		const cursor = firstText(objectOf(body), 'nextCursor');
		if (cursor === null) break;
		query = { cursor };
	}
	return webhooks;
}

/** The webhooks of the app whose key a request is sent with. */
export function chirpWebhooks(send: Send): WebhookApi<ChirpWebhook, WebhookSpec> {
	return {
		list: () => listWebhooks(send),
		isRight(webhook, { url, events, headers }) {
			const isSameHeader = ([name, value]: [string, string]) => webhook.headers[name] === value;
			return (
				webhook.url === url &&
				holdsExactly(webhook.events, events) &&
				Object.entries(headers).every(isSameHeader)
			);
		},
		async create(spec) {
			const body = await ask(send, { method: 'POST', path: '/v1/webhooks', body: { ...spec } });
			const created =
				webhookIn(body) ?? (await listWebhooks(send)).find(({ url }) => url === spec.url);
			if (!created) throw malformed();
			return created.id;
		},
		update: (id, spec) => reached(send, { method: 'PUT', path: pathOf(id), body: { ...spec } }),
		remove: (id) => reached(send, { method: 'DELETE', path: pathOf(id) }),
	};
}

const pathOf = (id: string) => `/v1/webhooks/${encodeURIComponent(id)}`;

/** Asks Chirp, and returns the body of its answer when it did what was asked. */
async function ask(send: Send, request: ApiRequest): Promise<unknown> {
	const answer = await send(request);
	if (!isSuccess(answer)) throw faultOf(request, answer);
	return answer.body;
}

/** Asks for a change of one webhook, whatever the answer's body; false when Chirp has none with this id. */
async function reached(send: Send, request: ApiRequest): Promise<boolean> {
	const answer = await send(request);
	if (answer.statusCode === 404) return false;
	if (!isSuccess(answer)) throw faultOf(request, answer);
	return true;
}

function faultOf({ method }: ApiRequest, answer: ApiAnswer): ApiFault {
	const { statusCode, headers, body } = answer;
	const said = firstText(objectOf(objectOf(body).error), 'message');
	const fault = faultsOf(access, answer, said);
	switch (statusCode) {
		case 401:
		case 403:
			return fault(
				'Chirp did not accept the app key',
				'Copy an app key (sk_live_app_… or sk_test_app_…) from your application in Chirp into the credential; an admin key (sk_admin_…) cannot manage webhooks here. Or set Webhook Setup to Manual.',
			);
		case 404:
			return fault(
				'No Chirp API was found at the Base URL',
				'Set the Base URL of the credential to https://api.buildwithchirp.com.',
			);
		case 409:
			return fault(
				'A webhook with this URL already exists under another app key',
				"Delete it on your application's Webhooks page in Chirp, then publish again.",
			);
		case 429: {
			const seconds = firstText(headers, 'retry-after');
			return fault(
				"Chirp's rate limit was reached",
				seconds === null
					? 'Wait a minute, then try again.'
					: `Try again in ${seconds} ${seconds === '1' ? 'second' : 'seconds'}.`,
			);
		}
		default:
			if (statusCode >= 500) {
				return fault(
					`Chirp's API is unavailable (status ${statusCode})`,
					'Try again later. Or set Webhook Setup to Manual and add the webhook in the dashboard.',
				);
			}
			return refusalOf(method, statusCode, fault);
	}
}

/** The fault where Chirp refused what was asked, for a reason that is in the request. */
function refusalOf(
	method: ApiRequest['method'],
	statusCode: number,
	fault: (message: string, advice: string) => ApiFault,
): ApiFault {
	switch (method) {
		case 'GET':
			return fault(
				`Chirp did not list the webhooks (status ${statusCode})`,
				'Check that the Base URL of the credential is https://api.buildwithchirp.com. Or set Webhook Setup to Manual.',
			);
		case 'DELETE':
			return fault(
				`Chirp did not delete the webhook (status ${statusCode})`,
				"Delete it on your application's Webhooks page in Chirp.",
			);
		default:
			return fault(
				`Chirp did not accept the webhook (status ${statusCode})`,
				'Chirp delivers to public HTTPS addresses only: check the Webhook URL of this node, and the setting N8N_WEBHOOK_URL of n8n (WEBHOOK_URL in older versions).',
			);
	}
}

/** The webhooks of a list, whose form Chirp does not document: bare, or under one of the usual names. */
function webhooksIn(body: unknown): ChirpWebhook[] {
	const lists = Array.isArray(body)
		? [body]
		: ['webhooks', 'data', 'items'].map((name) => objectOf(body)[name]);
	const list = lists.find(Array.isArray);
	if (!list) throw malformed();
	return list.flatMap((entry) => webhookIn(entry) ?? []);
}

/** The webhook of an answer or of an entry in the list: itself, or under one of the usual names. */
function webhookIn(body: unknown): ChirpWebhook | null {
	const { webhook, data } = objectOf(body);
	for (const candidate of [webhook, data, body].filter(isObject)) {
		const id = textOf(candidate.id);
		const { url } = candidate;
		if (id === null || typeof url !== 'string') continue;
		return { id, url, events: candidate.events, headers: objectOf(candidate.headers) };
	}
	return null;
}

function malformed(): ApiFault {
	return new ApiFault(
		"The answer is not in the documented form of Chirp's API",
		'Check that the Base URL of the credential is https://api.buildwithchirp.com and that no proxy answers in its place. Or set Webhook Setup to Manual.',
	);
}
