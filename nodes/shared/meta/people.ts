import { firstText, objectOf, objectsOf, textOf, type JsonObject } from '../core/values/json';
import type { DraftContact } from '../core/item/draft';
import type { Item } from '../core/item/item';
import { phoneOf } from '../core/values/phone';

/** The people of a change, `value.contacts[]`, by phone number and by user ID. */
export type People = ReadonlyMap<string, JsonObject>;

/** Indexes the contacts of a change; a batch has many people in any order. */
export function peopleOf(contacts: unknown): People {
	const people = new Map<string, JsonObject>();
	for (const contact of objectsOf(contacts)) {
		const number = textOf(contact.wa_id);
		const userId = textOf(contact.user_id);
		if (number !== null) people.set(number, contact);
		if (userId !== null) people.set(userId, contact);
	}
	return people;
}

/**
 * The entry of a person, matched by number or user ID, never by position.
 *
 * @param ids how the message or status identifies the person; the first known ID counts
 */
export function findPerson(people: People, ...ids: (string | null)[]): JsonObject | undefined {
	for (const id of ids) {
		const person = id === null ? undefined : people.get(id);
		if (person) return person;
	}
	return undefined;
}

/** The first of the numbers of both sides that isn't ours, or null. */
export function notOurs(
	numbers: readonly (string | null)[],
	{ phone }: Item['business'],
): string | null {
	const ours = (number: string) => phone !== null && phoneOf(number) === phone;
	return numbers.find((number) => number !== null && !ours(number)) ?? null;
}

/**
 * The item's contact. A person without a phone number, which WhatsApp has allowed since 2026, has only a
 * business-scoped user ID.
 */
export function metaContact(
	phone: string | null,
	userId: string | null,
	person: JsonObject | undefined,
): DraftContact {
	const profile = objectOf(person?.profile);
	return {
		phone: phoneOf(phone) ?? phoneOf(person?.wa_id),
		name: firstText(profile, 'name', 'username'),
		id: userId ?? textOf(person?.user_id),
		username: firstText(profile, 'username'),
	};
}
