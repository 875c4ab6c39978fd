import { oneLine } from '../shared/core/values/one-line';
import { apiCredentialTest } from '../shared/n8n/api/credential-test';
import { listInstances } from './api';
import { access, credentialProblem } from './credential';

/** The test of an Evolution API credential: with an API key, the API has to list the instances that it opens. */
export const testEvolutionCredential = apiCredentialTest(
	access,
	credentialProblem,
	async (send) => {
		const names = (await listInstances(send)).map(({ name }) => name);
		return names.length === 0
			? 'Evolution API accepted the API key, which opens no instance yet'
			: `Evolution API accepted the API key, which opens: ${oneLine(names.join(', '))}`;
	},
);
