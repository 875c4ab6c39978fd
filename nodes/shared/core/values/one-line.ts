/** The most characters of one text on a line. */
const LONGEST_TEXT = 200;

/** Whitespace other than single spaces, and control characters. */
const UNEVEN = / {2}|[^\S ]|\p{Cc}/u;

/**
 * A text on one line: whitespace and control characters become single spaces, and it's cut at 200
 * characters. Empty if there is none.
 */
export function oneLine(text: string | null | undefined): string {
	if (text === null || text === undefined) return '';
	const folded = (UNEVEN.test(text) ? text.replace(/[\s\p{Cc}]+/gu, ' ') : text).trim();
	if (folded.length <= LONGEST_TEXT) return folded;
	// By code points, so that no emoji is cut in two; each is at most two code units.
	const characters = Array.from(folded.slice(0, 2 * LONGEST_TEXT + 2));
	if (characters.length <= LONGEST_TEXT) return folded;
	return `${characters.slice(0, LONGEST_TEXT - 1).join('')}…`;
}
