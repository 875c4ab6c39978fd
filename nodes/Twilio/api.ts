import { firstText, objectOf } from '../shared/core/values/json';
import type { Send } from '../shared/n8n/api/send';
import { ask, type DocumentedApi } from '../shared/n8n/api/documented-api';
import { access } from './credential';

/** Makes sure that the Account SID and the Auth Token open the account. Throws an `ApiFault`. */
export async function checkAccount(send: Send, accountSid: string): Promise<void> {
	const path = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}.json`;
	await ask(
		twilioApi,
		send,
		{ method: 'GET', path },
		(body) => isSameSid(firstText(objectOf(body), 'sid'), accountSid) || undefined,
	);
}

/** The hex digits of an SID may be written in either case. */
const isSameSid = (one: string | null, other: string) => one?.toLowerCase() === other.toLowerCase();

const twilioApi: DocumentedApi = {
	access,
	// `{"code", "message", "more_info", "status"}`.
	said: (body) => firstText(objectOf(body), 'message'),
	faults: [
		{
			when: [401],
			message: 'Twilio rejected the Account SID with this Auth Token',
			advice:
				'Copy both from the same account or subaccount in the Twilio Console: Account Dashboard → Account Info.',
		},
	],
};
