import { contentOf, type Content } from '../core/item/content';
import type { EventDraft } from '../core/item/draft';
import { UNKNOWN_CODE } from '../core/item/event-key';
import {
	firstObject,
	firstText,
	isObject,
	objectFromJson,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../core/values/json';
import { addressOfJid } from './jid';
import { numberOfLong } from './long';
import { editedContent, readWebMessage, type WebMessage } from './message';
import { contactOfVCard } from '../core/item/vcard';

/**
 * The content of a message of WhatsApp Web's protocol, converted to WhatsApp's own form if there is one for
 * it. A field's name alone doesn't decide that, since Meta uses some of them differently.
 *
 * @param contextInfo the context a server took out of the message: the message it replies to, the ad it
 *   came from
 */
export function contentOfWebMessage(web: WebMessage, contextInfo: unknown = null): Content {
	const { field, part, wrappers, change } = web;
	const contexts = [part, ...wrappers].map((holder) => holder.contextInfo).concat(contextInfo);
	if (change !== null) return changedContent(web, change);
	return {
		...(field === null ? contentOf({}) : contentOfField(field, web)),
		...contentOfAd(contexts),
		...contextOf(contexts, field === 'reactionMessage' ? null : web.about),
	};
}

/**
 * The error of a message without its content, so that it isn't mistaken for an empty one.
 *
 * @param reasons the server's names for the placeholder; the first that is text is shown
 */
export function notShown(...reasons: unknown[]): Pick<EventDraft, 'error'> {
	return {
		error: {
			code: UNKNOWN_CODE,
			message: 'The content of this message is missing',
			details: reasons.map(textOf).find((reason) => reason !== null) ?? null,
			help: 'Look at the message on the phone. If its content arrives later, it comes as another item',
		},
	};
}

/** The content of a change: for an edit the new content, for a vote its options. */
function changedContent(web: WebMessage, messageType: string): Content {
	const edited = editedContent(web);
	const content = edited ? contentOfWebMessage(readWebMessage(edited)) : null;
	return {
		messageType,
		text: content?.text ?? (messageType === 'poll_vote' ? votedFor(web.part) : null),
		...(content?.media ? { media: content.media } : {}),
	};
}

/** Options are 32-byte hashes unless the server has looked up their names. */
const HASH = /^([A-Za-z0-9+/]{43}=|[0-9a-f]{64})$/i;

function votedFor(vote: JsonObject): string | null {
	const { selectedOptions } = objectOf(vote.vote);
	const options: unknown[] = Array.isArray(selectedOptions) ? selectedOptions : [];
	const names = options
		.flatMap((option) => textOf(option) ?? [])
		.filter((name) => !HASH.test(name));
	return names.join(', ') || null;
}

function contentOfField(field: string, web: WebMessage): Content {
	const { part, message } = web;
	switch (field) {
		case 'conversation':
			return contentOf({ type: 'text', text: message.conversation });
		case 'extendedTextMessage':
			return contentOf({ type: 'text', text: part.text });
		case 'imageMessage':
		case 'videoMessage':
		case 'audioMessage':
		case 'documentMessage':
		case 'stickerMessage': {
			const type = field.slice(0, -'Message'.length);
			return contentOf({ type, [type]: fileOf(part, web.mediaUrl) });
		}
		// A round video.
		case 'ptvMessage':
			return contentOf({ type: 'video', video: fileOf(part, web.mediaUrl) });
		case 'locationMessage':
		case 'liveLocationMessage':
			return contentOf({ type: 'location', location: locationOf(part), text: captionOf(part) });
		case 'contactMessage':
			return contentOf({ type: 'contacts', contacts: [cardOf(part)] });
		case 'contactsArrayMessage':
			return contentOf({ type: 'contacts', contacts: objectsOf(part.contacts).map(cardOf) });
		case 'contactsMessage':
			return contentOf({ type: 'contacts', contacts: message[field] });
		case 'reactionMessage': {
			const messageId = textOf(objectOf(part.key).id) ?? part.message_id;
			const reaction = { emoji: part.text ?? part.emoji, message_id: messageId };
			return contentOf({ type: 'reaction', reaction });
		}
		case 'templateButtonReplyMessage':
			return chosenButton(part.selectedId, part.selectedDisplayText);
		case 'buttonMessage':
			return chosenButton(part.payload, firstText(part, 'text', 'conversation') ?? bodyOf(part));
		case 'buttonsResponseMessage':
			return chosen('button_reply', part.selectedButtonId, part.selectedDisplayText);
		case 'listResponseMessage': {
			const { selectedRowId } = objectOf(part.singleSelectReply);
			return chosen('list_reply', selectedRowId, part.title, part.description);
		}
		case 'interactiveResponseMessage': {
			const { name, paramsJson } = objectOf(part.nativeFlowResponseMessage);
			const { id } = objectFromJson(paramsJson);
			return chosen(textOf(name) ?? 'button_reply', id, bodyOf(part));
		}
		case 'interactiveMessage':
			// Meta's is a reply; WhatsApp Web's is the message replied to.
			return isReplyOfMeta(part)
				? contentOf({ type: 'interactive', interactive: { title: part.conversation, ...part } })
				: shown(field, part, interactiveText(part));
		case 'templateMessage':
			return templateContent(field, part);
		case 'highlyStructuredMessage':
			return templateContent('templateMessage', objectOf(part.hydratedHsm));
		case 'buttonsMessage':
			return shown(field, part, lines(part.text, part.contentText));
		case 'listMessage':
			return shown(field, part, lines(part.title, part.description));
		case 'productMessage': {
			const { title, description } = objectOf(part.product);
			return shown(field, part, lines(title, part.body ?? description));
		}
		case 'orderMessage':
			return Array.isArray(part.product_items)
				? contentOf({ type: 'order', order: part })
				: orderContent(part);
		default:
			return { messageType: typeOfField(field), text: readableText(part) };
	}
}

/** `pollCreationMessageV3` → `poll_creation`. */
function typeOfField(field: string): string {
	return field
		.replace(/Message(V\d+)?(Extension)?$/, '')
		.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isReplyOfMeta(part: JsonObject): boolean {
	return isObject(part[textOf(part.type) ?? '']) || textOf(part.conversation) !== null;
}

/** Something to choose from, with the file above it if there is one. */
function shown(field: string, part: JsonObject, text: string | null): Content {
	const header = objectOf(part.header);
	const media = fileIn(part) ?? fileIn(header);
	return { messageType: typeOfField(field), text, ...(media ? { media } : {}) };
}

function fileIn(holder: JsonObject): Content['media'] {
	for (const type of ['image', 'video', 'document']) {
		const file = holder[`${type}Message`];
		if (isObject(file)) return contentOf({ type, [type]: fileOf(file, null) }).media;
	}
	return undefined;
}

/** A filled-in template, or one in the form of an interactive message. */
function templateContent(field: string, part: JsonObject): Content {
	const interactive = firstObject(part, 'interactiveMessageTemplate');
	if (interactive) return shown(field, interactive, interactiveText(interactive));
	const template = firstObject(part, 'hydratedTemplate', 'hydratedFourRowTemplate') ?? part;
	return shown(field, template, lines(template.hydratedTitleText, template.hydratedContentText));
}

/** The heading and the text; for a carousel, also those of each card. */
function interactiveText(part: JsonObject): string | null {
	const cards = objectsOf(objectOf(part.carouselMessage).cards);
	return lines(
		objectOf(part.header).title,
		bodyOf(part),
		...cards.map((card) => lines(objectOf(card.header).title, bodyOf(card))),
	);
}

function bodyOf(part: JsonObject): string | null {
	return textOf(part.body) ?? firstText(objectOf(part.body), 'text');
}

/** The readable text of a type that has no field in an item. */
function readableText(part: JsonObject): string | null {
	const note = firstObject(part, 'noteMessage');
	return (
		firstText(part, 'text', 'caption', 'contentText', 'name', 'title', 'note') ??
		bodyOf(part) ??
		(note ? contentOfWebMessage(readWebMessage(note)).text : null) ??
		firstText(part, 'description', 'groupName', 'newsletterName')
	);
}

function lines(...texts: unknown[]): string | null {
	return texts.flatMap((text) => textOf(text) ?? []).join('\n') || null;
}

/** An order in WhatsApp Web's form: without products, and with the total in thousandths. */
function orderContent(part: JsonObject): Content {
	const total = numberOfLong(part.totalAmount1000);
	return {
		messageType: 'order',
		text: firstText(part, 'message', 'text', 'orderTitle'),
		order: { catalogId: null, items: [], total: total === null ? null : total / 1000 },
	};
}

function chosen(kind: string, id: unknown, title: unknown, description?: unknown): Content {
	return contentOf({
		type: 'interactive',
		interactive: { type: kind, [kind]: { id, title, description } },
	});
}

function chosenButton(payload: unknown, text: unknown): Content {
	return contentOf({ type: 'button', button: { payload, text } });
}

/**
 * A file, by WhatsApp Web's names or Meta's. WhatsApp's URL of it is useless, since the file there is
 * encrypted.
 */
function fileOf(part: JsonObject, mediaUrl: unknown): JsonObject {
	const voice = [part.ptt, part.voice].find((flag) => typeof flag === 'boolean');
	return {
		url: mediaUrl,
		id: part.id,
		mime_type: firstText(part, 'mimetype', 'mime_type'),
		filename: firstText(part, 'fileName', 'filename', 'title'),
		caption: part.caption,
		sha256: firstText(part, 'fileSha256', 'sha256'),
		file_size: numberOfLong(part.fileLength),
		...(voice === undefined ? {} : { voice }),
	};
}

function locationOf(part: JsonObject): JsonObject {
	const { degreesLatitude, degreesLongitude, latitude, longitude, name, address } = part;
	return {
		latitude: degreesLatitude ?? latitude,
		longitude: degreesLongitude ?? longitude,
		name,
		address,
	};
}

function captionOf(part: JsonObject): string | null {
	return firstText(part, 'caption', 'comment');
}

function cardOf({ vcard, displayName }: JsonObject): JsonObject {
	const card = contactOfVCard(textOf(vcard) ?? '');
	return textOf(displayName) === null ? card : { ...card, name: { formatted_name: displayName } };
}

/**
 * The message this one replies to or comments on, from the first context that names one, and whether it was
 * forwarded.
 */
function contextOf(contexts: readonly unknown[], about: string | null): Pick<Content, 'context'> {
	const infos = contexts.map(objectOf);
	const quoting = infos.find(({ stanzaId }) => textOf(stanzaId) !== null);
	const messageId = textOf(quoting?.stanzaId) ?? about;
	const forwarded = infos.some(({ isForwarded }) => isForwarded === true);
	if (messageId === null && !forwarded) return {};
	return { context: { messageId, from: addressOfJid(quoting?.participant), forwarded } };
}

/** The click-to-WhatsApp ad that the customer came from. The preview of a link has the same form. */
function contentOfAd(contexts: readonly unknown[]): Pick<Content, 'referral'> {
	for (const info of contexts.map(objectOf)) {
		const ad = info.externalAdReply;
		if (!isObject(ad)) continue;
		const isAd =
			firstText(ad, 'sourceId', 'ctwaClid', 'sourceType') !== null ||
			firstText(info, 'conversionSource', 'entryPointConversionSource') !== null;
		if (!isAd) continue;
		const { referral } = contentOf({
			referral: { ...ad, headline: ad.title, clickId: ad.ctwaClid },
		});
		return { referral };
	}
	return {};
}
