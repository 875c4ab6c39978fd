import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ApiAccess } from '../shared/n8n/api/access';
import { emptyField } from '../shared/n8n/api/authenticate';
import { fieldOf } from '../shared/n8n/api/credential-fields';
import { checkAccountSid } from './auth-token';
import { provider } from './provider';

/** How a credential opens Twilio's API ("REST API", HTTP Basic: the Account SID and the Auth Token). */
export const access: ApiAccess = {
	kind: 'requests only',
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'accountSid',
	keyLabel: 'Account SID',
	keyName: 'Account SID',
	keyLocation: 'Copy it from the Twilio Console: Account Dashboard → Account Info → Account SID.',
	keyRules: [checkAccountSid],
	keyHeaders: (accountSid, credential) => {
		const login = `${accountSid}:${authTokenOf(credential)}`;
		return { Authorization: `Basic ${Buffer.from(login).toString('base64')}` };
	},
	publicFields: ['accountSid'],
	defaultBaseUrl: 'https://api.twilio.com',
};

function authTokenOf(credential: ICredentialDataDecryptedObject): string {
	const { label, location } = provider.secret;
	const authToken = fieldOf(credential, 'webhookSecret').trim();
	if (authToken === '') throw emptyField(access, label, `Copy it from ${location}.`);
	return authToken;
}
