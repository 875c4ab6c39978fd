import type { IHookFunctions } from 'n8n-workflow';
import { firstText, objectOf } from '../shared/core/values/json';
import { idIn } from '../shared/n8n/editor/id-parameter';
import { baseUrlOf } from '../shared/n8n/api/access';
import { ApiFault } from '../shared/n8n/api/fault';
import { fieldOf } from '../shared/n8n/api/credential-fields';
import type { Slot } from '../shared/n8n/setup/hold-place';
import { isSameUrl } from '../shared/n8n/setup/same-url';
import { singleSlotSetup } from '../shared/n8n/setup/single-slot';
import type { OpenApi } from '../shared/n8n/setup/webhook-life-cycle';
import {
	accountOverride,
	numberOverride,
	withAppSecretProof,
	type Callback,
	type Override,
} from './api';
import { access } from './credential';

/** The life cycle of the override at Meta, with automatic and with manual setup. */
export const metaWebhook = singleSlotSetup<Callback>({
	access,
	whereToLook:
		'WhatsApp Manager, or by GET /<phone number ID>?fields=webhook_configuration in the Graph API Explorer',
	slot: (api) => slotOf(api, overrideOf(api)),
});

/** An override, and what has it. */
interface Place {
	override: Override;
	/** Such as `phone number 106540352242922`. */
	subject: string;
}

function overrideOf({ context, credential, key, send }: OpenApi): Place {
	const signed = withAppSecretProof(send, credential);
	if (context.getNodeParameter('receiveFor', 'number') === 'number') {
		const id = idOf(context, 'phoneNumberId', 'Phone Number ID');
		return { override: numberOverride(signed, id), subject: `phone number ${id}` };
	}
	const appId = fieldOf(credential, 'appId').trim();
	if (appId === '') {
		throw new ApiFault(
			'The automatic setup of a whole account needs the App ID, which is empty in the credential',
			"It's in the App Dashboard under App settings → Basic → App ID. Or set Receive For to One Phone Number.",
		);
	}
	const id = idOf(context, 'accountId', 'WhatsApp Business Account ID');
	return {
		override: accountOverride(signed, id, { appId, accessToken: key }),
		subject: `WhatsApp Business Account ${id}`,
	};
}

function idOf(context: IHookFunctions, parameter: string, label: string): string {
	const id = idIn(context, parameter);
	if (/^\d+$/.test(id)) return id;
	throw new ApiFault(
		id === '' ? `The ${label} is empty` : `The ${label} has more in it than digits`,
		`Choose it from the list. Or switch to By ID and copy it from the App Dashboard: WhatsApp → API Setup → ${label}. It isn't the number itself.`,
	);
}

function slotOf({ credential }: OpenApi, { override, subject }: Place): Slot<Callback> {
	const verifyToken = fieldOf(credential, 'verifyToken').trim();
	return {
		place: `${baseUrlOf(access, credential)} ${subject}`,
		subject,
		async read() {
			const url = await override.read();
			// Meta shows no Verify Token. It asks a URL that is restored, and rejects a wrong one.
			return url === null ? null : { url, verifyToken };
		},
		write: (callback) => override.write(callback),
		async clear() {
			await override.clear();
			return true;
		},
		desired: (url) => ({ url, verifyToken }),
		differences: (current, { url }) =>
			current && isSameUrl(current.url, url) ? [] : ['Callback URL'],
		deserialize(stored) {
			const url = firstText(objectOf(stored), 'url');
			const token = firstText(objectOf(stored), 'verifyToken');
			return url === null ? null : { url, verifyToken: token ?? verifyToken };
		},
	};
}
