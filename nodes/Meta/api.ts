import { firstText, objectOf, objectsOf, type JsonObject } from '../shared/core/json';
import { faultsOf, isSuccess, type ApiAnswer, type ApiRequest, type Send } from '../shared/n8n/setup/api';
import type { ApiFault } from '../shared/n8n/setup/api-fault';
import { access } from './credential';

const VERSION = 'v25.0';

/** Longer callback URLs than this Meta does not take ("Webhook overrides"). */
export const LONGEST_URL = 200;

/**
 * Where the events of one number, or of one WhatsApp Business Account, go instead of to the app's own
 * Callback URL (WhatsApp Business Platform, "Webhook overrides").
 */
export interface Override {
	/** The alternate callback URL, or null. */
	read(): Promise<string | null>;
	write(url: string, verifyToken: string): Promise<void>;
	clear(): Promise<void>;
}

/** The override of a phone number: its three requests go to the number itself. */
export function numberOverride(send: Send, phoneNumberId: string): Override {
	const path = pathOf(phoneNumberId);
	const set = async (configuration: JsonObject) => {
		await ask(send, { method: 'POST', path, body: { webhook_configuration: configuration } });
	};
	return {
		async read() {
			const query = { fields: 'webhook_configuration' };
			const body = await ask(send, { method: 'GET', path, query });
			return firstText(objectOf(body.webhook_configuration), 'phone_number');
		},
		write: (url, verifyToken) => set({ override_callback_uri: url, verify_token: verifyToken }),
		clear: () => set({ override_callback_uri: '' }),
	};
}

/**
 * The override of a WhatsApp Business Account, which belongs to the app's subscription to it; the list
 * of subscriptions names other apps as well. Subscribing without an override takes it away.
 */
export function accountOverride(send: Send, accountId: string, appId: string): Override {
	const path = `${pathOf(accountId)}/subscribed_apps`;
	return {
		async read() {
			const body = await ask(send, { method: 'GET', path });
			const ours = objectsOf(body.data).find(
				(app) => firstText(objectOf(app.whatsapp_business_api_data), 'id') === appId,
			);
			return ours ? firstText(ours, 'override_callback_uri') : null;
		},
		async write(url, verifyToken) {
			const body = { override_callback_uri: url, verify_token: verifyToken };
			await ask(send, { method: 'POST', path, body });
		},
		async clear() {
			await ask(send, { method: 'POST', path });
		},
	};
}

/** Asks who the token's owner is, which every valid token may. */
export async function checkToken(send: Send): Promise<void> {
	await ask(send, { method: 'GET', path: pathOf('me') });
}

const pathOf = (id: string) => `/${VERSION}/${encodeURIComponent(id)}`;

/** Asks the Graph API, and returns the body of its answer when it did what was asked. */
async function ask(send: Send, request: ApiRequest): Promise<JsonObject> {
	const answer = await send(request);
	const body = objectOf(answer.body);
	if (!isSuccess(answer) || body.success === false) throw faultOf(request, answer);
	return body;
}

/** The codes by which the Graph API says more than by its status ("Handle errors"). */
const TOKEN_INVALID = '190';
const PERMISSION_MISSING = new Set(['10', '200', '3']);
const RATE_LIMITS = new Set(['4', '17', '80007', '613']);

function faultOf({ method }: ApiRequest, answer: ApiAnswer): ApiFault {
	const { statusCode, body } = answer;
	const error = objectOf(objectOf(body).error);
	const code = firstText(error, 'code') ?? '';
	const said = firstText(error, 'error_user_msg', 'message');
	const fault = faultsOf(access, answer, said);
	if (code === TOKEN_INVALID || statusCode === 401) {
		return fault(
			'Meta did not accept the Access Token',
			'Make one for a system user in Meta Business Suite (Settings → System users → Generate token) and paste it into the credential. Or set Webhook Setup to Manual.',
		);
	}
	if (PERMISSION_MISSING.has(code) || statusCode === 403) {
		return fault(
			'The Access Token may not do this',
			'Its system user needs the app and the WhatsApp account as assets, and the token the permissions whatsapp_business_management and whatsapp_business_messaging.',
		);
	}
	if (RATE_LIMITS.has(code) || statusCode === 429) {
		return fault("Meta's rate limit was reached", 'Wait a few minutes, then try again.');
	}
	if (statusCode >= 500) {
		return fault(
			`Meta's API is unavailable (status ${statusCode})`,
			'Try again later. Or set Webhook Setup to Manual and enter the URL in the App Dashboard.',
		);
	}
	return method === 'GET'
		? fault(
				`Meta did not say where events go (status ${statusCode})`,
				'Check the id under Receive For: that of the phone number or of the WhatsApp Business Account, as the App Dashboard shows it under API Setup, not the number itself.',
			)
		: fault(
				`Meta did not accept the webhook (status ${statusCode})`,
				'Meta asks the URL at once whether it is yours, so n8n has to be reachable from outside over HTTPS: check the Webhook URL of this node, and the setting N8N_WEBHOOK_URL of n8n (WEBHOOK_URL in older versions).',
			);
}
