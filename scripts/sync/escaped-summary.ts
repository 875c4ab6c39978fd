/** The summary as text in a Slack message, as in the example message-to-sheet-and-slack: Slack formats nothing in it. */
export const ESCAPED_SUMMARY =
	"{{ $json.summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') }}";
