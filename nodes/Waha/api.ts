import {
	holdsExactly,
	isObject,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../shared/core/json';
import { oneLine } from '../shared/core/one-line';
import { faultsOf, isSuccess, type ApiAnswer, type Send } from '../shared/n8n/setup/api';
import { ApiFault } from '../shared/n8n/setup/api-fault';
import type { RemoteWebhook, WebhookApi } from '../shared/n8n/setup/registration';
import { access } from './credential';

/** A webhook as it should be in the session's configuration. */
export interface WebhookSpec {
	url: string;
	events: readonly string[];
	/** By which WAHA signs. */
	hmacKey: string;
}

/** A webhook as the session's configuration has it. It has no id but its URL. */
export interface WahaWebhook extends RemoteWebhook {
	/** The entry whole, with what is none of ours. */
	entry: JsonObject;
}

/** Makes sure that the key opens WAHA. Throws an {@link ApiFault}. */
export async function checkKey(send: Send): Promise<void> {
	const answer = await send({ method: 'GET', path: '/api/sessions' });
	if (!isSuccess(answer)) throw faultOf(answer, '');
	if (!Array.isArray(answer.body)) throw malformed();
}

/**
 * The webhooks of a session: the list `config.webhooks` of its configuration. WAHA replaces a
 * configuration as a whole (`PUT /api/sessions/{session}`), so each change reads it, changes our entry and
 * writes all of it back as it was.
 */
export function wahaWebhooks(send: Send, session: string): WebhookApi<WahaWebhook, WebhookSpec> {
	const path = `/api/sessions/${encodeURIComponent(session)}`;

	/** The configuration of the session; null where there is no such session. */
	async function read(): Promise<JsonObject | null> {
		const answer = await send({ method: 'GET', path });
		if (answer.statusCode === 404) return null;
		if (!isSuccess(answer)) throw faultOf(answer, session);
		if (!isObject(answer.body) || !('name' in answer.body)) throw malformed();
		return objectOf(answer.body.config);
	}

	/** Changes the list of webhooks; false where there is no session, or nothing to change in it. */
	async function change(edit: (entries: JsonObject[]) => JsonObject[] | null): Promise<boolean> {
		const config = await read();
		const webhooks = config === null ? null : edit(objectsOf(config.webhooks));
		if (webhooks === null) return false;
		const body = { config: { ...config, webhooks } };
		const answer = await send({ method: 'PUT', path, body });
		if (!isSuccess(answer)) throw faultOf(answer, session);
		return true;
	}

	return {
		async list() {
			const config = await read();
			return objectsOf(config?.webhooks).flatMap((entry) => {
				const url = textOf(entry.url);
				return url === null ? [] : [{ id: url, url, entry }];
			});
		},
		isRight: ({ entry }, { events, hmacKey }) =>
			holdsExactly(entry.events, events) && objectOf(entry.hmac).key === hmacKey,
		async create(spec) {
			const isCreated = await change((entries) => [...entries, withSpec({}, spec)]);
			if (!isCreated) throw noSession(session);
			return spec.url;
		},
		update: (id, spec) =>
			change((entries) =>
				entries.some(({ url }) => url === id)
					? entries.map((entry) => (entry.url === id ? withSpec(entry, spec) : entry))
					: null,
			),
		remove: (id) =>
			change((entries) =>
				entries.some(({ url }) => url === id) ? entries.filter(({ url }) => url !== id) : null,
			),
	};
}

/** The entry with what is ours in it; retries and headers that a person set stay. */
function withSpec(entry: JsonObject, { url, events, hmacKey }: WebhookSpec): JsonObject {
	return { ...entry, url, events, hmac: { ...objectOf(entry.hmac), key: hmacKey } };
}

function faultOf(answer: ApiAnswer, session: string): ApiFault {
	const { statusCode } = answer;
	const fault = faultsOf(access, answer, saidIn(answer.body));
	switch (statusCode) {
		case 401:
		case 403:
			return fault(
				'WAHA did not accept the API key',
				'Enter as API Key in the credential what WAHA has as WAHA_API_KEY: the key itself, where the setting has its hash. Or set Webhook Setup to Manual.',
			);
		case 404:
			return session === '' ? malformed() : noSession(session);
		case 400:
		case 422:
			return fault(
				`WAHA did not accept the webhook (status ${statusCode})`,
				'An older WAHA does not know every event: select fewer under Listen To, Other least of all, or update WAHA. Or set Webhook Setup to Manual.',
			);
		default:
			return fault(
				`WAHA did not do what was asked (status ${statusCode})`,
				"Look at WAHA's log, then try again. Or set Webhook Setup to Manual.",
			);
	}
}

/** What WAHA says of an error: `message` is a text or a list of them. */
function saidIn(body: unknown): string | null {
	const said = [objectOf(body).message].flat().flatMap((part) => textOf(part) ?? []);
	return said.join('; ') || null;
}

function noSession(session: string): ApiFault {
	return new ApiFault(
		`WAHA has no session "${oneLine(session)}"`,
		"Enter under Session the name that WAHA's dashboard shows, and check the Base URL of the credential.",
		404,
	);
}

function malformed(): ApiFault {
	return new ApiFault(
		"The answer is not in the documented form of WAHA's API",
		'Check that the Base URL of the credential is the address of WAHA, and that no proxy answers in its place. Or set Webhook Setup to Manual.',
	);
}
