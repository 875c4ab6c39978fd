import { createHash } from 'crypto';
import { canonicalJson } from '../values/canonical-json';
import type { Item } from './item';

/** The code of an error whose provider gives none. */
export const UNKNOWN_CODE = 'unknown';

/** What became of a message, as far as it tells one status from another. */
type Status = Pick<Item, 'event'> & Partial<Pick<Item, 'messageId' | 'status' | 'error'>>;

/**
 * The key of a delivery status: `<messageId>:<status>`, then the participant of a group and the code
 * of a failure, as far as there are any. So each participant has a status, and a bare "failed" does
 * not hide the one that says why, whichever comes first.
 *
 * @param participant whom of a group it is about, as the provider gives it
 * @returns null for a status that is not one of WhatsApp's, of which a message may have several
 */
export function statusKey(
	{ event, messageId, status, error }: Status,
	participant: string | null = null,
): string | null {
	if (!messageId || event === 'other') return null;
	const code = event === 'message.failed' && error?.code !== UNKNOWN_CODE ? error?.code : null;
	return [messageId, status, participant, code]
		.filter((part) => part !== null && part !== undefined)
		.join(':');
}

/** What a message says, as far as it tells one key from another. */
type Message = Pick<Item, 'messageId'> &
	Partial<Pick<Item, 'messageType' | 'text' | 'context' | (typeof PARTS)[number]>>;

const PARTS = [
	...(['media', 'location', 'contacts', 'interactive', 'reaction', 'order'] as const),
	...(['form', 'template'] as const),
];

/** Messages that WhatsApp doesn't show, or not yet; Meta uses both names. */
const NOT_SHOWN = new Set(['unsupported', 'unknown']);

/** Whether a message type is that of a message WhatsApp doesn't show. */
export function isNotShown(messageType: string | null | undefined): boolean {
	return NOT_SHOWN.has(messageType ?? '');
}

/** Messages that change another one, which is in their context. */
const CHANGES = new Set(['edit', 'revoke']);

/**
 * The key of a message: its ID, or {@link placeholderKey} where it says nothing.
 *
 * @returns null without an ID, and where the ID is that of the message that it changes or reacts to
 */
export function messageKey(message: Message): string | null {
	const { messageId, messageType = null, text = null, context, reaction } = message;
	const other = CHANGES.has(messageType ?? '') ? context?.messageId : reaction?.messageId;
	if (messageId === other) return null;
	const isEmpty =
		messageType === null && text === null && PARTS.every((part) => message[part] === undefined);
	return isEmpty || isNotShown(messageType) ? placeholderKey(messageId) : messageId;
}

/**
 * The key of what announces a message whose content comes later under the same id: no body yet, a
 * stub, `unsupported`, `unknown`. It never hides the message that follows.
 *
 * @returns null without an id
 */
export function placeholderKey(messageId: string | null): string | null {
	return messageId === null ? null : `${messageId}:placeholder`;
}

/** The key of an event that brings no id, from what the provider says of it. */
export function rawKey(raw: unknown): string {
	return hashKey(canonicalJson(raw));
}

/** `sha256:` and the first 32 hexadecimal digits of a content's SHA-256. */
export function hashKey(content: string | Uint8Array): string {
	return `sha256:${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}
