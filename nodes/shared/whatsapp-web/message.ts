import {
	firstObject,
	firstText,
	isObject,
	objectOf,
	textOf,
	type JsonObject,
} from '../core/values/json';

/**
 * A message of WhatsApp Web's protocol: an object with one content field whose name is the type
 * (`conversation`, `imageMessage`…), next to fields that aren't content (WAProto, `Message`). Baileys
 * passes it on unchanged; {@link camelCased} converts whatsmeow's names to the same form.
 */
export interface WebMessage {
	/**
	 * Whether a person wrote it; or it isn't written, because it changes another message or serves only the
	 * protocol; or it's a placeholder for a message whose content may follow under the same ID.
	 */
	kind: 'written' | 'not written' | 'placeholder';
	/** The field with the content, whose name is the type; null if there is none. */
	field: string | null;
	/** The field's value; an empty object if it isn't an object. */
	part: JsonObject;
	/** The innermost message. */
	message: JsonObject;
	/** The parts of the messages around it, outermost first. */
	wrappers: readonly JsonObject[];
	/** Its name if it isn't written by a person. */
	change: string | null;
	/** Whether it has another message's new content. */
	isEdit: boolean;
	/** The ID of the message it changes or comments on. */
	about: string | null;
	/** Where a server stored the file. */
	mediaUrl: unknown;
}

/** A server's hints next to a message about its type. */
interface Hints {
	/** The name of the content's field, if a server has put the content itself in place of the message. */
	messageType?: unknown;
	/** WhatsApp's name or number for the stub of a message. */
	messageStubType?: unknown;
}

/** More than three levels haven't been seen. */
const MOST_WRAPPERS = 5;

/** Fields next to a message's content. On their own, the first two mean it isn't written by a person. */
const KEYS_OF_A_GROUP = [
	'senderKeyDistributionMessage',
	'fastRatchetKeySenderKeyDistributionMessage',
];
const NOT_CONTENT = new Set([...KEYS_OF_A_GROUP, 'messageContextInfo']);

/**
 * Messages no person wrote: changes of another message, content only the users' devices can decrypt, and
 * internals of the protocol. From the field's name to the item's name for it.
 */
const NOT_WRITTEN = new Map([
	['protocolMessage', 'protocol'],
	['secretEncryptedMessage', 'edit'],
	['encReactionMessage', 'enc_reaction'],
	['encCommentMessage', 'enc_comment'],
	['encEventResponseMessage', 'event_response'],
	['pollUpdateMessage', 'poll_vote'],
	['pinInChatMessage', 'pin_in_chat'],
	['keepInChatMessage', 'keep_in_chat'],
	['scheduledCallEditMessage', 'scheduled_call_edit'],
	['declinePaymentRequestMessage', 'decline_payment_request'],
	['cancelPaymentRequestMessage', 'cancel_payment_request'],
	['statusNotificationMessage', 'status_notification'],
	['statusStickerInteractionMessage', 'status_sticker_interaction'],
	['stickerSyncRmrMessage', 'sticker_sync'],
	['messageHistoryBundle', 'message_history_bundle'],
	['messageHistoryNotice', 'message_history_notice'],
	// Its pictures arrive as separate messages.
	['albumMessage', 'album'],
	['call', 'call'],
	['callLogMessage', 'call_log'],
	// As WhatsApp spells it.
	['callLogMesssage', 'call_log'],
	// Meta's names, to which a server appends "Message" for a number on the Cloud API.
	['request_welcomeMessage', 'request_welcome'],
	['editMessage', 'edit'],
	['revokeMessage', 'revoke'],
]);

/** Fields that announce a message without its content. */
const NOT_SHOWN = new Set(['placeholderMessage', 'unsupportedMessage', 'unknownMessage']);

/** `WebMessageInfo.StubType`: no stub; a message that can't be decrypted or read yet; by name and number. */
const NO_STUB = new Set<unknown>([undefined, null, 0, '0', '', 'UNKNOWN']);
const STUBS_OF_A_MESSAGE = new Set<unknown>([2, 3, 'CIPHERTEXT', 'FUTUREPROOF']);

/** `ProtocolMessage.Type`, the ones used here, by number. */
const PROTOCOL_TYPES = new Map<unknown, string>([
	[0, 'revoke'],
	[14, 'edit'],
	['MESSAGE_EDIT', 'edit'],
]);

