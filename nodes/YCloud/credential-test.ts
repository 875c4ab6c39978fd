import { apiCredentialTest } from '../shared/n8n/api/credential-test';
import { secretProblem } from '../shared/n8n/api/secret-problem';
import { checkKey } from './api';
import { access } from './credential';
import { provider } from './provider';

/** The test of a YCloud credential: with an API key, YCloud has to list the account's numbers. */
export const testYCloudCredential = apiCredentialTest(
	access,
	(credential) => secretProblem(provider, credential),
	checkKey,
);
