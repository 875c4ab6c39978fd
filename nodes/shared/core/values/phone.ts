import { textOf } from './json';

/**
 * A phone number in E.164 form with its `+` (`+919999999999`), or null if the value isn't one.
 *
 * Accepts 7 to 15 digits as text or number, with or without `+`, the prefix `whatsapp:`, whitespace,
 * dashes, and brackets.
 */
export function phoneOf(value: unknown): string | null {
	const text = textOf(value);
	if (text === null) return null;
	// Nearly every number is bare, and a batch has thousands.
	const bare = BARE.test(text) ? text : text.replace(/^whatsapp:/i, '').replace(/[\s()[\]-]/g, '');
	if (!BARE.test(bare)) return null;
	return bare.startsWith('+') ? bare : `+${bare}`;
}

const BARE = /^\+?\d{7,15}$/;

/**
 * Who sent or receives a message: E.164 for a phone number, otherwise as given (a WhatsApp user ID, a group
 * ID), or null if there is none.
 */
export function addressOf(value: unknown): string | null {
	return phoneOf(value) ?? textOf(value);
}
