import type { INodeProperties } from 'n8n-workflow';

/**
 * The field for the secret by which deliveries are verified.
 *
 * @param description what it is
 * @param hint where the provider's dashboard shows it: n8n writes a hint below the field, a
 * description only into a tooltip
 */
export function webhookSecretField(description: string, hint: string): INodeProperties {
	return {
		displayName: 'Webhook Secret',
		name: 'webhookSecret',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		description,
		hint,
	};
}

/** The field for the secret that is being replaced. */
export const previousWebhookSecretField: INodeProperties = {
	displayName: 'Previous Webhook Secret',
	name: 'previousWebhookSecret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'The old secret, while you change to a new one: deliveries signed with either are accepted. Empty it afterwards.',
	hint: 'Usually empty. A second secret that is accepted too, while you change to a new one.',
};
