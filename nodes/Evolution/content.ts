import { contentOf, type Content } from '../shared/core/content';
import {
	firstText,
	isObject,
	objectFromJson,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../shared/core/json';
import { addressOfJid } from '../shared/whatsapp-web/jid';
import { contactOfVCard } from '../shared/whatsapp-web/vcard';
import { numberOfLong } from './long';

/**
 * What a message of WhatsApp Web's protocol says, as Baileys hands it on: an object in which the name of
 * the one field is the type (`conversation`, `imageMessage`…), beside fields that are not content.
 */
export function contentOfMessage(message: JsonObject, contextInfo: unknown): Content {
	const inner = unwrapped(message);
	const [field, part] = partOf(inner);
	const typed = field === null ? { type: undefined } : typedMessage(field, part, inner);
	return {
		...contentOf({ ...typed, ...referralOf(part.contextInfo ?? contextInfo) }),
		...contextOf(part.contextInfo ?? contextInfo),
	};
}

/** Messages that vanish, can be seen once, or have a caption are a message within a message. */
const WRAPPERS = [
	...['ephemeralMessage', 'viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension'],
	...['documentWithCaptionMessage', 'editedMessage'],
];

/** More than one in another ever are. */
const MOST_WRAPPERS = 5;

function unwrapped(message: JsonObject): JsonObject {
	let inner = message;
	for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
		const outer: JsonObject = inner;
		const wrapper = WRAPPERS.find((name) => isObject(objectOf(outer[name]).message));
		if (wrapper === undefined) break;
		inner = objectOf(objectOf(outer[wrapper]).message);
	}
	return inner;
}

/** Beside the content of a message, and of no message alone. */
const NOT_CONTENT = new Set(['messageContextInfo', 'senderKeyDistributionMessage']);

/** The field that holds the content, whose name is the type, and the content. */
function partOf(message: JsonObject): [field: string | null, part: JsonObject] {
	const field = Object.keys(message).find(
		(name) => !NOT_CONTENT.has(name) && (name === 'conversation' || /Message(V\d)?$/.test(name)),
	);
	return field === undefined ? [null, {}] : [field, objectOf(message[field])];
}

/** The message in WhatsApp's own form. */
function typedMessage(field: string, part: JsonObject, message: JsonObject): JsonObject {
	switch (field) {
		case 'conversation':
			return { type: 'text', text: message.conversation };
		case 'extendedTextMessage':
			return { type: 'text', text: part.text };
		case 'imageMessage':
		case 'videoMessage':
		case 'audioMessage':
		case 'documentMessage':
		case 'stickerMessage': {
			const type = field.slice(0, -'Message'.length);
			return { type, [type]: fileOf(part, message) };
		}
		// A round video.
		case 'ptvMessage':
			return { type: 'video', video: fileOf(part, message) };
		case 'locationMessage':
		case 'liveLocationMessage':
			return { type: 'location', location: locationOf(part), text: part.caption };
		case 'contactMessage':
			return { type: 'contacts', contacts: [cardOf(part)] };
		case 'contactsArrayMessage':
			return { type: 'contacts', contacts: objectsOf(part.contacts).map(cardOf) };
		case 'reactionMessage':
			return {
				type: 'reaction',
				reaction: { emoji: part.text, message_id: objectOf(part.key).id },
			};
		case 'templateButtonReplyMessage':
			return {
				type: 'button',
				button: { payload: part.selectedId, text: part.selectedDisplayText },
			};
		case 'buttonsResponseMessage':
			return chosen('button_reply', part.selectedButtonId, part.selectedDisplayText);
		case 'listResponseMessage': {
			const { selectedRowId } = objectOf(part.singleSelectReply);
			return chosen('list_reply', selectedRowId, part.title, part.description);
		}
		case 'interactiveResponseMessage': {
			const { name, paramsJson } = objectOf(part.nativeFlowResponseMessage);
			const { id } = objectFromJson(paramsJson);
			return chosen(textOf(name) ?? 'button_reply', id, objectOf(part.body).text);
		}
		case 'pollUpdateMessage':
			return { type: 'poll_vote' };
		default:
			return { type: typeOfField(field), text: firstText(part, 'text', 'caption', 'name') };
	}
}

/** `pollCreationMessageV3` → `poll_creation`. */
function typeOfField(field: string): string {
	return field
		.replace(/Message(V\d)?$/, '')
		.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function chosen(kind: string, id: unknown, title: unknown, description?: unknown): JsonObject {
	return { type: 'interactive', interactive: { type: kind, [kind]: { id, title, description } } };
}

/**
 * A file. WhatsApp's own address of it is of no use, since what is there is encrypted; `mediaUrl` is
 * there where Evolution stores files.
 */
function fileOf(part: JsonObject, { mediaUrl }: JsonObject): JsonObject {
	return {
		url: mediaUrl,
		mime_type: part.mimetype,
		filename: firstText(part, 'fileName', 'title'),
		caption: part.caption,
		sha256: textOf(part.fileSha256),
		file_size: numberOfLong(part.fileLength),
		...(typeof part.ptt === 'boolean' ? { voice: part.ptt } : {}),
	};
}

function locationOf(part: JsonObject): JsonObject {
	const { degreesLatitude, degreesLongitude, name, address } = part;
	return { latitude: degreesLatitude, longitude: degreesLongitude, name, address };
}

function cardOf({ vcard, displayName }: JsonObject): JsonObject {
	const card = contactOfVCard(textOf(vcard) ?? '');
	return textOf(displayName) === null ? card : { ...card, name: { formatted_name: displayName } };
}

function contextOf(contextInfo: unknown): Pick<Content, 'context'> {
	const { stanzaId, participant, isForwarded } = objectOf(contextInfo);
	const messageId = textOf(stanzaId);
	const forwarded = isForwarded === true;
	if (messageId === null && !forwarded) return {};
	const from = messageId === null ? null : addressOfJid(participant);
	return { context: { messageId, from, forwarded } };
}

/** The click-to-WhatsApp ad that the customer came from. */
function referralOf(contextInfo: unknown): JsonObject {
	const ad = objectOf(contextInfo).externalAdReply;
	if (!isObject(ad) || firstText(ad, 'sourceId', 'ctwaClid') === null) return {};
	return { referral: { ...ad, headline: ad.title, clickId: ad.ctwaClid } };
}
