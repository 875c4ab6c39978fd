import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { Provider } from '../../core/read/provider';
import { sendInCredentialTest, type Send } from './send';
import { hasAutomaticSetup, apiKeyOf, type ApiAccess } from './access';
import { ApiFault } from './fault';
import { withoutSecrets } from './redact';
import { secretProblem } from './secret-problem';

/**
 * The test of a credential that holds only secrets. No provider has a request that verifies a secret, so
 * this checks whether it looks like one.
 */
export function secretFormTest(provider: Provider) {
	return async function (
		this: ICredentialTestFunctions,
		{ data = {} }: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		const problem = secretProblem(provider, data);
		if (problem) return { status: 'Error', message: problem };
		return {
			status: 'OK',
			message: "The secret looks valid. The first delivery will show whether it's the right one.",
		};
	};
}

/**
 * The test of a credential that holds secrets and an API key: the secrets must look valid, and with a key,
 * the API must accept a request.
 *
 * @param problem the problem with the secrets the credential verifies with, as a sentence, or null
 * @param ask a request only the right key may send; a text it returns replaces the success message
 */
export function apiCredentialTest(
	access: ApiAccess,
	problem: (credential: ICredentialDataDecryptedObject) => string | null,
	ask: (send: Send, credential: ICredentialDataDecryptedObject) => Promise<unknown>,
) {
	const { displayName, keyName } = access;
	return async function (
		this: ICredentialTestFunctions,
		{ data = {} }: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		const found = problem(data);
		if (found) return { status: 'Error', message: found };
		try {
			const send = sendInCredentialTest(this, access, data);
			if (apiKeyOf(access, data) === '') {
				return {
					status: 'OK',
					message: `The secret looks valid. Without the ${keyName}, ${whatFails(access)}.`,
				};
			}
			const works = await ask(send, data);
			return {
				status: 'OK',
				message: typeof works === 'string' ? works : `${displayName} accepted the ${keyName}`,
			};
		} catch (error) {
			const message =
				error instanceof ApiFault ? `${error.message}. ${error.advice}` : String(error);
			return { status: 'Error', message: withoutSecrets(message, data, access) };
		}
	};
}

/** What doesn't work without the key of the API. */
function whatFails(access: ApiAccess): string {
	const requests = "HTTP Request nodes can't use this credential";
	return hasAutomaticSetup(access) ? `only manual setup works, and ${requests}` : requests;
}
