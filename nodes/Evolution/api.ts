import { firstText, isObject, objectOf, textOf, type JsonObject } from '../shared/core/values/json';
import { phoneOfJid } from '../shared/whatsapp-web/jid';
import type { ApiResponse, Send } from '../shared/n8n/api/send';
import { ask, type DocumentedApi } from '../shared/n8n/api/documented-api';
import { access } from './credential';

/** The webhook of an instance, of which there is one. */
export interface InstanceWebhook {
	url: string;
	events: readonly string[];
	/** Sent along with every delivery. */
	headers: Record<string, string>;
	/** Whether the name of the event is put behind the URL, which n8n doesn't accept. */
	byEvents: boolean;
	/** Whether files are in the body as Base64. */
	base64: boolean;
}

/** What may be shown of an instance. */
export interface Instance {
	name: string;
	/** `open`, `close`, or `connecting`. */
	state: string | null;
	/** The number that it is linked to, in E.164 form; null where there is none yet, and on the Cloud API. */
	phone: string | null;
}

/**
 * The instances that the key opens: the global key all of them, an instance's key its own. The response
 * has each instance's key in it (`token`), so nothing but what is picked here leaves this function.
 * Throws an `ApiFault`.
 */
export async function listInstances(send: Send): Promise<Instance[]> {
	return await ask(EVOLUTION, send, { method: 'GET', path: '/instance/fetchInstances' }, (body) => {
		if (!Array.isArray(body)) return undefined;
		const instances = body.flatMap((instance) => instanceFrom(instance) ?? []);
		return instances.length === body.length ? instances : undefined;
	});
}

function instanceFrom(instance: unknown): Instance | null {
	const { name, connectionStatus, ownerJid } = objectOf(instance);
	if (typeof name !== 'string' || name === '') return null;
	return { name, state: textOf(connectionStatus), phone: phoneOfJid(ownerJid) };
}

/** The webhook of an instance; null where there is none, or one that is switched off. */
export async function readWebhook(send: Send, instance: string): Promise<InstanceWebhook | null> {
	const request = { method: 'GET', path: pathOf('find', instance) } as const;
	const { webhook } = await ask(EVOLUTION, send, request, (body) => {
		// An instance that never had a webhook.
		if (body === null) return { webhook: null };
		const webhook = webhookFrom(objectOf(body));
		if (webhook === null || typeof objectOf(body).enabled !== 'boolean') return undefined;
		return { webhook: objectOf(body).enabled === true ? webhook : null };
	});
	return webhook;
}

/** The webhook in an object, such as a response or what was stored of one; null where it has no URL. */
export function webhookFrom(object: JsonObject): InstanceWebhook | null {
	const url = textOf(object.url);
	if (url === null) return null;
	const texts = (list: unknown) =>
		Array.isArray(list) ? list.flatMap((entry) => textOf(entry) ?? []) : [];
	return {
		url,
		events: texts(object.events),
		headers: Object.fromEntries(
			Object.entries(objectOf(object.headers)).flatMap(([name, value]) => {
				const text = textOf(value);
				return text === null ? [] : [[name, text]];
			}),
		),
		byEvents: (object.webhookByEvents ?? object.byEvents) === true,
		base64: (object.webhookBase64 ?? object.base64) === true,
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

/** Switches the webhook of an instance off, and takes the secret out of it. It can't be deleted. */
export async function switchOffWebhook(send: Send, instance: string, url: string): Promise<void> {
	const off = { enabled: false, url, headers: {}, byEvents: false, base64: false, events: [] };
	await set(send, instance, off);
}

async function set(send: Send, instance: string, webhook: JsonObject): Promise<void> {
	const request = { method: 'POST', path: pathOf('set', instance), body: { webhook } } as const;
	await ask(EVOLUTION, send, request, (body) => (isObject(body) ? true : undefined));
}

function pathOf(what: string, instance: string): string {
	return `/webhook/${what}/${encodeURIComponent(instance)}`;
}

/** What Evolution says of an error: `response.message` is a text or a list, of texts or of lists of them. */
function saidIn(body: unknown): string | null {
	const { message } = objectOf(objectOf(body).response);
	const said = [message].flat(2).flatMap((part) => textOf(part) ?? []);
	return said.join('; ') || firstText(objectOf(body), 'message');
}

/** Whether a rejection is about something, by Evolution's own words. */
const isAbout =
	(statusCode: number, subject: RegExp) =>
	(response: ApiResponse): boolean =>
		response.statusCode === statusCode && subject.test(saidIn(response.body) ?? '');

/** Evolution API, version 2. */
const EVOLUTION: DocumentedApi = {
	access,
	said: saidIn,
	faults: [
		{
			when: [401, 403],
			message: 'Evolution API rejected the API key',
			advice:
				"Enter the instance's key or the global AUTHENTICATION_API_KEY as API Key in the credential. Or set Webhook Setup to Manual.",
		},
		{
			when: isAbout(404, /instance/i),
			message: 'Evolution API has no such instance',
			advice: 'Choose it under Instance, or enter its name as the manager shows it.',
		},
		{
			when: [404],
			message: 'There is no Evolution API at the Base URL',
			advice: `Set the Base URL in the credential to the address of Evolution API, version 2, such as ${access.defaultBaseUrl}, without a path.`,
		},
		{
			when: isAbout(400, /\bevents?\b/i),
			message: "Evolution API doesn't know an event that was selected",
			advice:
				'An older version knows fewer events. Select fewer under Listen To, starting with Other, or update Evolution API. Or set Webhook Setup to Manual.',
		},
		{
			when: isAbout(400, /\burl\b/i),
			message: 'Evolution API rejected the Webhook URL',
			advice:
				'Check the Webhook URL of this node, and N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n).',
		},
	],
};
