import type { Chat } from '../core/item/conversation';
import type { DraftContact } from '../core/item/draft';
import type { Item } from '../core/item/item';
import { textOf } from '../core/values/json';
import { addressOfJid, contactOfJids, isPersonal, kindOfJid, textOfJid } from './jid';

/** Who sent a message to whom. */
export type People = Pick<Item, 'direction' | 'from' | 'to'> & {
	contact: DraftContact;
	chat: Chat | null;
};

/** A server's data about the people of a message. */
export interface Parties {
	/** The chat: the other person's address, or that of a group, a channel, a status. */
	chat: unknown;
	isOurs: boolean;
	/** Our addresses, the one to show first. */
	me: readonly unknown[];
	/** In a direct chat, the other person's further addresses, which match a user ID to its phone number. */
	otherAddresses: readonly unknown[];
	/** In a group, the author's known addresses. */
	participant: readonly unknown[];
	/** The sender's profile name. */
	name: string | null;
}

/** The people of a message. In a group, the customer is the author and the group is the recipient. */
export function peopleOf(parties: Parties): People {
	const { chat, isOurs, me, participant, name } = parties;
	const isDirect = isPersonal(chat);
	const ours = addressOfJid(me[0]);
	const direct = isDirect ? directAddresses(parties) : [];
	if (isOurs) {
		return {
			direction: 'outbound',
			from: ours,
			to: addressOfJid(chat),
			contact: contactOfJids(direct, null),
			chat: chatOf(parties, null),
		};
	}
	const customer = isDirect ? direct : participant;
	return {
		direction: 'inbound',
		from: customer.map(addressOfJid).find((address) => address !== null) ?? null,
		to: isDirect ? ours : addressOfJid(chat),
		contact: contactOfJids(customer, name),
		chat: chatOf(parties, name),
	};
}

/** The chat of a message. A reply to a status goes to its author. */
function chatOf(parties: Parties, name: string | null): Chat | null {
	const { chat, participant } = parties;
	if (isPersonal(chat)) return chatOfJids(directAddresses(parties), name);
	const found = chatOfJids([chat], null);
	if (found?.kind !== 'status') return found;
	return { ...found, address: textOfJid(participant[0]) };
}

/**
 * A chat by its known addresses, the delivery's first. A person's chat has the same key whichever address
 * comes first.
 *
 * @param name the chat's name
 */
export function chatOfJids(jids: readonly unknown[], name: string | null): Chat | null {
	const address = textOfJid(jids[0]);
	const kind = kindOfJid(address);
	const key = kind === 'person' ? personKey(jids) : address;
	return key === null ? null : { kind, key, address, name };
}

/** The chat of the first complete address, for events about a chat rather than a message. */
export function chatNamedBy(candidates: readonly unknown[], name: string | null): Chat | null {
	const jid = candidates.find((value) => textOf(value)?.includes('@') && kindOfJid(value) !== null);
	return jid === undefined ? null : chatOfJids([jid], name);
}

/**
 * The same key for one person, whichever address a delivery names first: the phone number without its + if
 * it's known, otherwise the user ID, otherwise the first address as given.
 */
export function personKey(jids: readonly unknown[]): string | null {
	const { phone, id } = contactOfJids(jids, null);
	return phone?.slice(1) ?? id ?? addressOfJid(jids[0]);
}

/** All known addresses of the other person in a direct chat, without ours. */
export function directAddresses({
	chat,
	me,
	otherAddresses,
}: Pick<Parties, 'chat' | 'me' | 'otherAddresses'>): unknown[] {
	const ours = new Set(me.map(addressOfJid));
	return [chat, ...otherAddresses.filter((jid) => !ours.has(addressOfJid(jid)))];
}

/** The message an event is about. */
export function aboutMessage(id: unknown): Pick<Item, 'context'> {
	const messageId = textOf(id);
	return messageId === null ? {} : { context: { messageId, from: null, forwarded: false } };
}
