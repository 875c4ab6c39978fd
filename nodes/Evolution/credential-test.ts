import { apiCredentialTest } from '../shared/n8n/setup/credential-test';
import { checkKey } from './api';
import { access, credentialProblem } from './credential';

/** The test of an Evolution API credential: with an API key the API has to list the instances that it opens. */
export const testEvolutionCredential = apiCredentialTest(access, credentialProblem, checkKey);