/** Reads any shape and never throws. */
export function readWebMessage(outer: JsonObject, hints: Hints = {}): WebMessage {
	const wrappers: JsonObject[] = [];
	const names: string[] = [];
	let message = outer;
	let field = fieldOf(message);
	while (field !== null && wrappers.length < MOST_WRAPPERS) {
		const part = objectOf(message[field]);
		if (!isObject(part.message)) break;
		names.push(field);
		wrappers.push(part);
		message = part.message;
		field = fieldOf(message);
	}
	let part = field === null ? {} : objectOf(message[field]);
	if (wrappers.length === 0 && isNamedBeside(field, hints.messageType)) {
		field = nameOfContent(hints.messageType);
		part = message;
	}
	// It's the last one if its content is missing.
	const isEdit = [...names, field].includes('editedMessage') || isObject(part.editedMessage);
	const change = changeOf(field, part, isEdit, message, hints.messageStubType);
	return {
		kind:
			change !== null
				? 'not written'
				: field !== null && !NOT_SHOWN.has(field)
					? 'written'
					: 'placeholder',
		field,
		part,
		message,
		wrappers,
		change,
		isEdit,
		about: aboutOf(part, wrappers),
		mediaUrl: message.mediaUrl ?? outer.mediaUrl,
	};
}

/** The new content of a message that was edited, or null. */
export function editedContent({ field, part, message, isEdit }: WebMessage): JsonObject | null {
	const isMissing = field === 'editedMessage' && !isObject(part.message);
	if (!isEdit || isMissing) return null;
	return firstObject(part, 'editedMessage') ?? message;
}

/** A choice on the Cloud API, of which Evolution passes on only the text. */
const CHOICES = new Set<unknown>(['buttonMessage', 'interactiveMessage']);

/** Whether a server names the field only next to the message, which is then the content itself. */
function isNamedBeside(field: string | null, name: unknown): boolean {
	return field === null ? name !== 'conversation' : field === 'conversation' && CHOICES.has(name);
}

/** The first non-empty field with a known name; otherwise one with a message in it. */
function fieldOf(message: JsonObject): string | null {
	const names = Object.keys(message).filter((name) => !NOT_CONTENT.has(name));
	return (
		names.find((name) => nameOfContent(name) !== null && isFilled(message[name])) ??
		names.find((name) => isObject(objectOf(message[name]).message)) ??
		null
	);
}

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

/**
 * The name itself, if it can be a content field's: `conversation`, `imageMessage`, `pollCreationMessageV3`…
 */
function nameOfContent(value: unknown): string | null {
	const name = textOf(value);
	if (name === null || NOT_CONTENT.has(name)) return null;
	const isContent =
		name === 'conversation' || NOT_WRITTEN.has(name) || /Message(V\d+)?(Extension)?$/.test(name);
	return isContent ? name : null;
}

function changeOf(
	field: string | null,
	part: JsonObject,
	isEdit: boolean,
	message: JsonObject,
	stub: unknown,
): string | null {
	if (field === 'protocolMessage') return protocolTypeOf(part);
	if (isEdit) return 'edit';
	if (field !== null) return NOT_WRITTEN.get(field) ?? null;
	if (!NO_STUB.has(stub) && !STUBS_OF_A_MESSAGE.has(stub)) return 'notice';
	return KEYS_OF_A_GROUP.some((name) => name in message) ? 'sender_key_distribution' : null;
}

/** The name of a protocol message: its own, or that of the two Baileys has by number. */
function protocolTypeOf(protocol: JsonObject): string {
	if (isObject(protocol.editedMessage)) return 'edit';
	const { type } = protocol;
	const name = PROTOCOL_TYPES.get(type);
	if (name !== undefined) return name;
	return typeof type === 'string' && type !== '' ? type.toLowerCase() : 'protocol';
}

/** The ID of the message it's about. The field with its key differs by type. */
function aboutOf(part: JsonObject, wrappers: readonly JsonObject[]): string | null {
	for (const holder of [part, ...wrappers]) {
		const key = firstObject(
			holder,
			'key',
			'targetMessageKey',
			'pollCreationMessageKey',
			'eventCreationMessageKey',
			'originalMessageKey',
			'originalStatusId',
		);
		const id = key && firstText(key, 'id');
		if (id !== null) return id;
	}
	return null;
}
