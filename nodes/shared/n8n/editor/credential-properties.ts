import type { INodeProperties } from 'n8n-workflow';
import type { Provider } from '../../core/read/provider';
import { DEFAULT_SECRET_HEADER } from '../../core/verify/shared-secret';

/**
 * The field for the secret that verifies deliveries, under the provider's name for it.
 *
 * @param description what it is
 * @param hint where the provider's dashboard shows it. n8n shows a hint below the field, but a description
 *   only in a tooltip
 */
export function webhookSecretField(
	{ secret }: Pick<Provider, 'secret'>,
	description: string,
	hint: string,
): INodeProperties {
	return {
		displayName: secret.label,
		name: 'webhookSecret',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		description,
		hint,
	};
}

/**
 * The field for a second secret, which works just like the first. n8n masks a saved secret and some
 * providers show theirs only once, so the old one can't be moved here; the new one goes here first.
 */
export const secondWebhookSecretField: INodeProperties = {
	displayName: 'Second Webhook Secret',
	name: 'secondWebhookSecret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'Works just like the first secret. To rotate, paste the new secret here and switch the provider over. Then move it up and clear this field.',
	hint: "Optional. A second secret that's also accepted, so you can rotate without downtime.",
};

/**
 * The same if the owner makes up the secret and has both at hand. The order of rotation depends on who
 * enters the secret at the provider.
 */
export const secondOwnSecretField: INodeProperties = {
	...secondWebhookSecretField,
	description:
		"Works just like the first secret while you rotate it. The order is on the provider's page.",
};

/** The field for the name of the header that carries a secret. */
export const headerNameField: INodeProperties = {
	displayName: 'Header Name',
	name: 'headerName',
	type: 'string',
	default: DEFAULT_SECRET_HEADER,
	description:
		'The header that carries the Webhook Secret. Not a standard one such as Authorization.',
};

const UNPUBLISH_FIRST = 'Unpublish the workflows that use this credential before you change it.';

/**
 * The field for the key of an API that registers webhooks. n8n doesn't show the message of a successful
 * credential test, so the hint says what the key is for.
 *
 * @param description what it is and where it's found, as sentences
 */
export function apiKeyField(
	{ keyField, keyLabel }: { keyField: string; keyLabel: string },
	description: string,
): INodeProperties {
	return {
		displayName: keyLabel,
		name: keyField,
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: `${description} ${UNPUBLISH_FIRST}`,
		hint: 'Required for automatic setup (the default), and for HTTP Request nodes that use this credential.',
	};
}

const SELECT_AS_PREDEFINED =
	'In the HTTP Request node, select this credential under Predefined Credential Type.';

/**
 * The field for a key HTTP Request nodes need but the trigger doesn't.
 *
 * @param description where it's found, as sentences
 * @param options.isPublic whether it's an ID rather than a secret
 * @param options.hint what to know before saving
 */
export function requestKeyField(
	{ keyField, keyLabel }: { keyField: string; keyLabel: string },
	description: string,
	{
		isPublic = false,
		hint = "Optional. For HTTP Request nodes that send replies or get files. The trigger doesn't need it.",
	} = {},
): INodeProperties {
	return {
		displayName: keyLabel,
		name: keyField,
		type: 'string',
		...(isPublic ? {} : { typeOptions: { password: true } }),
		default: '',
		description: `${description} ${SELECT_AS_PREDEFINED}`,
		hint,
	};
}

/** The field for the address of the API that registers webhooks. */
export function baseUrlField(
	{ defaultBaseUrl }: { defaultBaseUrl: string },
	description: string,
): INodeProperties {
	return {
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: defaultBaseUrl,
		description,
	};
}
