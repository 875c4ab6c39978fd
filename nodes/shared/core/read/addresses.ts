import { textOf } from '../values/json';

/**
 * Phone numbers and IDs as a person types them, separated by commas, semicolons, or line breaks. In a
 * workflow edited as JSON it may be a list, or anything else.
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
/** How WhatsApp Web writes a number. */
const SUFFIX = /@(c\.us|s\.whatsapp\.net)$/;

/**
 * One spelling for each address: a phone number's digits with country code, or an ID in lowercase. Accepts
 * typed addresses and those of items.
 */
export function addressKey(address: string): string {
	const text = cleaned(address);
	if (isId(text)) return text;
	// The zero in +49 (0)30 is only dialed without the country code.
	return text.replace('(0)', '').replace(/\D/g, '').replace(/^00/, '');
}

/** The characters of a number, including the dashes word processors insert. */
const NUMBER = /^[+\d\s().\-/\u2010-\u2015]+$/;

/** The form of an ID: user IDs, groups, phone number IDs, accounts. */
const ID = /^[^\s"'<>]+$/;

/**
 * Whether a typed entry can be an address. A number without its country code can only be recognized by its
 * leading zero.
 *
 * @param hasNames whether an ID may be a plain name, such as that of a session
 */
export function isAddress(entry: string, hasNames: boolean): boolean {
	const text = cleaned(entry);
	if (isId(text)) return ID.test(text) && (hasNames || /[\d@]/.test(text));
	// Anything longer than a phone number is an ID.
	return NUMBER.test(text) && /^[1-9]\d{6,}$/.test(addressKey(entry));
}

function cleaned(address: string): string {
	// Nearly all are plain, and a list may have thousands.
	const plain = PLAIN.test(address) ? address : address.normalize('NFKC').replace(INVISIBLE, '');
	const text = plain.trim();
	return NUMBER.test(text) ? text : text.toLowerCase().replace(PREFIX, '').replace(SUFFIX, '');
}

function isId(text: string): boolean {
	return /[\p{L}@]/u.test(text);
}
