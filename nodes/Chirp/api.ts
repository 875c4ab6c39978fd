import { z } from 'zod';
import { firstText, objectOf, type JsonObject } from '../shared/core/json';
import { oneLine } from '../shared/core/one-line';

/** A webhook as it should be at Chirp. */
export interface WebhookSpec {
	url: string;
	events: readonly string[];
	/** Sent along with every delivery. */
	headers: Record<string, string>;
}

/**
 * What is read of a webhook as Chirp has it (API reference, webhook object; older ones have no
 * headers). The id and the URL are enough to find and to delete it, so the rest may be missing or in
 * another form.
 */
const webhookSchema = z.object({
	id: z.string().min(1),
	url: z.string(),
	events: z.array(z.string()).nullish().catch(null),
	headers: z.record(z.string(), z.string()).nullish().catch(null),
});

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

/**
 * Every webhook of the app, over all pages. What Chirp documents for this request has no query, so a
 * cursor goes along only where Chirp gave one. Throws a {@link ChirpFault}.
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

/** Creates a webhook and returns its id. Throws a {@link ChirpFault}. */
export async function createWebhook(send: Send, spec: WebhookSpec): Promise<string> {
	const body = await ask(send, { method: 'POST', path: '/v1/webhooks', body: { ...spec } });
	const created = webhookIn(body) ?? (await listWebhooks(send)).find(({ url }) => url === spec.url);
	if (!created) throw malformed();
	return created.id;
}

/** Overwrites a webhook; false when Chirp has it no more. Throws a {@link ChirpFault}. */
export async function updateWebhook(send: Send, id: string, spec: WebhookSpec): Promise<boolean> {
	return await reached(send, { method: 'PUT', path: pathOf(id), body: { ...spec } });
}

/** Deletes a webhook; false when Chirp has none with this id. Throws a {@link ChirpFault}. */
export async function deleteWebhook(send: Send, id: string): Promise<boolean> {
	return await reached(send, { method: 'DELETE', path: pathOf(id) });
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

const isSuccess = ({ statusCode }: ApiAnswer) => statusCode >= 200 && statusCode < 300;

function faultOf({ method }: ApiRequest, { statusCode, headers, body }: ApiAnswer): ChirpFault {
	const said = firstText(objectOf(objectOf(body).error), 'message');
	const quote = said === null ? '' : ` Chirp says: "${oneLine(said)}"`;
	const fault = (message: string, advice: string) =>
		new ChirpFault(message, advice + quote, statusCode);
	if (statusCode >= 300 && statusCode < 400) {
		return fault(
			`Chirp's API answers from elsewhere (status ${statusCode})`,
			`Nothing was sent there${originIn(headers)}, since the app key would go along. Set the Base URL of the credential to https://api.buildwithchirp.com, and check that no proxy answers in its place.`,
		);
	}
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
			return refusalOf(method, statusCode, fault);
	}
}

/** The fault where Chirp refused what was asked, for a reason that is in the request. */
function refusalOf(
	method: ApiRequest['method'],
	statusCode: number,
	fault: (message: string, advice: string) => ChirpFault,
): ChirpFault {
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

/** The host that a redirect points to, in brackets; the rest of the address is of no use here. */
function originIn(headers: JsonObject): string {
	const location = firstText(headers, 'location') ?? '';
	return URL.canParse(location) ? ` (${new URL(location).origin})` : '';
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
	for (const candidate of [webhook, data, body]) {
		const parsed = webhookSchema.safeParse(candidate);
		if (parsed.success) return parsed.data;
	}
	return null;
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
