import type { Chat } from '../core/item/conversation';
import type { DraftContact } from '../core/item/draft';
import { isObject, textOf, type JsonObject } from '../core/values/json';
import { phoneOf } from '../core/values/phone';

/**
 * The addresses that WhatsApp Web's protocol uses, as the servers that speak it hand them on:
 * `<number>@c.us` or `<number>@s.whatsapp.net` for a phone number, with `:<device>` in it for one of its
 * devices, or the bare number; `<digits>@lid` for a user who may hide the number; `@g.us` for a group;
 * `@newsletter` for a channel; `status@broadcast` for a status.
 */

/** The device is of no use: an answer goes to the person. */
const DEVICE = /:\d+(?=@)/;

/** An address whole, but without a device, which is how a send call takes it; or null. */
export function textOfJid(value: unknown): string | null {
	const text = isObject(value) ? textOfParts(value) : textOf(value);
	return text?.replace(DEVICE, '') ?? null;
}

/** Some engines hand on the parts of an address as well, WEBJS with all of it in `_serialized`. */
function textOfParts({ _serialized, user, server }: JsonObject): string | null {
	const [name, domain] = [textOf(user), textOf(server)];
	return textOf(_serialized) ?? (name && domain && `${name}@${domain}`);
}

/** The phone number in E.164 form, or null where the address is of another kind. */
export function phoneOfJid(value: unknown): string | null {
	const [, number] =
		/^(\+?\d+)(?:@(?:c\.us|s\.whatsapp\.net))?$/.exec(textOfJid(value) ?? '') ?? [];
	return phoneOf(number);
}

/** E.164 where the address is that of a phone number, otherwise as given, without a device; or null. */
export function addressOfJid(value: unknown): string | null {
	return phoneOfJid(value) ?? textOfJid(value);
}

/** Whether it is the address of one person: not of a group, a channel or a status. */
export function isPersonal(value: unknown): boolean {
	return phoneOfJid(value) !== null || userIdOfJid(value) !== null;
}

/** Whether what is sent there is for whoever follows it: a status or a channel. */
export function isPublic(value: unknown): boolean {
	return /@(broadcast|newsletter)$/.test(textOf(value) ?? '');
}

/** Whom a chat is with, by the form of its address; null for a broadcast list and for what isn't known. */
export function kindOfJid(value: unknown): Chat['kind'] {
	if (isPersonal(value)) return 'person';
	const jid = textOfJid(value) ?? '';
	if (jid.endsWith('@g.us')) return 'group';
	if (jid.endsWith('@newsletter')) return 'channel';
	return jid === 'status@broadcast' ? 'status' : null;
}

/**
 * A customer by the addresses that are known of one person: the first phone number and the first user
 * id among them.
 */
export function contactOfJids(jids: readonly unknown[], name: string | null): DraftContact {
	const first = (read: (jid: unknown) => string | null) =>
		jids.map(read).find((found) => found !== null) ?? null;
	return { phone: first(phoneOfJid), name, id: first(userIdOfJid) };
}

/**
 * The addresses of persons in an object's fields. Engines and their versions name a person's other
 * address differently (`remoteJidAlt`, `senderPn`, `participantLid`…), so a field is taken by the
 * beginning of its name and by what it holds.
 */
export function addressesIn(object: JsonObject, name: RegExp): unknown[] {
	return Object.entries(object).flatMap(([field, value]) =>
		name.test(field) && isPersonal(value) ? [value] : [],
	);
}

/**
 * Who calls, by every address of one person (`callerPn`, `callCreatorAlt`…). Who made the call may be
 * us: only where one of the creator's addresses is that of the caller are both the same person's.
 *
 * @param from the caller's address that the server names
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
