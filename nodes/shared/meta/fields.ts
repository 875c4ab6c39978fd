import type { EventName } from '../core/item/events';

/** What a change in Meta's format contains, by its field's name. */
export type FieldKind =
	/** `messages[]` from customers, and `statuses[]` of our messages. */
	| 'messages'
	/** Messages our side sent from elsewhere. */
	| 'echoes'
	/** One entry for each person. */
	| 'people'
	/** One event as a whole. */
	| 'whole';

/** Fields whose changes hold messages our side sent from the phone app or another tool. */
const ECHO_FIELDS = new Set(['message_echoes', 'smb_message_echoes', 'message_template_sends']);

/** Fields whose changes hold an entry for each person. */
const PEOPLE_FIELDS = new Set(['user_preferences', 'smb_app_state_sync', 'user_id_update']);

const TEMPLATE_PREFIXES = ['message_template_', 'template_'];

const ACCOUNT_FIELDS = new Set(['security', 'flows']);

const ACCOUNT_PREFIXES = ['account_', 'business_', 'phone_number_', 'payment_', 'partner_'];

/**
 * The kind of a field (Meta, WhatsApp Business Platform, webhooks reference). Future fields are recognized
 * by their prefix, or are `other`. History is never a received message.
 */
export function kindOfField(field: string): { kind: FieldKind; event: EventName } {
	if (field === 'messages') return { kind: 'messages', event: 'other' };
	if (ECHO_FIELDS.has(field)) return { kind: 'echoes', event: 'message.echo' };
	if (PEOPLE_FIELDS.has(field)) return { kind: 'people', event: 'contact.updated' };
	const startsWith = (prefix: string) => field.startsWith(prefix);
	if (TEMPLATE_PREFIXES.some(startsWith)) return { kind: 'whole', event: 'template.updated' };
	if (ACCOUNT_FIELDS.has(field) || ACCOUNT_PREFIXES.some(startsWith)) {
		return { kind: 'whole', event: 'account.updated' };
	}
	return { kind: 'whole', event: 'other' };
}
