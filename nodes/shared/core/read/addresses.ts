import { textOf } from '../values/json';

/**
 * Phone numbers and IDs as a person types them, several in one text with commas, semicolons, or line
 * breaks in between. In a workflow edited as text they may be a list, or anything else.
 */
export function typedAddresses(typed: unknown): string[] {
	const texts = (Array.isArray(typed) ? typed : [typed]).flatMap((text) => textOf(text) ?? []);
	return texts
		.join('\n')
		.split(/[,;\n\r]+/)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

const PLAIN = /^[\x20-\x7e]*$/;
const INVISIBLE = /\p{Cf}/gu;
const PREFIX = /^(whatsapp|tel):/;
/** WhatsApp Web's form of a number. */
const SUFFIX = /@(c\.us|s\.whatsapp\.net)$/;

/**
 * One text for one address, however it's written: a phone number's digits with its country code, an ID in
 * lower case. Takes what a person types and what an item has.
 */
export function addressKey(address: string): string {
	const text = cleaned(address);
	if (isId(text)) return text;
	// The zero in +49 (0)30 is dialed only without the country code.
	return text.replace('(0)', '').replace(/\D/g, '').replace(/^00/, '');
}

/** As a number may be written; the dashes are those that word processors make. */
const NUMBER = /^[+\d\s().\-/\u2010-\u2015]+$/;

/** As an ID is written: user IDs, groups, phone number IDs, accounts. */
const ID = /^[^\s"'<>]+$/;

/**
 * Whether something typed can be an address at all. A number without its country code can be told only by
 * its leading zero.
 *
 * @param hasNames whether an ID may be a plain name, such as that of a session
 */
export function isAddress(entry: string, hasNames: boolean): boolean {
	const text = cleaned(entry);
	if (isId(text)) return ID.test(text) && (hasNames || /[\d@]/.test(text));
	// What is longer than a phone number is an ID.
	return NUMBER.test(text) && /^[1-9]\d{6,}$/.test(addressKey(entry));
}

function cleaned(address: string): string {
	// Nearly all are plain, and a list may have a thousand.
	const plain = PLAIN.test(address) ? address : address.normalize('NFKC').replace(INVISIBLE, '');
	const text = plain.trim();
	return NUMBER.test(text) ? text : text.toLowerCase().replace(PREFIX, '').replace(SUFFIX, '');
}

function isId(text: string): boolean {
	return /[\p{L}@]/u.test(text);
}
