import { contentOf, type Content } from '../shared/core/content';
import { firstText, isObject, objectOf, textOf, type JsonObject } from '../shared/core/json';
import { addressOfJid } from '../shared/whatsapp-web/jid';
import { contactOfVCard } from '../shared/whatsapp-web/vcard';

/**
 * What a WAHA message says (WAHA, "Receive messages"). WAHA names no type: it follows from what is there, and
 * only where a file was not downloaded from the engine's own data, which is not documented.
 */
export function contentOfMessage(message: JsonObject): Content {
	return { ...contentOf(typedMessage(message)), ...contextOf(message.replyTo) };
}

/** The message in WhatsApp's own form. */
function typedMessage(message: JsonObject): JsonObject {
	const body = textOf(message.body);
	const { location, vCards, media, reaction } = message;
	if (isObject(reaction)) {
		return {
			type: 'reaction',
			reaction: { emoji: reaction.text, message_id: reaction.messageId },
		};
	}
	if (isObject(location)) {
		const name = firstText(location, 'name', 'description', 'title');
		return { type: 'location', location: { ...location, name }, text: body };
	}
	if (Array.isArray(vCards) && vCards.length > 0) {
		const cards = vCards.flatMap((card) => textOf(card) ?? []);
		return { type: 'contacts', contacts: cards.map(contactOfVCard) };
	}
	const data = objectOf(message._data);
	if (message.hasMedia === true || isObject(media)) {
		const file = objectOf(media);
		const type = typeOfFile(textOf(file.mimetype)) ?? typeOfEngine(data);
		const part = {
			url: firstText(file, 'url') ?? firstText(message, 'mediaUrl'),
			mime_type: file.mimetype,
			filename: file.filename,
			caption: body,
			...(data.type === 'ptt' ? { voice: true } : {}),
		};
		return type === null ? { text: body } : { type, [type]: part };
	}
	return { ...(body === null ? {} : { type: 'text' }), text: body };
}

/** WhatsApp's stickers are the only images that it sends as WebP. */
function typeOfFile(mimeType: string | null): string | null {
	if (mimeType === null) return null;
	if (mimeType === 'image/webp') return 'sticker';
	return /^(image|video|audio)\//.exec(mimeType)?.[1] ?? 'document';
}

const FILE_TYPES = ['image', 'video', 'audio', 'document', 'sticker'];

/** As WEBJS has it, in a name; as NOWEB and GOWS have it, as the name of a field. */
function typeOfEngine(data: JsonObject): string | null {
	const type = data.type === 'ptt' ? 'audio' : data.type;
	const message = { ...objectOf(data.message), ...objectOf(data.Message) };
	return FILE_TYPES.find((name) => name === type || `${name}Message` in message) ?? null;
}

function contextOf(replyTo: unknown): Pick<Content, 'context'> {
	if (!isObject(replyTo)) return {};
	const messageId = firstText(replyTo, 'id');
	const from = addressOfJid(replyTo.participant);
	return { context: { messageId, from, forwarded: false } };
}
