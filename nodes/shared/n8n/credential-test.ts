import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { Provider } from '../core/provider';
import { firstProblem, type SecretRule } from '../core/secret-checks';
import { ApiFault } from './api';

/**
 * What is wrong with the secrets of a credential, as a sentence, or null.
 *
 * @param ifEmpty what to do when there is no secret
 * @param label what the first one is called in the editor
 */
export function secretProblem(
	{ data }: Pick<ICredentialsDecrypted, 'data'>,
	ifEmpty: string,
	checks: readonly SecretRule[],
	label = 'Webhook Secret',
): string | null {
	const { webhookSecret, secondWebhookSecret } = data ?? {};
	const current = typeof webhookSecret === 'string' ? webhookSecret : '';
	const previous = typeof secondWebhookSecret === 'string' ? secondWebhookSecret : '';
	return (
		(current.trim() === ''
			? `The ${label} is empty. ${ifEmpty}`
			: firstProblem(checks, current, label)) ??
		(previous === '' ? null : firstProblem(checks, previous, 'Second Webhook Secret'))
	);
}

/**
 * The test of a credential that holds nothing but secrets. The provider has no request that would
 * prove a secret, so what is tested is that it looks like one.
 */
export function secretFormTest(
	{ secretLocation, secretLabel }: Provider,
	checks: readonly SecretRule[],
) {
	return async function (
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		const ifEmpty = `Copy it from ${secretLocation}.`;
		const problem = secretProblem(credential, ifEmpty, checks, secretLabel);
		if (problem) return { status: 'Error', message: problem };
		return {
			status: 'OK',
			message:
				'The secret has the right form. The first delivery shows whether it is the right one.',
		};
	};
}

/**
 * The result of a credential test that asks a provider's API.
 *
 * @param step returns what to say when all is right; what it throws becomes what is wrong
 */
export async function resultOfTest(
	step: () => Promise<string>,
): Promise<INodeCredentialTestResult> {
	try {
		return { status: 'OK', message: await step() };
	} catch (error) {
		if (!(error instanceof ApiFault)) return { status: 'Error', message: String(error) };
		return { status: 'Error', message: `${error.message}. ${error.advice}` };
	}
}
