import type { INodeProperties } from 'n8n-workflow';

/**
 * The field for the secret by which deliveries are verified.
 *
 * @param description where the provider's dashboard shows it
 */
export function webhookSecretField(description: string): INodeProperties {
	return {
		displayName: 'Webhook Secret',
		name: 'webhookSecret',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		description,
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
};
