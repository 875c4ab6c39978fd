import { apiCredentialTest } from '../shared/n8n/api/credential-test';
import { secretProblem } from '../shared/n8n/api/secret-problem';
import { checkHealth } from './api';
import { access } from './credential';
import { provider } from './provider';

/** The test of a ChakraHQ credential: with an access token, ChakraHQ's API has to accept a request. */
export const testChakraHqCredential = apiCredentialTest(
	access,
	(credential) => secretProblem(provider, credential),
	async (send) => {
		await checkHealth(send);
		return "ChakraHQ accepted a request with the access token. It doesn't document whether this request checks the token, so the first message you send will show whether it's the right one.";
	},
);
