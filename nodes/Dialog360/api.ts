import { firstText, isObject, objectOf, type JsonObject } from '../shared/core/values/json';
import type { ApiResponse, Send } from '../shared/n8n/api/send';
import { ask, askIfPresent, type DocumentedApi } from '../shared/n8n/api/documented-api';
import { access } from './credential';

const PATH = '/v1/configs/webhook';

/** The webhook of the number that an API key is for. */
export interface ChannelWebhook {
	url: string;
	/** Sent along with every delivery. */
	headers: Record<string, string>;
}

/** The webhook of the number, or null where it has none. Throws an `ApiFault`. */
export async function readWebhook(send: Send): Promise<ChannelWebhook | null> {
	const webhook = await askIfPresent(
		MESSAGING_API,
		send,
		{ method: 'GET', path: PATH },
		(body) => (isObject(body) ? { setting: webhookFrom(body) } : undefined),
		isAbsent,
	);
	return webhook?.setting ?? null;
}

/** Replaces the webhook of the number. Throws an `ApiFault`. */
export async function writeWebhook(send: Send, webhook: ChannelWebhook): Promise<void> {
	const request = { method: 'POST', path: PATH, body: { ...webhook } } as const;
	await ask(MESSAGING_API, send, request, (body) => (isObject(body) ? true : undefined));
}

/** The webhook in an object, or null where it has no URL. */
export function webhookFrom(object: JsonObject): ChannelWebhook | null {
	const url = firstText(object, 'url');
	const headers = Object.entries(objectOf(object.headers)).filter(
		(header): header is [string, string] => typeof header[1] === 'string',
	);
	return url === null ? null : { url, headers: Object.fromEntries(headers) };
}

/**
 * How 360dialog responds for a number without a webhook isn't documented: with a special error, or an empty
 * URL.
 */
const isAbsent = ({ statusCode, body }: ApiResponse) =>
	statusCode === 404 && Object.keys(objectOf(objectOf(body).meta)).length > 0;

/** 360dialog's Messaging API. */
const MESSAGING_API: DocumentedApi = {
	access,
	said: (body) =>
		firstText(objectOf(objectOf(body).meta), 'developer_message') ??
		firstText(objectOf(body), 'error', 'message', 'detail'),
	faults: [
		{
			when: [401, 403],
			message: '360dialog rejected the API key',
			advice:
				'Generate one for the number in the 360dialog Hub and paste it into the credential. The old key ends with that. Or set Webhook Setup to Manual.',
		},
		{
			when: [404],
			message: 'There is no 360dialog API at the Base URL',
			advice: `Set the Base URL in the credential to ${access.defaultBaseUrl}.`,
		},
		{
			when: ({ statusCode }, { method }) => method === 'POST' && [400, 422].includes(statusCode),
			message: '360dialog rejected the Webhook URL or its header',
			advice:
				'It accepts HTTPS addresses without a port, and no underscore in a host or a header. Check the Webhook URL of this node, the Header Name in the credential, and N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n).',
		},
	],
};
