import { firstText, isObject, objectOf, textOf, type JsonObject } from '../shared/core/json';
import { faultsOf, isSuccess, type ApiAnswer, type Send } from '../shared/n8n/setup/api';
import { ApiFault } from '../shared/n8n/setup/api-fault';
import { access } from './credential';

/** The webhook of an instance, of which there is one. */
export interface InstanceWebhook {
	url: string;
	events: readonly string[];
	/** Sent along with every delivery. */
	headers: Record<string, string>;
	/** Whether the name of the event is put behind the URL, which n8n does not take. */
	byEvents: boolean;
	/** Whether files are in the body as Base64. */
	base64: boolean;
}

/** Makes sure that the key opens Evolution API. Throws an {@link ApiFault}. */
export async function checkKey(send: Send): Promise<void> {
	const answer = await send({ method: 'GET', path: '/instance/fetchInstances' });
	if (!isSuccess(answer)) throw faultOf(answer);
	if (!Array.isArray(answer.body)) throw malformed();
}

/** The webhook of an instance; null where there is none, or one that is switched off. */
export async function readWebhook(send: Send, instance: string): Promise<InstanceWebhook | null> {
	const answer = await send({ method: 'GET', path: pathOf('find', instance) });
	if (!isSuccess(answer)) throw faultOf(answer);
	const { body } = answer;
	// No webhook is `null`, which n8n hands on as nothing, or as text.
	if (body === null || body === undefined || body === '' || body === 'null') return null;
	if (!isObject(body)) throw malformed();
	const webhook = webhookFrom(body);
	return body.enabled === false ? null : webhook;
}

/** The webhook that an answer, or what was kept of one, holds; null where it has no URL. */
export function webhookFrom(body: JsonObject): InstanceWebhook | null {
	const url = textOf(body.url);
	if (url === null) return null;
	const texts = (list: unknown) =>
		Array.isArray(list) ? list.flatMap((entry) => textOf(entry) ?? []) : [];
	return {
		url,
		events: texts(body.events),
		headers: Object.fromEntries(
			Object.entries(objectOf(body.headers)).flatMap(([name, value]) => {
				const text = textOf(value);
				return text === null ? [] : [[name, text]];
			}),
		),
		byEvents: (body.webhookByEvents ?? body.byEvents) === true,
		base64: (body.webhookBase64 ?? body.base64) === true,
	};
}

/** Overwrites the webhook of an instance. */
export async function writeWebhook(
	send: Send,
	instance: string,
	{ url, headers, byEvents, base64, events }: InstanceWebhook,
): Promise<void> {
	await set(send, instance, { enabled: true, url, headers, byEvents, base64, events });
}

/** Switches the webhook of an instance off, and takes the secret out of it. It cannot be deleted. */
export async function switchOffWebhook(send: Send, instance: string, url: string): Promise<void> {
	const off = { enabled: false, url, headers: {}, byEvents: false, base64: false, events: [] };
	await set(send, instance, off);
}

async function set(send: Send, instance: string, webhook: JsonObject): Promise<void> {
	const path = pathOf('set', instance);
	const answer = await send({ method: 'POST', path, body: { webhook } });
	if (!isSuccess(answer)) throw faultOf(answer);
}

function pathOf(what: string, instance: string): string {
	return `/webhook/${what}/${encodeURIComponent(instance)}`;
}

function faultOf(answer: ApiAnswer): ApiFault {
	const { body, statusCode } = answer;
	const fault = faultsOf(access, answer, saidIn(body));
	switch (statusCode) {
		case 401:
		case 403:
			return fault(
				'Evolution API did not accept the API key',
				"Enter as API Key in the credential the instance's key, or the global AUTHENTICATION_API_KEY. Or set Webhook Setup to Manual.",
			);
		case 404:
			return fault(
				'Evolution API has no such instance',
				'Enter under Instance its name as the manager shows it, and check the Base URL of the credential.',
			);
		case 400:
			return fault(
				'Evolution API did not accept the webhook',
				'An older version does not know every event: select fewer under Listen To, Other least of all, or update it. Or set Webhook Setup to Manual.',
			);
		default:
			return fault(
				`Evolution API did not do what was asked (status ${statusCode})`,
				'Look at its log, then try again. Or set Webhook Setup to Manual.',
			);
	}
}

/** What it says of an error: `response.message` is a text or a list, of texts or of lists of them. */
function saidIn(body: unknown): string | null {
	const { message } = objectOf(objectOf(body).response);
	const said = [message].flat(2).flatMap((part) => textOf(part) ?? []);
	return said.join('; ') || firstText(objectOf(body), 'message');
}

function malformed(): ApiFault {
	return new ApiFault(
		'The answer is not in the form of Evolution API, version 2',
		'Check that the Base URL of the credential is its address, and that no proxy answers in its place. Or set Webhook Setup to Manual.',
	);
}
