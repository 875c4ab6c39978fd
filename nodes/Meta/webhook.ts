import type { IHookFunctions } from 'n8n-workflow';
import { textOf } from '../shared/core/json';
import { ApiFault } from '../shared/n8n/setup/api-fault';
import { fieldOf } from '../shared/n8n/credential';
import { singleSlotSetup, type Slot } from '../shared/n8n/setup/single-slot';
import type { OpenApi } from '../shared/n8n/setup/webhook-life-cycle';
import { accountOverride, LONGEST_URL, numberOverride, type Override } from './api';
import { access } from './credential';

/** Where the events of a number or an account go. */
interface Setting {
	url: string;
}

/** The life cycle of the override at Meta, with automatic and with manual setup. */
export const metaWebhook = singleSlotSetup<Setting>({
	access,
	whereToLook:
		'WhatsApp Manager, or by GET /<phone number id>?fields=webhook_configuration in the Graph API Explorer',
	slot: (api) => slotOf(overrideOf(api), fieldOf(api.credential, 'verifyToken')),
});

function overrideOf({ context, credential, send }: OpenApi): Override {
	if (context.getNodeParameter('receiveFor', 'number') === 'number') {
		return numberOverride(send, idOf(context, 'phoneNumberId', 'Phone Number ID'));
	}
	const appId = fieldOf(credential, 'appId').trim();
	if (appId === '') {
		throw new ApiFault(
			'The automatic setup of a whole account needs the App ID: enter it in the credential',
			'It is in the App Dashboard under App settings → Basic → App ID. Or set Receive For to One Phone Number.',
		);
	}
	return accountOverride(send, idOf(context, 'accountId', 'WhatsApp Business Account ID'), appId);
}

function idOf(context: IHookFunctions, parameter: string, label: string): string {
	const value = context.getNodeParameter(parameter, '');
	const id = (textOf(value) ?? '').trim();
	if (/^\d+$/.test(id)) return id;
	throw new ApiFault(
		`The ${label} is ${id === '' ? 'empty' : 'not an id of Meta: those are digits only'}`,
		`Copy it from the App Dashboard: WhatsApp → API Setup → ${label}. It is not the number itself.`,
	);
}

function slotOf(override: Override, verifyToken: string): Slot<Setting> {
	return {
		async read() {
			const url = await override.read();
			return url === null ? null : { url };
		},
		async write({ url }) {
			if (url.length > LONGEST_URL) {
				throw new ApiFault(
					`The Webhook URL has ${url.length} characters, and Meta takes ${LONGEST_URL}`,
					'Give n8n a shorter address, or set Webhook Setup to Manual.',
				);
			}
			// Of a URL that stood there before nobody knows the token: Meta asks, and refuses a wrong one.
			await override.write(url, verifyToken);
		},
		async clear() {
			await override.clear();
			return true;
		},
		wanted: (url) => ({ url }),
		isRight: (current, wanted) => current.url === wanted.url,
		keep: ({ url }) => url,
		recall: (kept) => ({ url: kept }),
	};
}
