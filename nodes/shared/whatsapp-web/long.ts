import { isObject, numberOf } from '../core/values/json';

/** A number: as such, as text, or in the two halves in which Baileys has those of 64 bits; or null. */
export function numberOfLong(value: unknown): number | null {
	if (!isObject(value)) return numberOf(value);
	const { low, high } = value;
	if (typeof low !== 'number' || typeof high !== 'number') return null;
	return high * 2 ** 32 + (low >>> 0);
}
