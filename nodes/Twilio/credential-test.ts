import { apiKeyOf } from '../shared/n8n/api/access';
import { apiCredentialTest } from '../shared/n8n/api/credential-test';
import { secretProblem } from '../shared/n8n/api/secret-problem';
import { checkAccount } from './api';
import { access } from './credential';
import { provider } from './provider';

/** The test of a Twilio credential: with an Account SID, Twilio has to show the account. */
export const testTwilioCredential = apiCredentialTest(
	access,
	(credential) => secretProblem(provider, credential),
	async (send, credential) => {
		await checkAccount(send, apiKeyOf(access, credential));
		return 'Twilio accepted the Account SID and the Auth Token';
	},
);
