import { firstText, objectOf } from '../shared/core/json';
import { faultsOf, isSuccess, type ApiAnswer, type ApiRequest, type Send } from '../shared/n8n/setup/api';
import type { ApiFault } from '../shared/n8n/setup/api-fault';
import { access } from './credential';

const PATH = '/v1/configs/webhook';

/** The webhook of the number that an API key is for. */
export interface ChannelWebhook {
	url: string;
	/** Sent along with every delivery. */
	headers: Record<string, string>;
}

/** The webhook of the number, or null where it has none. Throws an {@link ApiFault}. */
export async function readWebhook(send: Send): Promise<ChannelWebhook | null> {
	const request: ApiRequest = { method: 'GET', path: PATH };
	const answer = await send(request);
	// What a number without a webhook is answered with is not documented.
	if (answer.statusCode === 404 && !isNoApi(answer)) return null;
	if (!isSuccess(answer)) throw faultOf(request, answer);
	const body = objectOf(answer.body);
	const url = firstText(body, 'url');
	const headers = Object.entries(objectOf(body.headers)).filter(
		(header): header is [string, string] => typeof header[1] === 'string',
	);
	return url === null ? null : { url, headers: Object.fromEntries(headers) };
}

/** Replaces the webhook of the number. Throws an {@link ApiFault}. */
export async function writeWebhook(send: Send, webhook: ChannelWebhook): Promise<void> {
	const request: ApiRequest = { method: 'POST', path: PATH, body: { ...webhook } };
	const answer = await send(request);
	if (!isSuccess(answer)) throw faultOf(request, answer);
}

/** 360dialog writes its errors as JSON; a proxy or another server does not. */
function isNoApi({ body }: ApiAnswer): boolean {
	return Object.keys(objectOf(body)).length === 0;
}

function faultOf({ method }: ApiRequest, answer: ApiAnswer): ApiFault {
	const { statusCode, body } = answer;
	const said =
		firstText(objectOf(objectOf(body).meta), 'developer_message') ??
		firstText(objectOf(body), 'error', 'message');
	const fault = faultsOf(access, answer, said);
	switch (statusCode) {
		case 401:
		case 403:
			return fault(
				'360dialog did not accept the API key',
				'Generate one for the number in the 360dialog Hub and paste it into the credential; the old one ends with that. Or set Webhook Setup to Manual.',
			);
		case 404:
			return fault(
				'No 360dialog API was found at the Base URL',
				`Set the Base URL of the credential to ${access.defaultBaseUrl}.`,
			);
		case 429:
			return fault("360dialog's rate limit was reached", 'Wait a minute, then try again.');
	}
	if (statusCode >= 500) {
		return fault(
			`360dialog's API is unavailable (status ${statusCode})`,
			'Try again later. Or set Webhook Setup to Manual and enter the URL in the Hub.',
		);
	}
	return method === 'GET'
		? fault(
				`360dialog did not say where events go (status ${statusCode})`,
				`Check that the Base URL of the credential is ${access.defaultBaseUrl}. Or set Webhook Setup to Manual.`,
			)
		: fault(
				`360dialog did not accept the webhook (status ${statusCode})`,
				'It takes HTTPS addresses without a port and without an underscore in the host: check the Webhook URL of this node, and the setting N8N_WEBHOOK_URL of n8n (WEBHOOK_URL in older versions).',
			);
}
