import type { ICredentialType } from 'n8n-workflow';
import { PROVIDERS } from '../kit/providers';
import type { ApiKey } from '../kit/simulator';

/** A credential whose key an HTTP Request node can use. */
export interface KeyedCredential extends ApiKey {
	type: string;
}

/** Every credential that has a key. */
export const KEYED_CREDENTIALS: readonly KeyedCredential[] = PROVIDERS.flatMap(
	({ credentialType, simulator: { apiKey } }) =>
		apiKey ? [{ type: credentialType, ...apiKey }] : [],
);

/** Whether n8n offers a credential under Predefined Credential Type of its HTTP Request node. */
export function hasKey({ authenticate }: Pick<ICredentialType, 'authenticate'>): boolean {
	return authenticate !== undefined;
}
