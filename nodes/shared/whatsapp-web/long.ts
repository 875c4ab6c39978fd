import { isObject, numberOf } from '../core/values/json';

/** A number, as a number, as text, or in the two halves Baileys uses for 64-bit numbers; or null. */
export function numberOfLong(value: unknown): number | null {
	if (!isObject(value)) return numberOf(value);
	const { low, high } = value;
	if (typeof low !== 'number' || typeof high !== 'number') return null;
	return high * 2 ** 32 + (low >>> 0);
}
