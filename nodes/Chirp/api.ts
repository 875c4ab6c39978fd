import { z } from 'zod';
import { firstText, isObject, objectOf, type JsonObject } from '../shared/core/json';

/** A webhook as it should be at Chirp. */
export interface WebhookSpec {
	url: string;
	events: readonly string[];
	/** Sent along with every delivery. */
	headers: Record<string, string>;
}

/** A webhook as Chirp has it; older ones have no headers (API reference, webhook object). */
const webhookSchema = z
	.object({
		id: z.string(),
		url: z.string(),
		events: z.array(z.string()),
		headers: z.record(z.string(), z.string()).nullish(),
	})
	.passthrough();

/** A webhook as Chirp has it. */
export type ChirpWebhook = z.infer<typeof webhookSchema>;

/** A request to Chirp's API, without what is the same in all of them. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	path: string;
	query?: Record<string, string>;
	body?: JsonObject;
}

/** What Chirp's API answered, whatever the status. */
export interface ApiAnswer {
	statusCode: number;
	headers: JsonObject;
	/** Parsed where it is JSON. */
	body: unknown;
}

/** Sends a request with the app key; rejects when no answer comes. */
export type Send = (request: ApiRequest) => Promise<ApiAnswer>;

/** Why Chirp's API did not do what was asked, for the person in n8n's editor. */
export class ChirpFault extends Error {
	/**
	 * @param message what happened
	 * @param advice what to do about it
	 * @param statusCode the HTTP status, where there was an answer
	 */
	constructor(
		message: string,
		readonly advice: string,
		readonly statusCode?: number,
	) {
		super(message);
		this.name = 'ChirpFault';
	}
}

/** How long an answer of Chirp's API is waited for. */
export const ANSWER_WITHIN_MS = 10_000;

/** More pages than anyone has webhooks; a list that never ends is not Chirp's. */
const MOST_PAGES = 100;

/** Every webhook of the app, over all pages. Throws a {@link ChirpFault}. */
export async function listWebhooks(send: Send): Promise<ChirpWebhook[]> {
	const webhooks: ChirpWebhook[] = [];
	let cursor: string | null = null;
	for (let page = 0; page < MOST_PAGES; page++) {
		const query: Record<string, string> = { limit: '100', ...(cursor ? { cursor } : {}) };
		const { body } = accepted(await send({ method: 'GET', path: '/v1/webhooks', query }));
		webhooks.push(...webhooksIn(body));
		cursor = firstText(objectOf(body), 'nextCursor');
		if (cursor === null) break;
	}
	return webhooks;
}

/** Creates a webhook. Throws a {@link ChirpFault}. */
export async function createWebhook(send: Send, spec: WebhookSpec): Promise<ChirpWebhook> {
	const answer = await send({ method: 'POST', path: '/v1/webhooks', body: { ...spec } });
	return webhookIn(accepted(answer).body);
}

/** Overwrites a webhook; null when Chirp has it no more. Throws a {@link ChirpFault}. */
export async function updateWebhook(
	send: Send,
	id: string,
	spec: WebhookSpec,
): Promise<ChirpWebhook | null> {
	const answer = await send({ method: 'PUT', path: pathOf(id), body: { ...spec } });
	return answer.statusCode === 404 ? null : webhookIn(accepted(answer).body);
}

/** Deletes a webhook; one that is gone already counts as deleted. Throws a {@link ChirpFault}. */
export async function deleteWebhook(send: Send, id: string): Promise<void> {
	const answer = await send({ method: 'DELETE', path: pathOf(id) });
	if (answer.statusCode !== 404) accepted(answer);
}

const pathOf = (id: string) => `/v1/webhooks/${encodeURIComponent(id)}`;

/** The answer, when Chirp did what was asked. */
function accepted(answer: ApiAnswer): ApiAnswer {
	if (answer.statusCode >= 200 && answer.statusCode < 300) return answer;
	throw faultOf(answer);
}

function faultOf({ statusCode, headers, body }: ApiAnswer): ChirpFault {
	const said = firstText(objectOf(objectOf(body).error), 'message');
	const quote = said === null ? '' : ` Chirp says: "${said}"`;
	const fault = (message: string, advice: string) =>
		new ChirpFault(message, advice + quote, statusCode);
	switch (statusCode) {
		case 401:
		case 403:
			return fault(
				'Chirp did not accept the app key',
				'Copy an app key (sk_live_app_… or sk_test_app_…) from your application in Chirp into the credential; an admin key (sk_admin_…) cannot manage webhooks here. Or set Webhook Setup to Manual.',
			);
		case 404:
			return fault(
				'There is no Chirp API at the base URL',
				'Set the Base URL of the credential to https://api.buildwithchirp.com.',
			);
		case 409:
			return fault(
				'Chirp has a webhook with this URL already, and this app key does not show it',
				"Delete it on your application's Webhooks page in Chirp, then publish again.",
			);
		case 429: {
			const seconds = firstText(headers, 'retry-after');
			return fault(
				'Chirp takes no more requests for the moment',
				seconds === null
					? 'Wait a minute, then try again.'
					: `Try again in ${seconds} ${seconds === '1' ? 'second' : 'seconds'}.`,
			);
		}
		default:
			if (statusCode >= 500) {
				return fault(
					`Chirp's API is out of order (status ${statusCode})`,
					'Try again later. Or set Webhook Setup to Manual and add the webhook in the dashboard.',
				);
			}
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
	return list.map(webhookIn);
}

function webhookIn(body: unknown): ChirpWebhook {
	const candidate = isObject(body) && isObject(body.webhook) ? body.webhook : body;
	const webhook = webhookSchema.safeParse(candidate);
	if (!webhook.success) throw malformed();
	return webhook.data;
}

function malformed(): ChirpFault {
	return new ChirpFault(
		"The answer is not in the documented form of Chirp's API",
		'Check that the Base URL of the credential is https://api.buildwithchirp.com and that no proxy answers in its place. Or set Webhook Setup to Manual.',
	);
}

/** What is said when no answer came. */
export function noAnswer(baseUrl: string, error: unknown): ChirpFault {
	const { message, code } = objectOf(error);
	const why = [code, message].filter((part) => typeof part === 'string').join(': ');
	return new ChirpFault(
		`Chirp's API at ${baseUrl} did not answer`,
		`Check the Base URL of the credential and that n8n can reach the internet, then try again. (${why})`,
	);
}
