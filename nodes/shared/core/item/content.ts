import { MOST_ENTRIES } from '../values/bounds';
import type { Item } from './item';
import {
	booleanOf,
	firstObject,
	firstText,
	isObject,
	numberOf,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../values/json';
import { addressOf } from '../values/phone';
import { contactOfVCard } from './vcard';

/**
 * The content of a message, from any provider.
 *
 * WhatsApp's own message object is the model (Cloud API reference, webhooks, "messages"): `type` names the
 * field that holds the content. Providers rename some of its fields, so each look-up takes all names in
 * use. Missing fields are null.
 */
export type Content = Pick<
	Item,
	| 'messageType'
	| 'text'
	| 'media'
	| 'location'
	| 'contacts'
	| 'interactive'
	| 'reaction'
	| 'order'
	| 'referral'
	| 'context'
>;

const MEDIA_TYPES = new Set(['image', 'video', 'audio', 'voice', 'document', 'sticker']);

/** The types whose content is an object of the type's name. */
const OBJECT_TYPES = [
	...MEDIA_TYPES,
	'location',
	'button',
	'interactive',
	'reaction',
	'order',
	'system',
	'edit',
	'revoke',
	'unsupported',
];

/** The content of a message object. Reads any shape and never throws. */
export function contentOf(message: JsonObject): Content {
	const named = firstText(message, 'type', 'message_type', 'messageType')?.toLowerCase() ?? null;
	const found = typeOfParts(message);
	// If the type's name says nothing about the content, the content decides.
	const type = named !== null && (isKnown(named) || message[named] !== undefined) ? named : found;
	const messageType = named ?? found;
	const content: Content = {
		messageType,
		...partOf(type ?? messageType, message[type ?? ''], message),
	};
	if (isObject(message.referral)) content.referral = referralOf(message.referral);
	if (isObject(message.context)) content.context = contextOf(message.context);
	return content;
}

function isKnown(type: string): boolean {
	return type === 'text' || type === 'contacts' || OBJECT_TYPES.includes(type);
}

/** The type of a message by its content, or null if it has no known content. */
function typeOfParts(message: JsonObject): string | null {
	const type = OBJECT_TYPES.find((name) => isObject(message[name]));
	if (type !== undefined) return type;
	if (objectsOf(message.contacts).some(isContactCard)) return 'contacts';
	return isObject(message.text) ? 'text' : null;
}

/** Not one of the people a delivery may list under the same name, who have a `profile`. */
function isContactCard(card: JsonObject): boolean {
	return card.profile === undefined && ['name', 'phones', 'vcard'].some((key) => key in card);
}

/** The text of a message and the other fields of its type. */
function partOf(
	type: string | null,
	part: unknown,
	message: JsonObject,
): Omit<Content, 'messageType'> {
	const object = objectOf(part);
	if (type !== null && MEDIA_TYPES.has(type)) {
		const media = mediaOf({ ...objectOf(message.media), ...object }, type);
		return { text: media.caption ?? plainTextOf(message), media };
	}
	switch (type) {
		case 'location': {
			const location = locationOf(object);
			return { text: location.name ?? location.address ?? plainTextOf(message), location };
		}
		case 'contacts': {
			const contacts = firstOf(part).map(contactCardOf);
			const names = contacts.flatMap(({ name }) => name ?? []);
			return { text: names.join(', ') || plainTextOf(message), contacts };
		}
		case 'button':
			return {
				text: firstText(object, 'text') ?? plainTextOf(message),
				interactive: {
					kind: 'button',
					id: firstText(object, 'payload', 'id'),
					title: firstText(object, 'text', 'title'),
					description: null,
				},
			};
		case 'interactive': {
			const interactive = interactiveOf(object, message);
			return { text: interactive.title ?? plainTextOf(message), interactive };
		}
		case 'reaction':
			return {
				text: firstText(object, 'emoji'),
				reaction: {
					emoji: firstText(object, 'emoji'),
					messageId: firstText(object, 'message_id', 'messageId'),
				},
			};
		case 'order':
			return { text: firstText(object, 'text'), order: orderOf(object) };
		// Text, and unknown types.
		default:
			return { text: firstText(object, 'body', 'text') ?? plainTextOf(message) };
	}
}

/** The text next to a message's typed content: `text` or `body`, plain or as `{ body }`. */
function plainTextOf(message: JsonObject): string | null {
	return (
		firstText(message, 'text', 'body', 'caption') ??
		firstText(objectOf(message.text), 'body', 'text')
	);
}

function mediaOf(part: JsonObject, type: string): NonNullable<Item['media']> {
	return {
		url: firstText(part, 'url', 'link'),
		id: firstText(part, 'id'),
		mimeType: firstText(part, 'mime_type', 'mimeType'),
		filename: firstText(part, 'filename', 'fileName'),
		caption: firstText(part, 'caption'),
		sha256: firstText(part, 'sha256'),
		size: numberOf(part.file_size ?? part.fileSize ?? part.size),
		voice: type === 'voice' ? true : booleanOf(part.voice ?? part.isVoiceNote),
	};
}

function locationOf(part: JsonObject): NonNullable<Item['location']> {
	return {
		latitude: numberOf(part.latitude),
		longitude: numberOf(part.longitude),
		name: firstText(part, 'name'),
		address: firstText(part, 'address'),
	};
}

function contactCardOf(card: JsonObject): NonNullable<Item['contacts']>[number] {
	const name = objectOf(card.name);
	const parts = [name.first_name, name.middle_name, name.last_name].flatMap(
		(part) => textOf(part) ?? [],
	);
	const valuesOf = (list: unknown, ...keys: string[]) =>
		firstOf(list).flatMap((entry) => firstText(entry, ...keys) ?? []);
	const read = {
		name: firstText(name, 'formatted_name') ?? textOf(card.name) ?? (parts.join(' ') || null),
		phones: valuesOf(card.phones, 'phone', 'wa_id').map((phone) => addressOf(phone) ?? phone),
		emails: valuesOf(card.emails, 'email'),
	};
	if (typeof card.vcard !== 'string') return read;
	// WhatsApp's fields come first; the vCard fills in what they leave out.
	const vCard = contactCardOf(contactOfVCard(card.vcard));
	return {
		name: read.name ?? vCard.name,
		phones: read.phones.length > 0 ? read.phones : vCard.phones,
		emails: read.emails.length > 0 ? read.emails : vCard.emails,
	};
}

/** A chosen button or list entry: `{ type: 'list_reply', list_reply: { id, title, description } }`. */
function interactiveOf(part: JsonObject, message: JsonObject): NonNullable<Item['interactive']> {
	const kind = firstText(part, 'type') ?? firstText(message, 'interactive_type');
	const reply =
		firstObject(part, kind ?? '', 'button_reply', 'list_reply') ??
		firstObject(message, kind ?? '') ??
		part;
	return {
		kind,
		id: firstText(reply, 'id', 'payload'),
		title: firstText(reply, 'title', 'response') ?? plainTextOf(message),
		description: firstText(reply, 'description'),
	};
}

function orderOf(part: JsonObject): NonNullable<Item['order']> {
	const products = objectsOf(part.product_items ?? part.items);
	const items = products.slice(0, MOST_ENTRIES).map((product) => ({
		productId: firstText(product, 'product_retailer_id', 'productId'),
		quantity: numberOf(product.quantity),
		price: numberOf(product.item_price ?? product.price),
		currency: firstText(product, 'currency'),
	}));
	return {
		catalogId: firstText(part, 'catalog_id', 'catalogId'),
		items,
		total: items.length < products.length ? null : totalOf(items),
	};
}

/** The objects of a list, up to the limit of an item. */
function firstOf(list: unknown): JsonObject[] {
	return objectsOf(list).slice(0, MOST_ENTRIES);
}

/** The sum over an order, or null when a price is missing or the currencies differ. */
function totalOf(items: NonNullable<Item['order']>['items']): number | null {
	const isSummable =
		items.length > 0 &&
		items.every(({ currency }) => currency === items[0]?.currency) &&
		items.every(({ quantity, price }) => quantity !== null && price !== null);
	if (!isSummable) return null;
	const sum = items.reduce((total, item) => total + (item.quantity ?? 0) * (item.price ?? 0), 0);
	// Binary fractions don't add up to the decimals of a price: 3 × 0.1 is 0.30000000000000004.
	return Number.isFinite(sum) ? Number(sum.toFixed(6)) : null;
}

function referralOf(referral: JsonObject): NonNullable<Item['referral']> {
	return {
		sourceType: firstText(referral, 'source_type', 'sourceType'),
		sourceId: firstText(referral, 'source_id', 'sourceId'),
		sourceUrl: firstText(referral, 'source_url', 'sourceUrl'),
		headline: firstText(referral, 'headline'),
		body: firstText(referral, 'body'),
		clickId: firstText(referral, 'ctwa_clid', 'clickId'),
	};
}

function contextOf(context: JsonObject): NonNullable<Item['context']> {
	return {
		messageId: firstText(context, 'id', 'message_id', 'messageId'),
		from: addressOf(context.from),
		forwarded: context.forwarded === true || context.frequently_forwarded === true,
	};
}
