import type { INodeTypeDescription } from 'n8n-workflow';
import { EVENTS } from '../../core/item/events';
import type { Provider } from '../../core/read/provider';

/**
 * What n8n's AI workflow builder can't see in the description: which output has which event, and which
 * fields of an item to reply to a message or identify a chat with. Versions of n8n without a builder ignore
 * it.
 */
export function builderHintOf({
	displayName,
	emits,
}: Provider): INodeTypeDescription['builderHint'] {
	const outputs = EVENTS.flatMap(({ event, label }, index) =>
		emits.includes(event) ? [`${index} ${label} (${event})`] : [],
	).join(', ');
	return {
		searchHint: `Receives WhatsApp events from ${displayName}, one item for each. Each event comes out of its own output, by index: ${outputs}. Connect what handles an event to its output, and select the event in "events", or nothing arrives. conversation.id is the same for everything in one chat, replyTo is the recipient for an answer, contact is the customer, and summary is one line for a notification.`,
		relatedNodes: [
			{
				nodeType: 'n8n-nodes-base.httpRequest',
				relationHint: `Answers through ${displayName}'s API: send to replyTo`,
			},
			{
				nodeType: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
				relationHint: 'Remembers a chat: take conversation.id as the session key',
			},
		],
	};
}
