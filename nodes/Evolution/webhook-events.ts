import type { EventName } from '../shared/core/item/events';

/** The Evolution events each of our events needs, by their names for a webhook. */
const NEEDED: Partial<Record<EventName, readonly string[]>> = {
	'message.received': ['MESSAGES_UPSERT'],
	'message.sent': ['MESSAGES_UPDATE'],
	'message.delivered': ['MESSAGES_UPDATE'],
	'message.read': ['MESSAGES_UPDATE'],
	'message.failed': ['MESSAGES_UPDATE'],
	'message.echo': ['MESSAGES_UPSERT', 'SEND_MESSAGE'],
	'account.updated': [
		'CONNECTION_UPDATE',
		'QRCODE_UPDATED',
		'STATUS_INSTANCE',
		'LOGOUT_INSTANCE',
		'REMOVE_INSTANCE',
	],
	'contact.updated': ['CONTACTS_SET', 'CONTACTS_UPSERT', 'CONTACTS_UPDATE'],
	other: [
		'MESSAGES_SET',
		'MESSAGES_UPSERT',
		'MESSAGES_EDITED',
		'MESSAGES_UPDATE',
		'MESSAGES_DELETE',
		'SEND_MESSAGE_UPDATE',
		'PRESENCE_UPDATE',
		'CALL',
		'CHATS_SET',
		'CHATS_UPSERT',
		'CHATS_UPDATE',
		'CHATS_DELETE',
		'GROUPS_UPSERT',
		'GROUP_UPDATE',
		'GROUP_PARTICIPANTS_UPDATE',
		'LABELS_EDIT',
		'LABELS_ASSOCIATION',
		'TYPEBOT_START',
		'TYPEBOT_CHANGE_STATUS',
	],
};

/** The Evolution events that the selected events need. */
export function evolutionEventsFor(selected: readonly EventName[]): string[] {
	return [...new Set(selected.flatMap((event) => NEEDED[event] ?? []))];
}
