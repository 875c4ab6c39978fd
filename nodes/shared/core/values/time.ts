import { textOf } from './json';

/** Below this a number counts seconds, from it on milliseconds: 1e11 s is the year 5138, 1e11 ms is 1973. */
const FIRST_MILLISECONDS = 1e11;

/** The year 10,000, which ISO 8601 can't write with four digits. */
const END_OF_TIME = 253_402_300_800_000;

const EPOCH = /^\d+(\.\d+)?$/;
const ISO_DATE_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * A point in time as ISO 8601 in UTC with milliseconds (`2026-01-15T12:00:00.000Z`), or null.
 *
 * @param value seconds or milliseconds since 1970 as number or text, or an ISO date and time; one
 *   without a zone counts as UTC, since a server's local zone means nothing to a provider
 */
export function timeOf(value: unknown): string | null {
	const text = textOf(value)?.trim();
	if (text === undefined) return null;
	const epoch = epochOf(text);
	return epoch > 0 && epoch < END_OF_TIME ? new Date(epoch).toISOString() : null;
}

function epochOf(text: string): number {
	if (EPOCH.test(text)) {
		const number = Number(text);
		return Math.round(number < FIRST_MILLISECONDS ? number * 1000 : number);
	}
	const iso = ISO_DATE_TIME.exec(text);
	if (!iso) return NaN;
	return Date.parse(iso[3] === undefined ? `${text.replace(' ', 'T')}Z` : text.replace(' ', 'T'));
}

/** The first of the values that is a point in time, as {@link timeOf} writes it, or null. */
export function firstTimeOf(...values: unknown[]): string | null {
	for (const value of values) {
		const time = timeOf(value);
		if (time !== null) return time;
	}
	return null;
}
