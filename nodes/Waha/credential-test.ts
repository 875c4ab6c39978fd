import { apiCredentialTest } from '../shared/n8n/api/credential-test';
import { checkKey } from './api';
import { access, hmacKeyProblem } from './credential';

/** The test of a WAHA credential: with an API key WAHA has to list its sessions. */
export const testWahaCredential = apiCredentialTest(access, hmacKeyProblem, checkKey);
