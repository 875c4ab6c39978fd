import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { firstFinding, type SecretCheck } from '../core/secret-checks';

/**
 * What is wrong with the secrets of a credential, as a sentence, or null.
 *
 * @param ifEmpty what to do when there is no secret
 */
export function findingIn(
	{ data }: ICredentialsDecrypted,
	ifEmpty: string,
	checks: readonly SecretCheck[],
): string | null {
	const { webhookSecret, secondWebhookSecret } = data ?? {};
	const current = typeof webhookSecret === 'string' ? webhookSecret : '';
	const previous = typeof secondWebhookSecret === 'string' ? secondWebhookSecret : '';
	return (
		(current.trim() === ''
			? `The Webhook Secret is empty. ${ifEmpty}`
			: firstFinding(checks, current, 'Webhook Secret')) ??
		(previous === '' ? null : firstFinding(checks, previous, 'Second Webhook Secret'))
	);
}

/**
 * The test of a credential that holds nothing but secrets. The provider has no request that would
 * prove a secret, so what is tested is that it looks like one.
 *
 * @param secretLocation where the secret is found, in the words of the provider's dashboard
 */
export function secretTest(secretLocation: string, checks: readonly SecretCheck[]) {
	return async function (
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		const finding = findingIn(credential, `Copy it from ${secretLocation}.`, checks);
		if (finding) return { status: 'Error', message: finding };
		return {
			status: 'OK',
			message:
				'The secret has the right form. The first delivery shows whether it is the right one.',
		};
	};
}
