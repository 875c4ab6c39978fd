import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** Shown below the node on the canvas: the selected events, in the words of its outputs. */
export const eventsSubtitle =
	'={{ ($parameter.events || []).map((event) => event.replace("message.", "").split(".")[0]).join(", ") || "no event selected" }}';

/** What only a provider can say in the panel of its trigger, as HTML. */
export interface PanelWords {
	displayName: string;
	/** How a person has an event sent for a test. Fits after "Click Execute step, then". */
	sendTest: string;
	/** What has the Test URL while the workflow is being built. A clause. */
	whileBuilding: string;
	/** How the Production URL gets to the provider, in short and in full. Fits after "publish it" or "publish the workflow". */
	goLive: { short: string; full: string };
	/** How to try a change of a published workflow. Sentences. */
	tryChange: string;
}

/** The panel that stands beside the parameters, before and after the workflow is published. */
export function triggerPanel({
	displayName,
	sendTest,
	whileBuilding,
	goLive,
	tryChange,
}: PanelWords): INodeTypeDescription['triggerPanel'] {
	return {
		header: `Receive events from ${displayName}`,
		executionsHelp: {
			inactive: `<b>While you build:</b> ${whileBuilding}. Each click on Execute step takes one delivery, and shows it whether its event is selected or not.<br /><br /><b>When it works:</b> publish the workflow${goLive.full}. From then on events start the workflow by themselves and appear in the list of executions, not here; so does what had to be refused, in red.`,
			active: `<b>To try a change:</b> ${tryChange}`,
		},
		activationHint: {
			inactive: `Click Execute step, then ${sendTest}. When the workflow works, publish it${goLive.short}.`,
			active: `This workflow is published: events that ${displayName} sends to the Production URL start it, and appear in the <a data-key="executions">list of executions</a>, not here.`,
		},
	};
}

/**
 * The steps of the setup, above the parameters.
 *
 * @param steps in their order, as HTML
 */
export function setupNotice(
	steps: readonly string[],
	notice: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName: `<ul>${steps.map((step) => `<li>${step}</li>`).join('')}</ul>`,
		name: 'setupNotice',
		type: 'notice',
		default: '',
		...notice,
	};
}
