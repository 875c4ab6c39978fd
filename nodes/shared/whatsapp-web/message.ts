import {
	firstObject,
	firstText,
	isObject,
	objectOf,
	textOf,
	type JsonObject,
} from '../core/values/json';

/**
 * A message of WhatsApp Web's protocol: an object in which the name of the one field is the type
 * (`conversation`, `imageMessage`…), beside fields that are not content (WAProto, `Message`). Baileys hands
 * it on as it is; {@link camelCased} brings whatsmeow's names into the same form.
 */
export interface WebMessage {
	/**
	 * Whether somebody wrote it; or nobody did, since it changes another message or serves the protocol
	 * alone; or it only announces a message whose content follows, at best, under the same id.
	 */
	kind: 'written' | 'not written' | 'placeholder';
	/** The field that holds the content, whose name is the type; null where there is none. */
	field: string | null;
	/** What the field holds; where that is no object an empty one. */
	part: JsonObject;
	/** The innermost message. */
	message: JsonObject;
	/** The parts of the messages around it, the outermost first. */
	wrappers: readonly JsonObject[];
	/** What it is called, where nobody wrote it. */
	change: string | null;
	/** Whether it has the new content of another message. */
	isEdit: boolean;
	/** The id of the message that it changes or comments on. */
	about: string | null;
	/** Where a server stored the file. */
	mediaUrl: unknown;
}

/** What a server says beside a message of what it is. */
interface Hints {
	/** The name of the content's field, where a server has put the content itself in its place. */
	messageType?: unknown;
	/** WhatsApp's name or number of what stands in for a message. */
	messageStubType?: unknown;
}

/** More than three in one another have not been seen. */
const MOST_WRAPPERS = 5;

/** What comes beside the content of a message. Alone, the first two say that nobody wrote it. */
const KEYS_OF_A_GROUP = [
	'senderKeyDistributionMessage',
	'fastRatchetKeySenderKeyDistributionMessage',
];
const NOT_CONTENT = new Set([...KEYS_OF_A_GROUP, 'messageContextInfo']);

/**
 * What nobody wrote: changes of another message, content that only the people's own devices can decrypt,
 * and the protocol's own affairs. By the name of the field, what an item calls it.
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
	// Its pictures come as messages of their own.
	['albumMessage', 'album'],
	['call', 'call'],
	['callLogMessage', 'call_log'],
	// As WhatsApp spells it.
	['callLogMesssage', 'call_log'],
	// Meta's names, which a server puts in front of "Message" for a number on the Cloud API.
	['request_welcomeMessage', 'request_welcome'],
	['editMessage', 'edit'],
	['revokeMessage', 'revoke'],
]);

/** What says that there is a message, and not what it says. */
const NOT_SHOWN = new Set(['placeholderMessage', 'unsupportedMessage', 'unknownMessage']);

/** `WebMessageInfo.StubType`: no stub; a message that can't be decrypted or read yet; by name and number. */
const NO_STUB = new Set<unknown>([undefined, null, 0, '0', '', 'UNKNOWN']);
const STUBS_OF_A_MESSAGE = new Set<unknown>([2, 3, 'CIPHERTEXT', 'FUTUREPROOF']);

/** `ProtocolMessage.Type`, as far as it is read, by number. */
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
	// Last where its content is missing.
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

/** A choice on the Cloud API, of which Evolution leaves the text alone. */
const CHOICES = new Set<unknown>(['buttonMessage', 'interactiveMessage']);

/** Whether a server names the field only beside the message, which is then the content itself. */
function isNamedBeside(field: string | null, name: unknown): boolean {
	return field === null ? name !== 'conversation' : field === 'conversation' && CHOICES.has(name);
}

/** The first field with something in it, by its name; otherwise one that holds a message, by its shape. */
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

/** The name itself, where it can be that of content: `conversation`, `imageMessage`, `pollCreationMessageV3`… */
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

/** What a message of the protocol's own is called: by its name, or as Baileys has the two by number. */
function protocolTypeOf(protocol: JsonObject): string {
	if (isObject(protocol.editedMessage)) return 'edit';
	const { type } = protocol;
	const name = PROTOCOL_TYPES.get(type);
	if (name !== undefined) return name;
	return typeof type === 'string' && type !== '' ? type.toLowerCase() : 'protocol';
}

/** The key of the other message is in a field whose name differs by type. */
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
