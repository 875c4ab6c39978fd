import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { headerNameProblem } from '../shared/core/verify/header-name';
import { DEFAULT_SECRET_HEADER } from '../shared/core/verify/shared-secret';
import type { SetupAccess } from '../shared/n8n/api/access';
import { fieldOf, assertUsable } from '../shared/n8n/api/credential-fields';
import { secretProblem } from '../shared/n8n/api/secret-problem';
import { isSigned, provider } from './provider';

/** How a credential opens 360dialog's API. */
export const access: SetupAccess = {
	kind: 'setup',
	displayName: provider.displayName,
	credentialType: provider.credentialType,
	keyField: 'apiKey',
	keyLabel: 'API Key',
	keyName: 'API key',
	keyLocation: 'Generate it for the number in the 360dialog Hub.',
	keyHeaders: (key) => ({ 'D360-API-KEY': key }),
	// Its values are words of many messages, such as "header".
	publicFields: ['verifyBy'],
	defaultBaseUrl: 'https://waba-v2.360dialog.io',
	check(credential) {
		assertUsable(credentialProblem(credential));
	},
};

/** The problem with the secrets a credential verifies with, as a sentence, or null. */
export function credentialProblem(data: ICredentialDataDecryptedObject): string | null {
	const ifEmpty = isSigned(data)
		? "Copy the Platform Secret from 360dialog's Partner Hub."
		: 'Enter a long random text of your own.';
	return (
		secretProblem(provider, data, ifEmpty) ??
		(isSigned(data) ? null : headerProblem(provider.verifier.header(data)))
	);
}

/** 360dialog doesn't accept underscores, neither in a URL nor in a header ("Multiple webhooks"). */
function headerProblem(name: string): string | null {
	return name.includes('_')
		? `The Header Name ${name} has an underscore in it, which 360dialog does not send. Use ${DEFAULT_SECRET_HEADER}.`
		: headerNameProblem(name);
}

/** The headers 360dialog should send with every delivery. */
export function headersOf(credential: ICredentialDataDecryptedObject): Record<string, string> {
	if (isSigned(credential)) return {};
	return { [provider.verifier.header(credential)]: fieldOf(credential, 'webhookSecret') };
}
