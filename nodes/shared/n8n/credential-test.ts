import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { firstFinding, type SecretCheck } from '../core/secret-checks';

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
		const { webhookSecret, previousWebhookSecret } = credential.data ?? {};
		const current = typeof webhookSecret === 'string' ? webhookSecret : '';
		const previous = typeof previousWebhookSecret === 'string' ? previousWebhookSecret : '';

		const finding =
			(current.trim() === ''
				? `The Webhook Secret is empty. Copy it from ${secretLocation}.`
				: firstFinding(checks, current, 'Webhook Secret')) ??
			(previous === '' ? null : firstFinding(checks, previous, 'Previous Webhook Secret'));
		if (finding) return { status: 'Error', message: finding };
		return {
			status: 'OK',
			message:
				'The secret has the right form. The first delivery shows whether it is the right one.',
		};
	};
}
