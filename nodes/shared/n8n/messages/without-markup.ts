/**
 * A message or a description of an error as n8n's editor may show it: it renders them as HTML, and the
 * words of an API or of n8n in them may quote what a stranger wrote.
 */
export function withoutMarkup(text: string): string {
	return text.replaceAll('<', '‹');
}
