import { contentOf, type Content } from '../shared/core/item/content';
import { firstText, isObject, objectOf, textOf, type JsonObject } from '../shared/core/values/json';
import { contentOfWebMessage } from '../shared/whatsapp-web/content';
import { addressOfJid } from '../shared/whatsapp-web/jid';
import type { WebMessage } from '../shared/whatsapp-web/message';
import { contactOfVCard } from '../shared/core/item/vcard';

/**
 * What a WAHA message says (WAHA, "Receive messages"). WAHA names no type, and has neither the id of a
 * button nor the ad that a customer came from: what it documents comes first, the rest is the engine's.
 *
 * @param engine the message in the engine's own data
 */
export function contentOfMessage(message: JsonObject, engine: WebMessage | null): Content {
	const more = engine ? contentOfWebMessage(engine) : null;
	const content = { ...documentedContent(message, more), ...contextOf(message, more) };
	return more?.referral ? { ...content, referral: more.referral } : content;
}

function documentedContent(message: JsonObject, more: Content | null): Content {
	const body = textOf(message.body);
	const { location, vCards, reaction } = message;
	if (isObject(reaction)) {
		return contentOf({
			type: 'reaction',
			reaction: { emoji: reaction.text, message_id: reaction.messageId },
		});
	}
	if (isObject(location)) {
		const name = firstText(location, 'name', 'description', 'title');
		return contentOf({ type: 'location', location: { ...location, name }, text: body });
	}
	if (Array.isArray(vCards) && vCards.length > 0) {
		const cards = vCards.flatMap((card) => textOf(card) ?? []);
		return contentOf({ type: 'contacts', contacts: cards.map(contactOfVCard) });
	}
	const hasFile = message.hasMedia === true || isObject(message.media);
	if (hasFile || isFile(more)) return fileContent(message, body, more);
	return otherContent(body, more);
}

function isFile(more: Content | null): more is Content {
	return more?.media !== undefined && FILE_TYPES.has(more.messageType ?? '');
}

const FILE_TYPES = new Set(['image', 'video', 'audio', 'document', 'sticker']);

/** The engine knows what the file was sent as: an image may be a document, and any audio a voice note. */
function fileContent(message: JsonObject, body: string | null, more: Content | null): Content {
	const file = objectOf(message.media);
	const theirs = isFile(more) ? more : null;
	const type = theirs?.messageType ?? typeOfFile(textOf(file.mimetype));
	if (type === null) return { messageType: null, text: body };
	const { media } = contentOf({
		type,
		[type]: {
			url: firstText(file, 'url') ?? firstText(message, 'mediaUrl'),
			mime_type: textOf(file.mimetype) ?? theirs?.media?.mimeType,
			filename: textOf(file.filename) ?? theirs?.media?.filename,
			caption: body ?? theirs?.media?.caption,
			sha256: theirs?.media?.sha256,
			file_size: theirs?.media?.size,
			voice: theirs?.media?.voice,
		},
	});
	return { messageType: type, text: media?.caption ?? null, ...(media ? { media } : {}) };
}

/** WhatsApp's stickers are the only images that it sends as WebP, and `application/was` is an animated one. */
function typeOfFile(mimeType: string | null): string | null {
	if (mimeType === null) return null;
	if (/^(image\/webp|application\/was)\b/.test(mimeType)) return 'sticker';
	return /^(image|video|audio)\//.exec(mimeType)?.[1] ?? 'document';
}

/** Text, unless the engine knows of more: of an order WEBJS has the picture in "body". */
function otherContent(body: string | null, more: Content | null): Content {
	const isMore = more !== null && more.messageType !== null && more.messageType !== 'text';
	if (isMore) return { ...more, text: more.text ?? body };
	return contentOf({ ...(body === null ? {} : { type: 'text' }), text: body });
}

function contextOf({ replyTo }: JsonObject, more: Content | null): Pick<Content, 'context'> {
	if (!isObject(replyTo)) return more?.context ? { context: more.context } : {};
	const messageId = firstText(replyTo, 'id');
	const from = addressOfJid(replyTo.participant);
	return { context: { messageId, from, forwarded: more?.context?.forwarded ?? false } };
}
