import { apiCredentialTest } from '../shared/n8n/setup/credential-test';
import { checkToken } from './api';
import { access, credentialProblem } from './credential';

/** The test of a Meta credential. No request of the Graph API would prove the App Secret. */
export const testMetaCredential = apiCredentialTest(access, credentialProblem, checkToken);
