import type { ChatFormat } from '../item/conversation';
import type { Item } from '../item/item';
import { addressKey, isAddress, typedAddresses } from './addresses';

/** Whose messages start a workflow. */
export type Chats = 'direct' | 'groups' | 'all';

/** Which of the selected events start the workflow. An empty set doesn't filter. */
export interface Filters {
	chats: Chats;
	/** Customers, as {@link addressKey} writes them. A group's ID covers everyone in it. */
	onlyFrom: ReadonlySet<string>;
	neverFrom: ReadonlySet<string>;
	/** Our own numbers. */
	onlyNumbers: ReadonlySet<string>;
	/** Of received messages and echoes. */
	messageTypes: ReadonlySet<string>;
}

export const NO_FILTERS: Filters = {
	chats: 'all',
	onlyFrom: new Set(),
	neverFrom: new Set(),
	onlyNumbers: new Set(),
	messageTypes: new Set(),
};

/** The options that are lists of addresses, with their labels in the editor. */
export const ADDRESS_OPTIONS = {
	onlyFrom: 'Only From',
	neverFrom: 'Never From',
	onlyNumbers: 'Only Your Numbers',
} as const;

export type AddressOption = keyof typeof ADDRESS_OPTIONS;

/** The message types to choose from; `other` covers the rest. */
export const MESSAGE_TYPES: readonly string[] = [
	'audio',
	'button',
	'contacts',
	'document',
	'image',
	'interactive',
	'location',
	'order',
	'reaction',
	'sticker',
	'text',
	'video',
];

/** Other names some providers use for these types. */
const SAME_TYPE = new Map([
	['voice', 'audio'],
	['ptt', 'audio'],
	['ptv', 'video'],
]);

/** An option's addresses as a set of keys. */
export function addressSet(typed: unknown): ReadonlySet<string> {
	return new Set(typedAddresses(typed).map(addressKey));
}

/** The first entry of an option that is neither a number nor an ID and would never match, or null. */
export function unusableEntry(option: AddressOption, typed: unknown): string | null {
	return typedAddresses(typed).find((entry) => !isAddress(entry, option === 'onlyNumbers')) ?? null;
}

/**
 * Whether an item passes. An item without the filtered field passes: templates have no chat or customer,
 * and a status may name neither.
 *
 * @param ourSide see {@link ChatFormat}
 */
export function passesFilters(
	item: Item,
	filters: Filters,
	ourSide: ChatFormat['ourSide'],
): boolean {
	return (
		isOfChats(item, filters.chats) &&
		(filters.onlyFrom.size === 0 || isAmong(customerOf(item), filters.onlyFrom, true)) &&
		(filters.neverFrom.size === 0 || !isAmong(customerOf(item), filters.neverFrom, false)) &&
		(filters.onlyNumbers.size === 0 || isAmong(usOf(item, ourSide), filters.onlyNumbers, true)) &&
		(filters.messageTypes.size === 0 || isOfTypes(item, filters.messageTypes))
	);
}

function isOfChats({ conversation: { kind } }: Item, chats: Chats): boolean {
	if (kind === 'group') return chats !== 'direct';
	return kind !== 'person' || chats !== 'groups';
}

type Names = readonly (string | null)[];

/** Every address of the customer in the item, and the group's. */
function customerOf({ contact, conversation, to, replyTo }: Item): Names {
	return [contact.phone, contact.id, ...(conversation.kind === 'group' ? [to, replyTo] : [])];
}

function usOf({ business }: Item, ourSide: ChatFormat['ourSide']): Names {
	return [business.phone, business.phoneNumberId, ourSide(business) || null];
}

/**
 * @param ifUnnamed the result if nobody is named
 */
function isAmong(names: Names, addresses: ReadonlySet<string>, ifUnnamed: boolean): boolean {
	const known = names.filter((name) => name !== null);
	return known.length === 0 ? ifUnnamed : known.some((name) => addresses.has(addressKey(name)));
}

function isOfTypes({ event, messageType }: Item, types: ReadonlySet<string>): boolean {
	if (event !== 'message.received' && event !== 'message.echo') return true;
	if (messageType === null) return true;
	const type = SAME_TYPE.get(messageType) ?? messageType;
	return types.has(MESSAGE_TYPES.includes(type) ? type : 'other');
}
