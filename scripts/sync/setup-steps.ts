import type { INodeTypeDescription } from 'n8n-workflow';
import type { EventName } from '../../nodes/shared/core/item/events';

/** The steps of a note that depend on how a provider is set up, as Markdown. */
export interface SetupSteps {
	/** How the provider gets n8n's URL, or n8n the provider's key: whole sentences, one line a step. */
	connect: string[];
	/** What starts the events, and sends the first one. Without its period. */
	publish: string;
}

/**
 * The steps of the note in an example, from the steps that its trigger shows. There a test comes before
 * publishing; in an example the samples take its place, so the steps end before it, and the provider gets
 * the Production URL right away.
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
		connect: shown.slice(0, last).map((step, index) => {
			const words = inNote(step.replace(/^<ul>\d+\. /, ''));
			return index === 0 ? fromCanvas(words, displayName) : words;
		}),
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

/** A step as the note says it, which isn't in the trigger and has no test before publishing. */
function inNote(step: string): string {
	return step
		.replaceAll('Test URL', '**Production URL**')
		.replaceAll('the credential above', "the trigger's credential")
		.replaceAll('a new credential above', 'a new credential in the trigger')
		.replaceAll('Below, ', 'Below that, ');
}

/** The first step, which begins on the canvas. */
function fromCanvas(step: string, trigger: string): string {
	const inTrigger = step.replace(/^Open Webhook URLs above/, 'then **Webhook URLs**,');
	return inTrigger === step ? `Open **${trigger}**. ${step}` : `Open **${trigger}**, ${inTrigger}`;
}
