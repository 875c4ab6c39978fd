import { textOf } from '../values/json';

/** WhatsApp's ID of a message (`wamid.…`), or null for a provider's ID and anything else. */
export function wamidOf(value: unknown): string | null {
	const text = textOf(value);
	return text?.startsWith('wamid') ? text : null;
}
