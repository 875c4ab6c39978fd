import { createHash, timingSafeEqual } from 'crypto';
import type { Delivery } from '../shared/core/verify/delivery';

/**
 * What Twilio puts at the end of the URL of a JSON delivery: the SHA-256 of its body. Nowhere else, since
 * the URL and the fields are signed as one text: a text that a customer wrote could be sent as a part of
 * the URL.
 */
const BODY_HASH = /\?(?:[^#]*&)?bodySHA256=([0-9a-f]{64})$/i;

const STANDARD_PORTS: Partial<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * What Twilio signs: the URL as it called it, and behind it, for a form, every field by its name. A JSON
 * body is bound by its hash in that URL. More than one text, since Twilio isn't consistent in whether the
 * URL has its port; none if the body doesn't match the hash.
 */
export function signedTexts(delivery: Delivery): string[] {
	const urls = spellingsOf(delivery.url);
	if (!isJson(delivery)) {
		const fields = fieldsText(delivery.rawBody);
		return urls.map((url) => url + fields);
	}
	return isOfHash(delivery) ? urls : [];
}

/**
 * The text that is signed of an authentic delivery, in one of its spellings. Nothing in it says where the
 * URL ends and a name or a value begins: forms that are cut in another way have the same one.
 */
export function signedText(delivery: Delivery): string {
	return signedTexts(delivery)[0] ?? delivery.url;
}

/** Whether a delivery is JSON, by what is signed: no header decides how a body is verified. */
export function isJson({ url }: Pick<Delivery, 'url'>): boolean {
	return bodyHashOf(url) !== null;
}

function bodyHashOf(url: string): string | null {
	return BODY_HASH.exec(url)?.[1] ?? null;
}

function isOfHash({ rawBody, url }: Delivery): boolean {
	const given = Buffer.from(bodyHashOf(url) ?? '', 'hex');
	const hash = createHash('sha256').update(rawBody).digest();
	return given.length === hash.length && timingSafeEqual(given, hash);
}

/** The URL as it is, and without its port, or with the standard one if it has none. */
function spellingsOf(url: string): string[] {
	const [, scheme = '', host = '', port = '', rest = ''] =
		/^(\w+:)\/\/([^/?#]*?)(?::(\d+))?([/?#].*)?$/.exec(url) ?? [];
	const standardPort = STANDARD_PORTS[scheme.toLowerCase()];
	if (standardPort === undefined) return [url];
	return [
		url,
		port === '' ? `${scheme}//${host}:${standardPort}${rest}` : `${scheme}//${host}${rest}`,
	];
}

/**
 * Every field, name and value joined without a separator, in the order of their names; including unknown
 * and empty ones. If a name occurs more than once, each of its values counts once, in order.
 */
function fieldsText(rawBody: Uint8Array): string {
	const values = new Map<string, Set<string>>();
	for (const [name, value] of new URLSearchParams(Buffer.from(rawBody).toString('utf8'))) {
		values.set(name, (values.get(name) ?? new Set()).add(value));
	}
	return [...values.keys()]
		.sort()
		.flatMap((name) => [...(values.get(name) ?? [])].sort().map((value) => name + value))
		.join('');
}
