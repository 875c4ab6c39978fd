import type { INodeTypeDescription } from 'n8n-workflow';
import type { EventName } from '../../nodes/shared/core/item/events';

/** The two steps of a note that depend on how a provider is set up, as Markdown. */
export interface SetupSteps {
	/** How the provider gets n8n's URL, or n8n the provider's key. Without its period. */
	connect: string;
	/** What starts the events, and sends the first one. Without its period. */
	publish: string;
}

/**
 * The steps of the note in an example, from the steps that its trigger shows. There a test comes before
 * publishing; in an example the samples take its place, so the steps end before it.
 *
 * @param events what the example listens to
 * @throws if the trigger shows no test
 */
export function setupSteps(
	{ displayName, properties, triggerPanel }: INodeTypeDescription,
	events: readonly EventName[],
): SetupSteps {
	const isAutomatic = properties.some(({ name }) => name === 'webhookSetup');
	const notice = properties.find(
		({ name }) => name === (isAutomatic ? 'automaticNotice' : 'setupNotice'),
	);
	const shown = notice?.displayName.split('</ul>') ?? [];
	const last = shown.findIndex((step) => step.includes('Click Execute step'));
	const { activationHint } = (triggerPanel ?? {}) as Panel;
	const sendTest = /^Click Execute step, then (.+?)\.<br/.exec(activationHint?.inactive ?? '')?.[1];
	if (last < 1 || sendTest === undefined) throw new Error(`${displayName} shows no test`);

	// A message from a customer tests nothing in an example that doesn't listen for it; a button does.
	const isTest = events.includes('message.received') || /^<b>[A-Z]/.test(sendTest);
	return {
		connect: [
			`Open **${displayName}** and follow **${stepsUntil(last)}**`,
			...(isAutomatic ? [] : ['with the **Production URL** in place of the Test URL']),
		].join(', '),
		publish: [
			`Click **Publish**${isAutomatic ? ' (n8n registers the webhook)' : ''}`,
			...(isTest ? [`then ${sendTest.replaceAll(/<\/?b>/g, '**')}`] : []),
		].join(', '),
	};
}

/** What `triggerPanel()` makes, of which n8n's type knows less. */
interface Panel {
	activationHint?: { inactive: string };
}

function stepsUntil(last: number): string {
	if (last === 1) return 'step 1';
	return last === 2 ? 'steps 1 and 2' : `steps 1 to ${last}`;
}
