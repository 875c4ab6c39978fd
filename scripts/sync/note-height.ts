/** How n8n draws a sticky note (measured in n8n 2.41 at a zoom of 100%), in pixels. */
const PADDING = 16;
const TEXT = { character: 7.4, line: 19, gap: 5, indent: 0 };
const LIST_ENTRY = { ...TEXT, indent: 24 };
const HEADING = { character: 14, line: 32, gap: 10, indent: 0 };

/**
 * How high a note has to be so that nothing of it is cut off.
 *
 * @param content Markdown: headings, lists, and paragraphs of one line each
 * @param width of the note in pixels
 * @returns pixels, a multiple of 10
 */
export function heightOfNote(content: string, width: number): number {
	const heights = content.split('\n').map((line) => {
		const { character, line: height, gap, indent } = styleOf(line);
		const shown = line.replaceAll(/\*\*|^#+ |\]\([^)]*\)|\[/g, '');
		const perLine = (width - 2 * PADDING - indent) / character;
		return Math.ceil(shown.length / perLine) * height + gap;
	});
	const total = heights.reduce((sum, height) => sum + height, 2 * PADDING);
	return Math.ceil(total / 10) * 10;
}

function styleOf(line: string) {
	if (line.startsWith('#')) return HEADING;
	return /^(-|\d+\.) /.test(line) ? LIST_ENTRY : TEXT;
}
