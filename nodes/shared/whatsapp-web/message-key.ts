/**
 * The unique key of a message. It must not contain an address deliveries write in different forms, except
 * as {@link personKey} writes it.
 *
 * @param scope the scope within which the ID is unique, such as the session; unknown parts are left out
 * @param id WhatsApp's ID of the message
 * @returns null without an ID
 */
export function webMessageKey(scope: readonly (string | null)[], id: string | null): string | null {
	if (id === null) return null;
	return [...scope.filter((part) => part !== null), id].join(':');
}
