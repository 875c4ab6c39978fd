import { apiCredentialTest } from '../shared/n8n/api/credential-test';
import { checkToken, withAppSecretProof } from './api';
import { access, credentialProblem } from './credential';

/** The test of a Meta credential: with an Access Token, Meta has to accept it together with the App Secret. */
export const testMetaCredential = apiCredentialTest(access, credentialProblem, (send, credential) =>
	checkToken(withAppSecretProof(send, credential)),
);
