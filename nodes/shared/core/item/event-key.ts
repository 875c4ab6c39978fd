import { createHash } from 'crypto';
import { canonicalJson } from '../values/canonical-json';
import type { Item } from './item';

/** The code of an error without one. */
export const UNKNOWN_CODE = 'unknown';

/** The parts of a delivery status that distinguish it from others. */
type Status = Pick<Item, 'event'> & Partial<Pick<Item, 'messageId' | 'status' | 'error'>>;

/**
 * The key of a delivery status: `<messageId>:<status>`, then a group's participant and a failure's code, if
 * any. So each participant has their own status, and a bare "failed" doesn't hide the one with the reason,
 * whichever comes first.
 *
 * @param participant the group member it's about, as the provider identifies them
 * @returns null for a status that isn't one of WhatsApp's, since a message may have several of those
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

/** The parts of a message its key depends on. */
type Message = Pick<Item, 'messageId'> &
	Partial<Pick<Item, 'messageType' | 'text' | 'context' | (typeof PARTS)[number]>>;

const PARTS = [
	'media',
	'location',
	'contacts',
	'interactive',
	'reaction',
	'order',
	'form',
	'template',
] as const;

/** Messages WhatsApp doesn't show, or not yet. Meta uses both names. */
const NOT_SHOWN = new Set(['unsupported', 'unknown']);

/** Whether WhatsApp doesn't show messages of this type. */
export function isNotShown(messageType: string | null | undefined): boolean {
	return NOT_SHOWN.has(messageType ?? '');
}

/** Messages that change another message, which is in their context. */
const CHANGES = new Set(['edit', 'revoke']);

/**
 * The key of a message: its ID, or its {@link placeholderKey} if it has no content.
 *
 * @returns null without an ID, and if the ID is that of the message it changes or reacts to
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
 * The key of a placeholder for a message whose content comes later under the same ID: no body yet, a stub,
 * `unsupported`, `unknown`. It never hides the message that follows.
 *
 * @returns null without an ID
 */
export function placeholderKey(messageId: string | null): string | null {
	return messageId === null ? null : `${messageId}:placeholder`;
}

/** The key of an event without an ID: a hash of its payload. */
export function rawKey(raw: unknown): string {
	return hashKey(canonicalJson(raw));
}

/** `sha256:` and the first 32 hexadecimal digits of a content's SHA-256. */
export function hashKey(content: string | Uint8Array): string {
	return `sha256:${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}
