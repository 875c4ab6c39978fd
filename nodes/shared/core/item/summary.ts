import type { Item } from './item';
import { oneLine } from '../values/one-line';

/**
 * One English line that says who and what, ready for a Slack message. Never empty.
 *
 * Text from the sender is shortened and put on one line, but not escaped.
 */
export function summarize(item: Omit<Item, 'summary' | 'raw'>): string {
	const text = oneLine(item.text);

	switch (item.event) {
		case 'message.received':
			return `${kindOf(item)} from ${customer(item)}${inPlace(item)}${afterColon(text)}`;
		case 'message.sent':
		case 'message.delivered':
		case 'message.read':
			return `${kindOf(item)} to ${recipient(item)} ${oneLine(item.status) || item.event.slice(8)}${afterColon(text)}`;
		case 'message.failed': {
			const reason = oneLine(item.error?.message) || oneLine(item.error?.code);
			return `${kindOf(item)} to ${recipient(item)} failed${afterColon(reason)}${text && ` (${text})`}`;
		}
		case 'message.echo':
			return `${kindOf(item)} to ${recipient(item)} sent from elsewhere${afterColon(text)}`;
		case 'form.submitted': {
			const name = oneLine(item.form?.name);
			const fields = Object.entries(item.form?.fields ?? {});
			const answers = fields.map(([key, value]) => `${key} ${answerText(value)}`).join(', ');
			return `Form${name && ` "${name}"`} from ${customer(item)}${afterColon(oneLine(answers))}`;
		}
		case 'template.updated': {
			const { name, status, reason } = item.template ?? {};
			const what = oneLine(status) || oneLine(item.providerEvent);
			return `Template${name ? ` "${oneLine(name)}"` : ''} ${what}${afterColon(oneLine(reason))}`;
		}
		case 'account.updated':
			return `Account: ${text || oneLine(item.providerEvent)}`;
		case 'contact.updated':
			return `Contact ${customer(item)} updated${afterColon(text)}`;
		case 'other': {
			const what = item.messageType ? kindOf(item) : oneLine(item.providerEvent) || 'Unnamed event';
			const who = customer(item);
			const from = who === SOMEONE ? '' : ` (${who})`;
			return `${what}${from}${inPlace(item)}${afterColon(text || oneLine(item.error?.message))}`;
		}
	}
}

const SOMEONE = 'a customer';

function afterColon(text: string): string {
	return text === '' ? '' : `: ${text}`;
}

function customer({ contact }: Pick<Item, 'contact'>): string {
	const name = oneLine(contact.name);
	const address = contact.phone ?? oneLine(contact.id);
	if (name && address) return `${name} (${address})`;
	return name || address || SOMEONE;
}

/** The recipient of an outbound message. In a status, some providers identify only the message. */
function recipient(item: Pick<Item, 'contact' | 'conversation' | 'messageId'>): string {
	const who = customer(item);
	if (who !== SOMEONE) return `${who}${inPlace(item)}`;
	return place(item) ?? (item.messageId ? `${SOMEONE} (${oneLine(item.messageId)})` : SOMEONE);
}

function inPlace(item: Pick<Item, 'conversation'>): string {
	const where = place(item);
	return where === null ? '' : ` in ${where}`;
}

/** Where it happened, unless in a direct chat: messages in a group aren't meant for the business alone. */
function place({ conversation: { kind, name } }: Pick<Item, 'conversation'>): string | null {
	if (kind === null || kind === 'person') return null;
	const called = oneLine(name);
	return called ? `the ${kind} "${called}"` : `a ${kind}`;
}

/** `Image`, `Location`…; `Message` for text and without a type. */
function kindOf({ messageType }: Pick<Item, 'messageType'>): string {
	if (messageType === null || messageType === 'text') return 'Message';
	const type = oneLine(messageType);
	return type.charAt(0).toUpperCase() + type.slice(1);
}

function answerText(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}
