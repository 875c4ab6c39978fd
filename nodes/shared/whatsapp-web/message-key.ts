/**
 * The key of a message: what tells it from every other message. An address that a delivery may give in
 * one form or the other has no place in it, unless as {@link personKey} writes it.
 *
 * @param scope what the id is unique within, such as the session; parts that aren't known are left out
 * @param id WhatsApp's own id of the message
 * @returns null without an id
 */
export function webMessageKey(scope: readonly (string | null)[], id: string | null): string | null {
	if (id === null) return null;
	return [...scope.filter((part) => part !== null), id].join(':');
}
