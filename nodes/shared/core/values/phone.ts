import { textOf } from './json';

/**
 * A phone number in E.164 form with its `+` (`+919999999999`), or null when the value is not one.
 *
 * Accepts 7 to 15 digits as text or number, with or without `+`, the prefix `whatsapp:`, white
 * space, dashes and brackets.
 */
export function phoneOf(value: unknown): string | null {
	const text = textOf(value);
	if (text === null) return null;
	// Nearly every number comes bare, and a batch brings thousands.
	const bare = BARE.test(text) ? text : text.replace(/^whatsapp:/i, '').replace(/[\s()[\]-]/g, '');
	if (!BARE.test(bare)) return null;
	return bare.startsWith('+') ? bare : `+${bare}`;
}

const BARE = /^\+?\d{7,15}$/;

/**
 * Who sent or receives a message: E.164 where the value is a phone number, else as given (a
 * WhatsApp user id, a group id), or null when there is nothing.
 */
export function addressOf(value: unknown): string | null {
	return phoneOf(value) ?? textOf(value);
}
