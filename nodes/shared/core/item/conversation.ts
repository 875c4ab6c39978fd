import type { Draft } from './draft';
import type { Item } from './item';

/** The chat an event belongs to, whichever side wrote. */
export interface Chat {
	kind: NonNullable<Item['conversation']['kind']> | null;
	/** The same in every event of this chat, and different for our other chats. */
	key: string | null;
	/** The address to reply to: a status's author, otherwise the chat itself. */
	address: string | null;
	/** Its name, if the delivery has it. */
	name?: string | null;
}

/** How a provider's chats are identified and replied to. */
export interface ChatFormat {
	/**
	 * The ID of our side in every event of a chat. Empty if the provider never sends one, so that the
	 * customer alone identifies a chat; null if only this delivery leaves it out.
	 */
	ourSide: (business: Item['business']) => string | null;
	/** Whether it reports messages of groups. */
	hasGroups: boolean;
	/**
	 * The recipient in the form the provider's send call accepts, or null if its documents don't describe
	 * one.
	 *
	 * @param chat with an address, in E.164 form with + if it's a phone number
	 */
	recipientOf: (chat: Chat & { address: string }, channel: Item['channel']) => string | null;
}

type Known = Pick<Draft, 'chat' | 'direction'> &
	Pick<Item, 'contact' | 'business' | 'channel' | 'from' | 'to'>;

/**
 * The conversation of an event, as `<provider>:<our side>:<chat>`, and where to reply. Its ID is null if
 * the event has no chat or the delivery doesn't name our side: half an ID would be another conversation's.
 */
export function conversationOf(
	provider: string,
	format: ChatFormat,
	known: Known,
): Pick<Item, 'conversation' | 'replyTo'> {
	const chat = known.chat === undefined ? chatOfPerson(known) : known.chat;
	if (chat === null) return { conversation: { id: null, kind: null, name: null }, replyTo: null };
	const { kind, key, address, name = null } = chat;
	const us = format.ourSide(known.business);
	return {
		conversation: {
			id: us === null || key === null ? null : `${provider}:${withoutPlus(us)}:${key}`,
			kind,
			name,
		},
		replyTo: address === null ? null : format.recipientOf({ ...chat, address }, known.channel),
	};
}

/** The direct chat with the customer: by phone number if it's known, otherwise by user ID. */
function chatOfPerson({ contact, direction, from, to }: Known): Chat | null {
	// A short code isn't a phone number, but you can reply to it.
	const otherSide = direction === 'inbound' ? from : direction === 'outbound' ? to : null;
	const address = contact.phone ?? contact.id ?? otherSide;
	if (address === null) return null;
	return { kind: 'person', key: withoutPlus(address), address, name: contact.name };
}

/** A phone number as digits only, which many send calls expect; any other address unchanged. */
export function withoutPlus(address: string): string {
	return address.replace(/^\+/, '');
}
