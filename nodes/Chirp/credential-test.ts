import { apiCredentialTest } from '../shared/n8n/api/credential-test';
import { listWebhooks } from './api';
import { access, credentialProblem } from './credential';

/** The test of a Chirp credential: with an app key Chirp has to list the app's webhooks. */
export const testChirpCredential = apiCredentialTest(access, credentialProblem, listWebhooks);
