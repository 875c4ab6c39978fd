/** The most characters that a line takes of any one text. */
const LONGEST_TEXT = 200;

/** What does not fit on one line as it is: white space but for single spaces, and control characters. */
const UNEVEN = / {2}|[^\S ]|\p{Cc}/u;

/**
 * A text on one line: white space and control characters folded into single spaces, cut at 200
 * characters. Empty for nothing.
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
