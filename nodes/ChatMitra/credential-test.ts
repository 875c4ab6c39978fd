import { apiCredentialTest } from '../shared/n8n/api/credential-test';
import { secretProblem } from '../shared/n8n/api/secret-problem';
import { access } from './credential';
import { provider } from './provider';

/**
 * The test of a ChatMitra credential. ChatMitra documents no request that only reads, so the test is
 * whether secret and token look like such.
 */
export const testChatMitraCredential = apiCredentialTest(
	access,
	(credential) => secretProblem(provider, credential),
	async () =>
		"The secret and the API token look valid. ChatMitra has no request to test the token with, so the first message you send will show whether it's the right one.",
);
