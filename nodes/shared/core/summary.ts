import type { Item } from './item';

/** The most characters that a summary takes of any one text. */
const LONGEST_TEXT = 200;

/** What does not fit on one line as it is: white space but for single spaces, and control characters. */
const UNEVEN = / {2}|[^\S ]|\p{Cc}/u;

/** What a field of an item says on one line: white space folded, cut at 200 characters. */
function line(text: string | null | undefined): string {
	if (text === null || text === undefined) return '';
	const folded = (UNEVEN.test(text) ? text.replace(/[\s\p{Cc}]+/gu, ' ') : text).trim();
	if (folded.length <= LONGEST_TEXT) return folded;
	// By code points, so that no emoji is cut in two; each is at most two code units.
	const characters = Array.from(folded.slice(0, 2 * LONGEST_TEXT + 2));
	if (characters.length <= LONGEST_TEXT) return folded;
	return `${characters.slice(0, LONGEST_TEXT - 1).join('')}…`;
}

/**
 * One English line that says who and what, ready for a Slack message. Never empty.
 *
 * Texts in it are the sender's own: they are cut and put on one line, not escaped.
 */
export function summarise(item: Omit<Item, 'summary' | 'raw'>): string {
	const text = line(item.text);

	switch (item.event) {
		case 'message.received':
			return `${kindOf(item)} from ${customer(item)}${colon(text)}`;
		case 'message.sent':
		case 'message.delivered':
		case 'message.read':
			return `${kindOf(item)} to ${recipient(item)} ${line(item.status) || item.event.slice(8)}${colon(text)}`;
		case 'message.failed': {
			const reason = line(item.error?.message) || line(item.error?.code);
			return `${kindOf(item)} to ${recipient(item)} failed${colon(reason)}${text && ` (${text})`}`;
		}
		case 'message.echo':
			return `${kindOf(item)} to ${recipient(item)} sent from elsewhere${colon(text)}`;
		case 'form.submitted': {
			const name = line(item.form?.name);
			const fields = Object.entries(item.form?.fields ?? {});
			const answers = fields.map(([key, value]) => `${key} ${answerText(value)}`).join(', ');
			return `Form${name && ` "${name}"`} from ${customer(item)}${colon(line(answers))}`;
		}
		case 'template.updated': {
			const { name, status, reason } = item.template ?? {};
			const what = line(status) || line(item.providerEvent);
			return `Template${name ? ` "${line(name)}"` : ''} ${what}${colon(line(reason))}`;
		}
		case 'account.updated':
			return `Account: ${text || line(item.providerEvent)}`;
		case 'contact.updated':
			return `Contact ${customer(item)} updated${colon(text)}`;
		case 'other': {
			const what = item.messageType ? kindOf(item) : line(item.providerEvent) || 'Unnamed event';
			const who = customer(item);
			const from = who === SOMEONE ? '' : ` (${who})`;
			return `${what}${from}${colon(text || line(item.error?.message))}`;
		}
	}
}

const SOMEONE = 'a customer';

function colon(text: string): string {
	return text === '' ? '' : `: ${text}`;
}

function customer({ contact }: Pick<Item, 'contact'>): string {
	const name = line(contact.name);
	const address = contact.phone ?? line(contact.id);
	if (name && address) return `${name} (${address})`;
	return name || address || SOMEONE;
}

/** The customer of an outbound message; some providers name only the message in a status. */
function recipient(item: Pick<Item, 'contact' | 'messageId'>): string {
	const who = customer(item);
	return who === SOMEONE && item.messageId ? `a customer (${line(item.messageId)})` : who;
}

/** `Image`, `Location`…; `Message` for text and for what has no type. */
function kindOf({ messageType }: Pick<Item, 'messageType'>): string {
	if (messageType === null || messageType === 'text') return 'Message';
	const type = line(messageType);
	return type.charAt(0).toUpperCase() + type.slice(1);
}

function answerText(value: unknown): string {
	if (typeof value === 'string') return value;
	try {
		return JSON.stringify(value);
	} catch {
		// Nested deeper than can be written.
		return '…';
	}
}
