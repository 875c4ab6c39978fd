import { firstText, isObject, objectOf, textOf, type JsonObject } from '../shared/core/values/json';

/**
 * Converts a message of WhatsApp's web page, which WEBJS passes on, to the form of the protocol, so that
 * all engines are read the same way. `body` is the text, or a file's preview.
 */
export function messageOfWebjs(data: JsonObject): JsonObject {
	const type = textOf(data.type) ?? '';
	const contextInfo = contextOf(data);
	const [field, part] = fieldOf(type, data);
	if (field === null) return {};
	return { [field]: { ...part, contextInfo } };
}

const FILES = new Set(['image', 'video', 'audio', 'document', 'sticker', 'ptv']);

/** Messages no person wrote. `ciphertext` and `unknown` are only placeholders for a message. */
const NOTICES = new Set([
	'e2e_notification',
	'notification',
	'notification_template',
	'gp2',
	'protocol',
	'revoked',
	'broadcast_notification',
	'newsletter_notification',
	'history_bundle',
	'debug',
	'album',
]);

function fieldOf(type: string, data: JsonObject): [field: string | null, part: JsonObject] {
	const body = textOf(data.body);
	if (FILES.has(type))
		return [`${type}Message`, fileOf(data, type === 'audio' ? false : undefined)];
	if (NOTICES.has(type)) return ['protocolMessage', protocolOf(type, data)];
	switch (type) {
		case 'ciphertext':
		case 'unknown':
		case 'oversized':
			return [null, {}];
		case 'ptt':
			return ['audioMessage', fileOf(data, true)];
		case 'list_response':
			return ['listResponseMessage', { title: body, ...objectOf(data.listResponse) }];
		case 'buttons_response': {
			const id = data.selectedButtonId ?? objectOf(data.buttonsResponse).selectedButtonId;
			return ['buttonsResponseMessage', { selectedButtonId: id, selectedDisplayText: body }];
		}
		case 'template_button_reply':
			return [
				'templateButtonReplyMessage',
				{ selectedId: data.selectedId, selectedDisplayText: body },
			];
		case 'interactive_response':
			return ['interactiveResponseMessage', { body }];
		case 'order':
			return ['orderMessage', data];
		case 'product':
			return ['productMessage', { product: data }];
		case 'poll_creation':
			return ['pollCreationMessage', { name: data.pollName }];
		case 'poll_update':
			return ['pollUpdateMessage', { pollCreationMessageKey: objectOf(data.pollUpdateParentKey) }];
		case 'event_creation':
			return ['eventMessage', { name: data.eventName }];
		case 'groups_v4_invite':
			return ['groupInviteMessage', { groupName: data.inviteGrpName, caption: data.comment }];
		case 'list':
			return ['listMessage', objectOf(data.list)];
		case 'hsm':
			return ['templateMessage', { hydratedContentText: body }];
		case 'interactive':
		case 'native_flow':
			return ['interactiveMessage', { body }];
		case 'pin_message':
		case 'pinned_message':
			return ['pinInChatMessage', { key: objectOf(data.pinParentKey) }];
		case 'keep_in_chat':
			return ['keepInChatMessage', {}];
		case 'call_log':
			return ['callLogMessage', {}];
		default:
			return ['conversation', {}];
	}
}

function fileOf(data: JsonObject, ptt: boolean | undefined): JsonObject {
	return {
		mimetype: data.mimetype,
		caption: data.caption,
		fileName: data.filename,
		fileSha256: data.filehash,
		fileLength: data.size,
		ptt,
	};
}

function protocolOf(type: string, data: JsonObject): JsonObject {
	if (type === 'revoked') return { type: 'REVOKE', key: objectOf(data.protocolMessageKey) };
	return { type: (type === 'protocol' ? textOf(data.subtype) : null) ?? type };
}

/** The ad, whose texts have different names on the page, and the fields that show there is one. */
function contextOf({ ctwaContext, isForwarded }: JsonObject): JsonObject {
	if (!isObject(ctwaContext)) return { isForwarded };
	const { description, conversionSource } = ctwaContext;
	const externalAdReply = { ...ctwaContext, body: firstText(ctwaContext, 'body') ?? description };
	return { isForwarded, conversionSource, externalAdReply };
}
