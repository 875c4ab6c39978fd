import { UNKNOWN_CODE } from '../shared/core/item/event-key';
import type { Item } from '../shared/core/item/item';
import {
	firstText,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../shared/core/values/json';

/**
 * Why a message failed. Chirp's error has the form of its API errors: its own code and message, and
 * the original ones of WhatsApp under `provider`. For vague reasons Chirp asks WhatsApp's health
 * status, and adds which entity is blocked and what Meta suggests, in `provider.health_status` and
 * `additional_info`; either may be missing (Chirp, "WhatsApp webhooks", enriched failures).
 */
export function chirpError(error: JsonObject): NonNullable<Item['error']> {
	const provider = objectOf(error.provider);
	const entities = objectsOf(objectOf(provider.health_status).entities);
	const advice = [
		...textsOf(error.additional_info),
		...entities.flatMap(errorsOf).flatMap((fault) => firstText(fault, 'possible_solution') ?? []),
	];
	return {
		code: firstText(error, 'code', 'type') ?? UNKNOWN_CODE,
		message: firstText(error, 'message') ?? 'Chirp gave no reason',
		details:
			[wordsOf(provider, 'code', 'message'), ...entities.map(entityLine)]
				.filter((part) => part !== '')
				.join('; ')
				.replaceAll('.; ', '; ') || null,
		help: [...new Set(advice)].join(' ') || firstText(error, 'doc_url'),
	};
}

/** What is wrong with a phone number, account or app of ours; empty for one that is fine. */
function entityLine(entity: JsonObject): string {
	const faults = errorsOf(entity).map((fault) => wordsOf(fault, 'error_code', 'error_description'));
	const isFine = firstText(entity, 'can_send_message') === 'AVAILABLE' && faults.length === 0;
	if (isFine) return '';
	const what = wordsOf(entity, 'entity_type', 'id', 'can_send_message');
	return faults.length > 0 ? `${what}: ${faults.join(', ')}` : what;
}

function errorsOf(entity: JsonObject): JsonObject[] {
	return objectsOf(entity.errors);
}

/** The texts of some fields, one after the other, as far as they are there. */
function wordsOf(object: JsonObject, ...keys: string[]): string {
	return keys.flatMap((key) => textOf(object[key]) ?? []).join(' ');
}

function textsOf(list: unknown): string[] {
	return Array.isArray(list) ? list.flatMap((text) => textOf(text) ?? []) : [];
}
