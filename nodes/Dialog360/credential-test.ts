import { apiCredentialTest } from '../shared/n8n/setup/credential-test';
import { readWebhook } from './api';
import { access, credentialProblem } from './credential';

/** The test of a 360dialog credential: with an API key 360dialog has to show the webhook of its number. */
export const testDialog360Credential = apiCredentialTest(access, credentialProblem, readWebhook);
