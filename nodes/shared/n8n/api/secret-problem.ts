import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Provider } from '../../core/read/provider';
import { firstProblem } from '../../core/verify/secret-checks';
import { fieldOf } from './credential-fields';

/**
 * The problem with a credential's secrets, as a sentence, or null.
 *
 * @param ifEmpty what to do if there is no secret, in case that depends on the credential
 */
export function secretProblem(
	{ secret }: Provider,
	credential: ICredentialDataDecryptedObject,
	ifEmpty = secret.ifEmpty ?? `Copy it from ${secret.location}.`,
): string | null {
	const { label, rules } = secret;
	const first = fieldOf(credential, 'webhookSecret');
	const second = fieldOf(credential, 'secondWebhookSecret');
	return (
		(first.trim() === ''
			? `The ${label} is empty. ${ifEmpty}`
			: firstProblem(rules, first, label)) ??
		(second === '' ? null : firstProblem(rules, second, 'Second Webhook Secret'))
	);
}
