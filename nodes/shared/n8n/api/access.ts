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
	/** The key's label in the editor, such as "API Key". */
	keyLabel: string;
	/** The key's name in a sentence. */
	keyName: string;
	/** Where a person finds it. A sentence. */
	keyLocation: string;
	/** Rules for the key, in addition to those for every key. */
	keyRules?: readonly SecretRule[];
	/** The headers with the key, and with other fields of the credential that go with it. */
	keyHeaders: (key: string, credential: ICredentialDataDecryptedObject) => Record<string, string>;
	/** The credential's other fields that messages may show, besides the Base URL and the Header Name. */
	publicFields?: readonly string[];
	/** Where the API is unless the credential says otherwise. */
	defaultBaseUrl: string;
	/** Whether it's self-hosted. */
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

/** The key, or an empty string. Throws an {@link ApiFault} if a request can't carry it. */
export function apiKeyOf(
	{ keyField, keyLabel, keyName, keyRules = [] }: ApiAccess,
	credential: ICredentialDataDecryptedObject,
): string {
	const key = fieldOf(credential, keyField).trim();
	const problem = firstProblem([checkNotMasked, checkPrintableAscii, ...keyRules], key, keyLabel);
	if (problem) throw new ApiFault(`The ${keyName} in the credential can't be used`, problem);
	return key;
}

/** Where the API is. Throws an {@link ApiFault} for an address the key must not be sent to. */
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
