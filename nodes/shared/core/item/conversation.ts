import type { Draft } from './draft';
import type { Item } from './item';

/** The chat that an event belongs to, whoever wrote. */
export interface Chat {
	kind: NonNullable<Item['conversation']['kind']> | null;
	/** What tells it from the other chats of our side, the same in everything that's told of it. */
	key: string | null;
	/** Where the delivery says to write to: in a status its author, otherwise the chat itself. */
	address: string | null;
	/** What it's called, where the delivery says so. */
	name?: string | null;
}

/** How a provider's chats are told apart, and answered. */
export interface ChatFormat {
	/**
	 * What names our side in everything that the provider tells of a chat. Empty where nothing does, so
	 * that the customer alone tells chats apart; null where only this delivery leaves it out.
	 */
	ourSide: (business: Item['business']) => string | null;
	/** Whether it reports messages of groups. */
	hasGroups: boolean;
	/**
	 * The recipient as the provider's send call takes it, or null where its documents give no way.
	 *
	 * @param chat with an address, E.164 with + where that's a phone number
	 */
	recipientOf: (chat: Chat & { address: string }, channel: Item['channel']) => string | null;
}

type Known = Pick<Draft, 'chat' | 'direction'> &
	Pick<Item, 'contact' | 'business' | 'channel' | 'from' | 'to'>;

/**
 * The conversation of an event, as `<provider>:<our side>:<chat>`, and where to answer. Its ID is null
 * where the event has no chat, or where a delivery doesn't name our side: half of an ID would be that of
 * another conversation.
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

/** The direct chat with the customer: by the phone number where that is known, otherwise by the user ID. */
function chatOfPerson({ contact, direction, from, to }: Known): Chat | null {
	// A short code is no phone number, but can be answered as well.
	const otherSide = direction === 'inbound' ? from : direction === 'outbound' ? to : null;
	const address = contact.phone ?? contact.id ?? otherSide;
	if (address === null) return null;
	return { kind: 'person', key: withoutPlus(address), address, name: contact.name };
}

/** A phone number as the digits that many send calls take; any other address as it is. */
export function withoutPlus(address: string): string {
	return address.replace(/^\+/, '');
}
