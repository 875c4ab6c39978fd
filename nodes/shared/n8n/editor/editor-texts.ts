import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { documentUrl } from './documentation';

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
	/** How the Production URL gets to the provider. Fits after "publish the workflow". */
	goLive: string;
	/** How to try a change of a published workflow. Sentences. */
	tryChange: string;
}

const SAMPLES = `<b>No event at hand?</b> Under Output click set mock data, and paste a ${link('sample item', 'docs/sample-items.md')}.`;

const TROUBLESHOOTING = `<b>Nothing arrives?</b> See ${link('troubleshooting', 'docs/troubleshooting.md')}.`;

/**
 * The panel that stands beside the parameters, before and after the workflow is published. While it
 * listens n8n shows words of its own there. Behind the hint n8n puts a link, "More info", which unfolds
 * the help.
 */
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
			inactive: `<b>While you build:</b> ${whileBuilding}. Each click on Execute step takes one delivery and shows it, whether its event is selected or not.<br /><br /><b>When it works:</b> publish the workflow${goLive}. From then on events start the workflow by themselves and appear in the list of executions, not here. Rejected deliveries appear there too, in red.`,
			active: `<b>To try a change:</b> ${tryChange}`,
		},
		activationHint: {
			inactive: `Click Execute step, then ${sendTest}.<br /><br />${SAMPLES}<br />${TROUBLESHOOTING}<br /><br />When it works, publish the workflow.`,
			active: `This workflow is published: events that ${displayName} sends to the Production URL start it and appear in the <a data-key="executions">list of executions</a>, not here.<br /><br />${TROUBLESHOOTING}`,
		},
	};
}

function link(text: string, path: string): string {
	return `<a href="${documentUrl(path)}" target="_blank">${text}</a>`;
}

/** How a setup by hand begins: n8n shows the URLs folded. */
export const COPY_TEST_URL = 'Open Webhook URLs above and copy the Test URL.';

/**
 * The steps of the setup, above the parameters. n8n's notice knows no numbered list, and neither
 * paragraphs nor line breaks: a list without entries is the one block it has, with space around it.
 *
 * @param steps in their order, as HTML
 */
export function setupNotice(
	steps: readonly string[],
	notice: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName: steps.map((step, index) => `<ul>${index + 1}. ${step}</ul>`).join(''),
		name: 'setupNotice',
		type: 'notice',
		default: '',
		...notice,
	};
}
