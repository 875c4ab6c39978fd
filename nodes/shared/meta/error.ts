import { UNKNOWN_CODE } from '../core/item/event-key';
import type { Item } from '../core/item/item';
import { firstText, objectOf, objectsOf, type JsonObject } from '../core/values/json';

const META = 'https://developers.facebook.com';

/**
 * The error of a failed status or an unsupported message: the first of `errors[]`, with the others in its
 * details, so that none is lost.
 */
export function metaError(errors: unknown): Item['error'] {
	const [first, ...others] = objectsOf(errors);
	if (!first) return undefined;
	const details = [detailsOf(first), ...others.map(lineOf)].filter((text) => text !== null);
	const href = firstText(first, 'href');
	return {
		code: firstText(first, 'code') ?? UNKNOWN_CODE,
		message: messageOf(first),
		details: details.length > 0 ? details.join('; ') : null,
		// A path means a page of Meta's documentation.
		help: href?.startsWith('/') ? `${META}${href}` : href,
	};
}

/**
 * The error of a failed status without one, so that a failed item always has one. A new object each time,
 * since a downstream node may change it.
 */
export function errorWithoutReason(): NonNullable<Item['error']> {
	return { code: UNKNOWN_CODE, message: 'WhatsApp gave no reason', details: null, help: null };
}

/**
 * The error of a message WhatsApp can't show, with its kind in the details, such as a poll or an event
 * (messages webhooks, "unsupported"). There is always one, so that it isn't mistaken for an empty message.
 */
export function errorOfNotShown(message: JsonObject): NonNullable<Item['error']> {
	const error = metaError(message.errors) ?? errorWithoutReason();
	const kind = firstText(objectOf(message.unsupported), 'raw_type', 'type');
	const details = [error.details, kind].filter((text) => text !== null);
	return { ...error, details: details.join('; ') || null };
}

function messageOf(error: JsonObject): string {
	return firstText(error, 'title', 'message') ?? detailsOf(error) ?? 'WhatsApp gave no reason';
}

function detailsOf(error: JsonObject): string | null {
	return firstText(objectOf(error.error_data), 'details') ?? firstText(error, 'details');
}

function lineOf(error: JsonObject): string {
	const parts = [firstText(error, 'code'), messageOf(error), detailsOf(error)];
	return parts.filter((part) => part !== null).join(' ');
}
