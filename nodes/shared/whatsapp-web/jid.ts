import type { Chat } from '../core/item/conversation';
import type { DraftContact } from '../core/item/draft';
import { isObject, textOf, type JsonObject } from '../core/values/json';
import { phoneOf } from '../core/values/phone';

/**
 * The addresses of WhatsApp Web's protocol, as servers that speak it report them: `<number>@c.us` or
 * `<number>@s.whatsapp.net` for a phone number, with `:<device>` for one of its devices, or the bare
 * number; `<digits>@lid` for a user who may hide the number; `@g.us` for a group; `@newsletter` for a
 * channel; `status@broadcast` for a status.
 */

/** The device, which doesn't matter: a reply goes to the person. */
const DEVICE = /:\d+(?=@)/;

/** A whole address without the device, as send calls expect it; or null. */
export function textOfJid(value: unknown): string | null {
	const text = isObject(value) ? textOfParts(value) : textOf(value);
	return text?.replace(DEVICE, '') ?? null;
}

/** Some engines report an address in parts; WEBJS also has the whole address in `_serialized`. */
function textOfParts({ _serialized, user, server }: JsonObject): string | null {
	const [name, domain] = [textOf(user), textOf(server)];
	return textOf(_serialized) ?? (name && domain && `${name}@${domain}`);
}

/** The phone number in E.164 form, or null if the address is of another kind. */
export function phoneOfJid(value: unknown): string | null {
	const [, number] =
		/^(\+?\d+)(?:@(?:c\.us|s\.whatsapp\.net))?$/.exec(textOfJid(value) ?? '') ?? [];
	return phoneOf(number);
}

/** E.164 for a phone number, otherwise as given, without a device; or null. */
export function addressOfJid(value: unknown): string | null {
	return phoneOfJid(value) ?? textOfJid(value);
}

/** Whether it's the address of one person: not of a group, a channel, or a status. */
export function isPersonal(value: unknown): boolean {
	return phoneOfJid(value) !== null || userIdOfJid(value) !== null;
}

/** Whether messages there go to all followers: a status or a channel. */
export function isPublic(value: unknown): boolean {
	return /@(broadcast|newsletter)$/.test(textOf(value) ?? '');
}

/** The kind of a chat, by the form of its address; null for a broadcast list and unknown forms. */
export function kindOfJid(value: unknown): Chat['kind'] {
	if (isPersonal(value)) return 'person';
	const jid = textOfJid(value) ?? '';
	if (jid.endsWith('@g.us')) return 'group';
	if (jid.endsWith('@newsletter')) return 'channel';
	return jid === 'status@broadcast' ? 'status' : null;
}

/** A customer, from one person's known addresses: the first phone number and the first user ID. */
export function contactOfJids(jids: readonly unknown[], name: string | null): DraftContact {
	const first = (read: (jid: unknown) => string | null) =>
		jids.map(read).find((found) => found !== null) ?? null;
	return { phone: first(phoneOfJid), name, id: first(userIdOfJid) };
}

/**
 * The addresses of persons in an object's fields. Engines and their versions name a person's other address
 * differently (`remoteJidAlt`, `senderPn`, `participantLid`…), so fields are matched by the beginning of
 * their name and by their value.
 */
export function addressesIn(object: JsonObject, name: RegExp): unknown[] {
	return Object.entries(object).flatMap(([field, value]) =>
		name.test(field) && isPersonal(value) ? [value] : [],
	);
}

/**
 * The caller's known addresses (`callerPn`, `callCreatorAlt`…). The creator of the call may be us, so the
 * creator's addresses only count if one of them is the caller's.
 *
 * @param from the caller's address according to the server
 */
export function callerAddresses(from: unknown, call: JsonObject): unknown[] {
	const creator = addressesIn(call, /^callCreator/i);
	const isCaller = creator.some((jid) => addressOfJid(jid) === addressOfJid(from));
	return [from, ...addressesIn(call, /^caller/i), ...(isCaller ? creator : [])];
}

function userIdOfJid(value: unknown): string | null {
	const jid = textOfJid(value);
	return jid?.endsWith('@lid') ? jid : null;
}
