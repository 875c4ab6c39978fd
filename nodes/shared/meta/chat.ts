import { withoutPlus, type Chat, type ChatFormat } from '../core/item/conversation';
import type { EventDraft } from '../core/item/draft';

/**
 * Chats in Meta's format (WhatsApp Business Platform, "Messages" and "Groups API"): our side is the phone
 * number's ID. The send call accepts a number as digits, a user ID, or a group's ID, in a field that
 * depends on its kind.
 */
export const metaChats: ChatFormat = {
	ourSide: ({ phoneNumberId }) => phoneNumberId,
	hasGroups: true,
	recipientOf: ({ address }) => withoutPlus(address),
};

/**
 * The chat of a group, for a draft.
 *
 * @param id null in a direct chat
 */
export function groupOf(id: string | null, name: string | null = null): Pick<EventDraft, 'chat'> {
	return id === null ? {} : { chat: groupChat(id, name) };
}

/**
 * @param id null if a delivery doesn't name the group
 */
export function groupChat(id: string | null, name: string | null): Chat {
	return { kind: 'group', key: id, address: id, name };
}
