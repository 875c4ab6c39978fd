import { textOf } from '../values/json';

/** WhatsApp's id of a message (`wamid.…`), or null for a provider's own id and for anything else. */
export function wamidOf(value: unknown): string | null {
	const text = textOf(value);
	return text?.startsWith('wamid') ? text : null;
}
