import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import {
	checkNotMasked,
	checkPrintableAscii,
	firstProblem,
	type SecretRule,
} from '../../core/verify/secret-checks';
import { ApiFault } from './fault';
import { baseUrlFrom } from './base-url';
import { fieldOf } from './credential-fields';

/** How a node's credential opens the API of its provider. */
export interface ApiAccess {
	/** The provider, for messages. */
	displayName: string;
	credentialType: string;
	/** The credential's field for the key. */
	keyField: string;
	/** What the key is called in the editor, such as "API Key". */
	keyLabel: string;
	/** What it is called in a sentence. */
	keyName: string;
	/** Where a person finds it. A sentence. */
	keyLocation: string;
	/** What it has to pass, beside what every key has to. */
	keyRules?: readonly SecretRule[];
	/** The headers that carry it, with what else of the credential belongs to it. */
	keyHeaders: (key: string, credential: ICredentialDataDecryptedObject) => Record<string, string>;
	/** The credential's other fields that messages may show, besides the Base URL and the Header Name. */
	publicFields?: readonly string[];
	/** Where the API is unless the credential says otherwise. */
	defaultBaseUrl: string;
	/** Whether it is a server of the user's own. */
	isSelfHosted?: boolean;
	/**
	 * What it's for: registering webhooks and HTTP Request nodes, or HTTP Request nodes only. The latter has no
	 * Webhook Setup to choose, and no Base URL in the credential.
	 */
	kind: 'setup' | 'requests only';
}

/** The same for a provider whose webhooks the node registers. */
export interface SetupAccess extends ApiAccess {
	kind: 'setup';
	/**
	 * Checks the secrets a credential verifies deliveries with, which manual setup needs, too. Throws an
	 * {@link ApiFault}.
	 */
	check: (credential: ICredentialDataDecryptedObject) => void;
}

/** The key, or an empty text. Throws an {@link ApiFault} for one that no request could carry. */
export function apiKeyOf(
	{ keyField, keyLabel, keyName, keyRules = [] }: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): string {
	const key = fieldOf(credential, keyField).trim();
	const problem = firstProblem([checkNotMasked, checkPrintableAscii, ...keyRules], key, keyLabel);
	if (problem) throw new ApiFault(`The ${keyName} in the credential can't be used`, problem);
	return key;
}

/** Where the API is. Throws an {@link ApiFault} where the key must not be sent. */
export function baseUrlOf(
	{ defaultBaseUrl, isSelfHosted = false }: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): string {
	return baseUrlFrom(fieldOf(credential, 'baseUrl'), defaultBaseUrl, { isSelfHosted });
}

/** Whether the node can register its webhook through the API. */
export function hasAutomaticSetup({ kind }: Pick<ApiAccess, 'kind'>): boolean {
	return kind === 'setup';
}

/** The API's name in messages, without "API" twice. */
export function nameOfApi({ displayName }: ApiAccess): string {
	return displayName.endsWith(' API') ? displayName : `${displayName}'s API`;
}
