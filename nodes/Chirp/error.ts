import type { Item } from '../shared/core/item';
import { firstText, objectOf, textOf, type JsonObject } from '../shared/core/json';

/**
 * Why a message failed. Chirp's error has the form of its API errors: its own code and message, the
 * original ones of WhatsApp under `provider`, and for some codes advice in `additional_info`, which
 * comes from WhatsApp's health status (Chirp, "WhatsApp webhooks", enriched failures).
 */
export function errorOf(error: JsonObject): NonNullable<Item['error']> {
	const provider = objectOf(error.provider);
	const original = [firstText(provider, 'code'), firstText(provider, 'message')];
	const advice = Array.isArray(error.additional_info) ? error.additional_info : [];
	return {
		code: firstText(error, 'code', 'type') ?? 'unknown',
		message: firstText(error, 'message') ?? 'Chirp gave no reason',
		details: original.filter((part) => part !== null).join(' ') || null,
		help: advice.flatMap((line) => textOf(line) ?? []).join(' ') || firstText(error, 'doc_url'),
	};
}
