import {
	firstText,
	holdsExactly,
	isObject,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../shared/core/values/json';
import { phoneOfJid } from '../shared/whatsapp-web/jid';
import { oneLine } from '../shared/core/values/one-line';
import type { ApiRequest, ApiResponse, Send } from '../shared/n8n/api/send';
import { ApiFault, OR_MANUAL } from '../shared/n8n/api/fault';
import {
	ask,
	askIfPresent,
	type DocumentedApi,
	type FaultRow,
} from '../shared/n8n/api/documented-api';
import type { RemoteWebhook, WebhookApi } from '../shared/n8n/setup/registration';
import { isSameUrl } from '../shared/n8n/setup/same-url';
import { access } from './credential';

/** A webhook as the node wants it in the session's configuration. */
export interface DesiredWebhook {
	url: string;
	events: readonly string[];
	/** By which WAHA signs. */
	hmacKey: string;
}

/** A webhook as the session's configuration has it. Its URL is its ID. */
export interface WahaWebhook extends RemoteWebhook {
	/** The whole entry, including what people added to it. */
	entry: JsonObject;
}

const SESSIONS = '/api/sessions';

/** Makes sure that the key opens WAHA. Throws an {@link ApiFault}. */
export async function checkKey(send: Send): Promise<void> {
	const request: ApiRequest = { method: 'GET', path: SESSIONS };
	await ask(wahaApi, send, request, (body) => Array.isArray(body) || undefined);
}

/** A session as WAHA shows it. */
export interface WahaSession {
	name: string;
	/** Such as `WORKING` or `SCAN_QR_CODE`. */
	status: string;
	/** The number that it is linked to, in E.164 form. */
	phone: string | null;
	/** What that number's owner calls themselves. */
	pushName: string | null;
}

/** Every session that the key shows, stopped ones too ("Sessions", "List sessions"). Throws an {@link ApiFault}. */
export async function listSessions(send: Send): Promise<WahaSession[]> {
	const request: ApiRequest = { method: 'GET', path: SESSIONS, query: { all: 'true' } };
	return await ask(wahaApi, send, request, (body) => {
		if (!Array.isArray(body)) return undefined;
		const sessions = body.flatMap((session) => sessionFrom(session) ?? []);
		return sessions.length === body.length ? sessions : undefined;
	});
}

function sessionFrom(session: unknown): WahaSession | null {
	const { name, status, me } = objectOf(session);
	if (typeof name !== 'string' || name === '' || typeof status !== 'string') return null;
	const { id, pushName } = objectOf(me);
	return { name, status, phone: phoneOfJid(id), pushName: textOf(pushName) };
}

/**
 * The webhooks of a session: the list `config.webhooks` of its configuration. WAHA replaces a configuration
 * as a whole (`PUT /api/sessions/{session}`), so each change reads it, changes the node's entry, and writes
 * everything else back as it was. No other node of this n8n instance may do so at the same time.
 */
export function wahaWebhooks(send: Send, session: string): WebhookApi<WahaWebhook, DesiredWebhook> {
	const path = `/api/sessions/${encodeURIComponent(session)}`;

	/** The configuration of the session; null where there is no such session. */
	async function readConfig(): Promise<JsonObject | null> {
		return await askIfPresent(wahaApi, send, { method: 'GET', path }, configIn, isNoSession);
	}

	/** Changes the list of webhooks; false where there is no session, or nothing to change in it. */
	async function change(edit: (entries: JsonObject[]) => JsonObject[] | null): Promise<boolean> {
		const config = await readConfig();
		const webhooks = config === null ? null : edit(objectsOf(config.webhooks));
		if (webhooks === null) return false;
		const request: ApiRequest = { method: 'PUT', path, body: { config: { ...config, webhooks } } };
		return (await askIfPresent(wahaApi, send, request, configIn, isNoSession)) !== null;
	}

	async function list(): Promise<WahaWebhook[]> {
		return objectsOf((await readConfig())?.webhooks).flatMap((entry) => {
			const url = textOf(entry.url);
			return url === null ? [] : [{ id: url, url, entry }];
		});
	}

	return {
		access,
		parts: ['URL', 'events', 'HMAC key'],
		list,
		read: async (id) => (await list()).find(({ url }) => isSameUrl(url, id)) ?? null,
		differences: ({ entry }, { events, hmacKey }) => [
			...(holdsExactly(entry.events, events) ? [] : ['events']),
			...(objectOf(entry.hmac).key === hmacKey ? [] : ['HMAC key']),
		],
		async create(desired) {
			const isCreated = await change((entries) => [...entries, entryFor({}, desired)]);
			if (!isCreated) throw noSession(session);
			return desired.url;
		},
		update: (id, desired) =>
			change((entries) => {
				const ours = entries.find(hasUrl(id));
				if (!ours) return null;
				// A second entry with the URL would have each event sent twice.
				const kept = entries.filter((entry) => entry === ours || !hasUrl(id)(entry));
				return kept.map((entry) => (entry === ours ? entryFor(entry, desired) : entry));
			}),
		remove: (id) =>
			change((entries) =>
				entries.some(hasUrl(id)) ? entries.filter((entry) => !hasUrl(id)(entry)) : null,
			),
	};
}

/** Whether an entry of the configuration has this URL, in whatever spelling. */
const hasUrl = (url: string) => (entry: JsonObject) => isSameUrl(textOf(entry.url) ?? '', url);

/** The entry as the node wants it; retries and headers that a person set stay. */
function entryFor(entry: JsonObject, { url, events, hmacKey }: DesiredWebhook): JsonObject {
	return { ...entry, url, events, hmac: { ...objectOf(entry.hmac), key: hmacKey } };
}

/** The configuration in a session as WAHA shows it; empty where the session has none. */
function configIn(body: unknown): JsonObject | undefined {
	if (!isObject(body) || typeof body.name !== 'string') return undefined;
	return objectOf(body.config);
}

/** WAHA's words about a fault: `message` is a text or a list of texts, and within `exception` for its own. */
function said(body: unknown): string | null {
	const { message, exception } = objectOf(body);
	const words = [message ?? firstText(objectOf(exception), 'message')].flat();
	return words.flatMap((part) => textOf(part) ?? []).join('; ') || null;
}

/** Whether WAHA says that it has no such session, and not that it has no such path. */
const isNoSession = ({ statusCode, body }: ApiResponse) =>
	statusCode === 404 && /session/i.test(said(body) ?? '') && !isNoPath(body);

/** How the framework that WAHA is built on reports a path that the server doesn't have. */
const isNoPath = (body: unknown) => /^Cannot [A-Z]+ \//.test(said(body) ?? '');

/** A row for a status that means it only where WAHA's own words match. */
const saying =
	(statusCodes: readonly number[], words: RegExp): FaultRow['when'] =>
	({ statusCode, body }) =>
		statusCodes.includes(statusCode) && words.test(said(body) ?? '');

const FAULTS: readonly FaultRow[] = [
	{
		when: ({ statusCode, body }) => [401, 403].includes(statusCode) && said(body) === null,
		message: 'A server in front of WAHA rejected the request',
		advice:
			"The response isn't WAHA's. Let n8n's requests through that server, or set the Base URL in the credential to WAHA's own address.",
	},
	{
		when: [401],
		message: 'WAHA rejected the API key',
		advice:
			'Copy the value of WAHA_API_KEY into API Key in the credential. If that value is a hash (sha512:…), enter the key it was made from. Or set Webhook Setup to Manual.',
	},
	{
		when: ({ statusCode }, { path }) => statusCode === 403 && path === SESSIONS,
		message: "The API key isn't allowed to list the sessions",
		advice: `A key of one session can't list them. Use WAHA's main key. ${OR_MANUAL}`,
	},
	{
		when: [403],
		message: "The API key isn't allowed to change this session",
		advice:
			"Use WAHA's main key, or a key of this session that may change its settings. Or set Webhook Setup to Manual.",
	},
	{
		when: saying([422], /only .{0,3}default.{0,3} session/i),
		message: 'WAHA Core has a single session, named default',
		advice: 'Enter default under Session. Other sessions need WAHA Plus.',
	},
	{
		when: saying([400, 422], /\bevents\b/),
		message: "This WAHA doesn't know all of the selected events",
		advice:
			'Update WAHA. Or select fewer events under Listen To; Other asks for the newest ones. Or set Webhook Setup to Manual.',
	},
	{
		when: saying([400, 422], /\burl\b/i),
		message: "WAHA rejected this node's URL",
		advice:
			'Check the URL under Webhook URLs. n8n builds it from its setting N8N_WEBHOOK_URL (WEBHOOK_URL in older versions).',
	},
	{
		when: [404],
		message: 'There is no WAHA API at the Base URL',
		advice:
			"Set the Base URL in the credential to WAHA's own address, without /dashboard or /api at its end. An old WAHA can't change a session: update it. Or set Webhook Setup to Manual.",
	},
];

const wahaApi: DocumentedApi = { access, said, faults: FAULTS };

function noSession(session: string): ApiFault {
	return new ApiFault(
		`WAHA has no session named "${oneLine(session)}"`,
		"Enter the session's name under Session, just as WAHA's dashboard shows it. If the name is right, check the Base URL in the credential.",
		{ statusCode: 404 },
	);
}
