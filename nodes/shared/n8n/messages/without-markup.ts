/**
 * An error's message or description without HTML, which n8n's editor would render: messages of an API or of
 * n8n may quote what a stranger wrote.
 */
export function withoutMarkup(text: string): string {
	return text.replaceAll('<', '‹');
}
