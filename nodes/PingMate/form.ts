import type { Item } from '../shared/core/item';
import {
	firstObject,
	firstText,
	objectFromJson,
	objectsOf,
	type JsonObject,
} from '../shared/core/json';

/** Where the answers of a form may stand. PingMate documents only that they are in `data.object`. */
const FIELD_KEYS = ['fields', 'answers', 'responses', 'response', 'data', 'values', 'form_data'];

/** What stands beside the answers when they are in `data.object` itself. */
const NOT_FIELDS = new Set([
	...['id', 'object', 'form', 'form_id', 'formId', 'form_name', 'formName', 'status'],
	...['message_id', 'messageId', 'wamid', 'timestamp', 'created_at', 'submitted_at', 'reported_at'],
	...['sender', 'customer', 'contact', 'recipient', 'from', 'user'],
]);

/** A submitted form, its answers as a flat list of key and value. */
export function formOf(object: JsonObject): NonNullable<Item['form']> {
	const form = firstObject(object, 'form') ?? {};
	return {
		id: firstText(object, 'form_id', 'formId') ?? firstText(form, 'id', 'form_id'),
		name: firstText(object, 'form_name', 'formName') ?? firstText(form, 'name', 'title'),
		fields: fieldsOf(object, form),
	};
}

function fieldsOf(object: JsonObject, form: JsonObject): JsonObject {
	for (const source of [object, form]) {
		// A WhatsApp Flow's answers are JSON in a string.
		if (typeof source.response_json === 'string') return objectFromJson(source.response_json);
		const map = firstObject(source, ...FIELD_KEYS);
		if (map) return map;
		const list = FIELD_KEYS.flatMap((key) => objectsOf(source[key]));
		if (list.length > 0) return Object.fromEntries(list.map(answerOf));
	}
	return Object.fromEntries(Object.entries(object).filter(([key]) => !NOT_FIELDS.has(key)));
}

/** One answer of a list, `{ key, value }` under one of the usual names. */
function answerOf(answer: JsonObject, index: number): [string, unknown] {
	const key =
		firstText(answer, 'key', 'name', 'id', 'field', 'label', 'question') ?? `field ${index + 1}`;
	return [key, answer.value ?? answer.answer ?? answer.response ?? null];
}
