import type { Item } from '../shared/core/item/item';
import {
	firstObject,
	firstText,
	isObject,
	objectFromJson,
	objectsOf,
	type JsonObject,
} from '../shared/core/values/json';

/** Where the answers of a form may be. PingMate documents only that they are in `data.object`. */
const FIELD_KEYS = ['fields', 'answers', 'responses', 'response', 'data', 'values', 'form_data'];

/** Fields that aren't answers if the answers are in `data.object` itself. */
const NOT_FIELDS = new Set([
	'id',
	'object',
	'form',
	'form_id',
	'formId',
	'form_name',
	'formName',
	'status',
	'message_id',
	'messageId',
	'wamid',
	'timestamp',
	'created_at',
	'submitted_at',
	'reported_at',
	'sender',
	'from',
]);

/** Names of a person; as plain text they are answers like any other. */
const PERSON_OBJECTS = new Set(['customer', 'contact', 'recipient', 'user']);

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
		if (list.length > 0) return answersOf(list);
	}
	return Object.fromEntries(Object.entries(object).filter(isAnswer));
}

function isAnswer([key, value]: [string, unknown]): boolean {
	return !NOT_FIELDS.has(key) && !(PERSON_OBJECTS.has(key) && isObject(value));
}

/**
 * A list of answers by their names. Two questions may have one name: the answer to the second is
 * under the name with ` (2)` behind it, and so on, so that none is lost.
 */
function answersOf(list: JsonObject[]): JsonObject {
	const answers = new Map<string, unknown>();
	const counts = new Map<string, number>();
	for (const [name, value] of list.map(answerOf)) {
		let count = (counts.get(name) ?? 0) + 1;
		let key = count === 1 ? name : `${name} (${count})`;
		// A question may have such a name itself.
		while (answers.has(key)) key = `${name} (${++count})`;
		counts.set(name, count);
		answers.set(key, value);
	}
	return Object.fromEntries(answers);
}

/** One answer of a list, `{ key, value }` under one of the usual names. */
function answerOf(answer: JsonObject, index: number): [string, unknown] {
	const key =
		firstText(answer, 'key', 'name', 'id', 'field', 'label', 'question') ?? `field ${index + 1}`;
	return [key, answer.value ?? answer.answer ?? answer.response ?? null];
}
