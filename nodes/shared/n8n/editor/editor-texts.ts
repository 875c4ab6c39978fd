import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { documentUrl } from './documentation';

/** Shown below the node on the canvas: the selected events, named like its outputs. */
export const eventsSubtitle =
	'={{ ($parameter.events || []).map((event) => event.replace("message.", "").split(".")[0]).join(", ") || "no event selected" }}';

/** The provider-specific texts in a trigger's panel, as HTML. */
interface PanelWords {
	displayName: string;
	/** How to trigger a test event. Fits after "Click Execute step, then". */
	sendTest: string;
	/**
	 * Where to enter the Test URL while building the workflow. A clause that fits after "While you build:".
	 */
	whileBuilding: string;
	/** How to give the provider the Production URL. Fits after "publish the workflow". */
	goLive: string;
	/** How to try a change to a published workflow. Sentences. */
	tryChange: string;
}

const SAMPLES = `<b>If you have no event to send,</b> click set mock data under Output and paste a ${link('sample item', 'docs/sample-items.md')}.`;

const TROUBLESHOOTING = link('troubleshooting', 'docs/troubleshooting.md');

/**
 * The panel next to the parameters, before and after the workflow is published. While the node listens,
 * n8n shows its own text there. After the hint n8n puts a link, "More info", which unfolds the help.
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
			inactive: `<b>While you build:</b> ${whileBuilding}. Each time you click Execute step, n8n waits for one delivery and shows it, even if you didn't select its event.<br /><br /><b>When it works:</b> publish the workflow${goLive}. From then on, events run the workflow automatically and show up in the executions list, not here. Rejected deliveries show up there too, in red.`,
			active: `<b>To try a change:</b> ${tryChange}`,
		},
		activationHint: {
			inactive: `Click Execute step, then ${sendTest}.<br /><br />${SAMPLES}<br /><b>If nothing arrives,</b> look at the URL: one that begins with http://localhost or http://127.0.0.1 reaches n8n only from its own machine. For other causes, see ${TROUBLESHOOTING}.<br /><br />When it works, publish the workflow.`,
			active: `This workflow is published. Events ${displayName} sends to the Production URL run it and show up in the <a data-key="executions">executions list</a>, not here.<br /><br /><b>If nothing arrives,</b> look for /webhook-test/ in the URL ${displayName} calls: replace the Test URL with the Production URL. For other causes, see ${TROUBLESHOOTING}.`,
		},
	};
}

function link(text: string, path: string): string {
	return `<a href="${documentUrl(path)}" target="_blank">${text}</a>`;
}

/** How manual setup begins: n8n shows the URLs folded. */
export const COPY_TEST_URL = 'Open Webhook URLs above and copy the Test URL.';

/**
 * The steps of the setup, above the parameters. n8n's notice doesn't support numbered lists, paragraphs, or
 * line breaks. An empty list is the only block element that adds space.
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
