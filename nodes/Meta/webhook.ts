import type { ICredentialDataDecryptedObject, IHookFunctions } from 'n8n-workflow';
import { textOf } from '../shared/core/json';
import { ApiFault, sendWithCredential, type Send } from '../shared/n8n/api';
import { singleSlotSetup, type Slot } from '../shared/n8n/single-slot';
import { accountOverride, LONGEST_URL, numberOverride, type Override } from './api';
import { accessTokenOf, appIdOf, baseUrlOf, verifyTokenOf } from './credential';
import { provider } from './provider';

const { credentialType, displayName } = provider;

/** Where the events of a number or an account go. */
interface Setting {
	url: string;
}

/** The life cycle of the override at Meta, with automatic and with manual setup. */
export const metaWebhook = singleSlotSetup<Setting>({
	displayName,
	whereToLook:
		'WhatsApp Manager, or by GET /<phone number id>?fields=webhook_configuration in the Graph API Explorer',

	async slot(context) {
		const credential = await context.getCredentials(credentialType);
		const verifyToken = verifyTokenOf(credential);
		if (accessTokenOf(credential) === '') {
			throw new ApiFault(
				'Automatic setup needs an Access Token: enter it in the credential, or set Webhook Setup to Manual',
				'Make one for a system user in Meta Business Suite: Settings → System users → Generate token.',
			);
		}
		const baseUrl = baseUrlOf(credential);
		const send = sendWithCredential(context, credentialType, { displayName, baseUrl });
		return slotOf(overrideOf(context, send, credential), verifyToken);
	},

	async checkManual(context) {
		verifyTokenOf(await context.getCredentials(credentialType));
	},
});

function overrideOf(
	context: IHookFunctions,
	send: Send,
	credential: ICredentialDataDecryptedObject,
): Override {
	if (context.getNodeParameter('receiveFor', 'number') === 'number') {
		return numberOverride(send, idOf(context, 'phoneNumberId', 'Phone Number ID'));
	}
	const appId = appIdOf(credential);
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
