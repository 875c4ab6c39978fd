import { z } from 'zod';
import { itemSchema } from '../../nodes/shared/core/item/item';
import type { Workflow, WorkflowNode } from '../kit/n8n/client';
import { OUTPUTS } from '../kit/outputs';
import { providerById, PROVIDERS } from '../kit/providers';
import { examples } from '../../scripts/sync/examples';
import { EXAMPLES, readExample } from '../kit/examples/examples';

/** Nodes that hand on the items they get. */
const PASSES_ON = ['noOp', 'merge', 'filter', 'if', 'splitInBatches', 'removeDuplicates'].map(
	(name) => `n8n-nodes-base.${name}`,
);

/** Nodes that hold a program, which these examples do without. */
const CODE = ['code', 'function', 'functionItem', 'executeCommand'].map(
	(name) => `n8n-nodes-base.${name}`,
);

/** Nodes that ask a service on the internet. */
const SERVICES = ['hubspot', 'httpRequest', 'slack', 'googleSheets', 'postgres'].map(
	(name) => `n8n-nodes-base.${name}`,
);

/** What must not be asked for twice: a second retry of an execution would run it a second time. */
const ONCE_ONLY = ['Retry'];

/** Nodes that do not do the same when they run again: what was written is written once more, what was seen is dropped. */
const ONE_TIME = ['googleSheets', 'removeDuplicates'].map((name) => `n8n-nodes-base.${name}`);

/** The trigger that runs the samples through. */
const TRY = 'Try the Samples';

/** Of the note that says how to start, which has every step of the provider's and of the flow's. */
const MOST_WORDS = 310;

/** How much room a node takes on n8n's canvas with its name below it, in pixels; a trigger's height grows with its outputs. */
const NODE_ROOM = { width: 112, height: 144 };
const OUTPUT_ROOM = 32;

interface Room {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

function roomOf(node: WorkflowNode): Room {
	const [left, top] = node.position;
	const emits = PROVIDERS.find(({ nodeType }) => nodeType === node.type)?.provider.emits ?? [];
	const outputs = emits.map((emitted) => OUTPUTS.findIndex(([event]) => event === emitted) + 1);
	const { width, height } =
		node.type === 'n8n-nodes-base.stickyNote'
			? (node.parameters as { width: number; height: number })
			: {
					width: NODE_ROOM.width,
					height: Math.max(NODE_ROOM.height, Math.max(...outputs) * OUTPUT_ROOM + 48),
				};
	return { left, right: left + width, top, bottom: top + height };
}

const isOver = (a: Room, b: Room): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const isTrigger = ({ type }: WorkflowNode) => PROVIDERS.some(({ nodeType }) => nodeType === type);

function triggerOf(workflow: Workflow): WorkflowNode {
	const trigger = workflow.nodes.find(isTrigger);
	if (!trigger) throw new Error('there is no trigger of ours');
	return trigger;
}

/** The nodes before a node. What a loop gives out when it is done is what came back to it: no items. */
const parentsOf = ({ nodes, connections }: Workflow, name: string): WorkflowNode[] =>
	nodes.filter((parent) =>
		connections[parent.name]?.main.some(
			(targets, output) =>
				targets.some(({ node }) => node === name) &&
				!(parent.type === 'n8n-nodes-base.splitInBatches' && output === 0),
		),
	);

/** Whether what leaves a node is the trigger's items. */
function emitsItems(workflow: Workflow, node: WorkflowNode, seen: string[] = []): boolean {
	if (isTrigger(node)) return true;
	if (!PASSES_ON.includes(node.type) && node.parameters.includeOtherFields !== true) return false;
	return getsItems(workflow, node, seen);
}

/** Whether `$json` in a node is one of the trigger's items. What comes back to a loop counts for nothing. */
function getsItems(workflow: Workflow, { name }: WorkflowNode, seen: string[] = []): boolean {
	const parents = parentsOf(workflow, name).filter((parent) => !seen.includes(parent.name));
	return parents.some((parent) => emitsItems(workflow, parent, [...seen, name]));
}

/**
 * Whether what a node could not do comes back to it by its error output, after a wait. n8n's own
 * Retry On Fail does nothing for the Google Sheets node once that has an error output (n8n 2.41).
 */
function isWiredToItself({ nodes, connections }: Workflow, { name }: WorkflowNode): boolean {
	const behind = (from: string) =>
		(connections[from]?.main ?? []).flat().map(({ node: next }) => next);
	const afterError = connections[name]?.main[1] ?? [];
	const waits = afterError
		.flatMap(({ node }) => behind(node))
		.filter((next) => nodes.some((node) => node.name === next && /\.wait$/.test(node.type)));
	return waits.some((wait) => behind(wait).some((next) => behind(next).includes(name)));
}

/** The paths of items that a node's expressions read, such as `contact.phone`. */
function itemPathsOf(workflow: Workflow, node: WorkflowNode): string[] {
	const expressions = JSON.stringify(node.parameters);
	const sources = workflow.nodes
		.filter((other) => emitsItems(workflow, other))
		.map(({ name }) => `\\$\\('${name}'\\)\\.item\\.json`);
	if (getsItems(workflow, node)) sources.push('\\$json');
	if (sources.length === 0) return [];
	const path = new RegExp(`(?:${sources.join('|')})((?:\\??\\.[A-Za-z_]\\w*)+)(\\()?`, 'g');
	return [...expressions.matchAll(path)].map(([, fields = '', call]) => {
		const names = fields.replaceAll('?', '').split('.').slice(1);
		return (call === undefined ? names : names.slice(0, -1)).join('.');
	});
}

/** Whether an item can have something at this path. */
function isInSchema(path: string): boolean {
	let schema: z.ZodTypeAny | undefined = itemSchema;
	for (const name of path.split('.')) {
		while (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
			schema = schema.unwrap() as z.ZodTypeAny;
		}
		if (schema instanceof z.ZodRecord || schema instanceof z.ZodUnknown) return true;
		if (!(schema instanceof z.ZodObject)) return false;
		schema = (schema.shape as Record<string, z.ZodTypeAny>)[name];
	}
	return schema !== undefined;
}

/** Whether what a node could not do is reported in Slack. */
const isReported = ({ nodes, connections }: Workflow, { name }: WorkflowNode): boolean =>
	(connections[name]?.main[1] ?? []).some((target) =>
		nodes.some((node) => node.name === target.node && node.type === 'n8n-nodes-base.slack'),
	);

describe.each(EXAMPLES)('%s', (file) => {
	const workflow = readExample(file);

	it('says in a short note what it does, then how to start, in numbered steps', () => {
		const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		const toStart = notes.find(({ name }) => name === 'To start');
		const content = String(toStart?.parameters.content);
		expect(content).toMatch(/^## .+\n.+\n(\n(- .+\n)+)?\n1\. .+\n2\. /);
		expect(content.split(/\s+/).length).toBeLessThan(MOST_WORDS);
		// In a color that no other note has.
		const colors = notes.map(({ parameters }) => parameters.color);
		expect(colors.filter((color) => color === toStart?.parameters.color)).toHaveLength(1);
	});

	it('has one manual trigger at most, since n8n drops a second one when it is imported', () => {
		const manual = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		expect(manual.length).toBeLessThanOrEqual(1);
	});

	// n8n does so, too, when an expression comes to something else once the nodes before it have run.
	it('has the spreadsheet chosen elsewhere than in the node that n8n then empties', () => {
		const sheets = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.googleSheets');
		for (const { parameters } of sheets) {
			expect((parameters.documentId as { value: string }).value).toMatch(
				/^=\{\{ \$\('[^']+'\)\.params\./,
			);
		}
	});

	it('has no node or note on top of another', () => {
		const overlaps = workflow.nodes.flatMap((node, index) =>
			workflow.nodes
				.slice(index + 1)
				.filter((other) => isOver(roomOf(node), roomOf(other)))
				.map(({ name }) => `${node.name} and ${name}`),
		);
		expect(overlaps).toEqual([]);
	});

	it('holds no program', () => {
		expect(workflow.nodes.filter(({ type }) => CODE.includes(type))).toEqual([]);
	});

	it("holds nobody's credentials and no URL that two imports would share", () => {
		const ids = workflow.nodes.flatMap(({ credentials = {} }) => Object.values(credentials));
		expect(ids.map(({ id }) => id)).toEqual(ids.map(() => null));
		expect(workflow.nodes.filter(({ webhookId }) => webhookId !== undefined)).toEqual([]);
	});

	it('tries again when a service is out of order for a moment, or reports what was not done', () => {
		const asking = workflow.nodes.filter(
			({ type, name }) =>
				SERVICES.includes(type) &&
				!/^(Create WhatsApp|Prepare )/.test(name) &&
				!ONCE_ONLY.includes(name),
		);
		expect(
			asking.filter(
				(node) =>
					node.retryOnFail !== true &&
					!isWiredToItself(workflow, node) &&
					!isReported(workflow, node),
			),
		).toEqual([]);
	});

	it('goes on after a crash where it stopped, where beginning again would write twice or drop events', () => {
		// Of reports that come too often nothing is lost.
		const isLimit = ({ parameters }: WorkflowNode) => 'incrementalDedupeValue' in parameters;
		const isOneTime = (node: WorkflowNode) =>
			(ONE_TIME.includes(node.type) && !isLimit(node)) || node.name === 'Add Note';
		const isGoingOn = workflow.settings?.saveExecutionProgress === true;
		expect(isGoingOn).toBe(workflow.nodes.some(isOneTime));
	});

	it("reports its own failure if it asks n8n's API, whose keys expire", () => {
		const asks = workflow.nodes.some(({ credentials = {} }) => 'n8nApi' in credentials);
		const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.errorTrigger');
		if (asks) expect(workflow.connections[trigger?.name ?? '']).toBeDefined();
		const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(JSON.stringify(notes).includes('**Expiration: Never**')).toBe(asks);
	});

	it("shows in Slack plain text, without previews of strangers' links and pictures", () => {
		const slack = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.slack');
		for (const { parameters } of slack) {
			expect(parameters.otherOptions).toMatchObject({
				mrkdwn: false,
				unfurl_links: false,
				unfurl_media: false,
			});
		}
	});

	it('escapes for Slack what others wrote', () => {
		const slack = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.slack');
		for (const { parameters } of slack) {
			const written = Array.from(
				String(parameters.text).matchAll(/\{\{(.+?)\}\}/gs),
				([, code]) => code,
			)
				.filter((code) =>
					/json\.(summary|text|help|Name|Message|error\?\.(help|message|details))/.test(code ?? ''),
				)
				.filter((code) => !code?.includes("replaceAll('<', '&lt;')"));
			expect(written).toEqual([]);
		}
	});
});

describe.each(EXAMPLES.filter((file) => readExample(file).nodes.some(isTrigger)))(
	'%s, which has a trigger of ours',
	(file) => {
		const workflow = readExample(file);
		const trigger = triggerOf(workflow);
		const selected = trigger.parameters.events as string[];

		it('wires each event that is selected by its own output, and no other', () => {
			const wired = (workflow.connections[trigger.name]?.main ?? []).flatMap((targets, index) =>
				targets.length > 0 ? [OUTPUTS[index]?.[0]] : [],
			);
			expect([...wired].sort()).toEqual([...selected].sort());
		});

		it('shows a sample behind the output that it would leave by', () => {
			const { [TRY]: begin, ...pinned } = workflow.pinData as Record<string, { json: unknown }[]>;
			// An item without fields: n8n starts from what has pinned data.
			expect(begin).toEqual([{ json: {} }]);
			expect(Object.keys(pinned)).toEqual(
				workflow.connections[TRY]?.main.flat().map(({ node }) => node),
			);
			expect(pinned).not.toEqual({});
			for (const [name, samples] of Object.entries(pinned)) {
				const output = workflow.connections[trigger.name]?.main.findIndex((targets) =>
					targets.some(({ node }) => node === name),
				);
				for (const { json } of samples) {
					const { event, provider } = itemSchema.parse(json);
					expect([event, name]).toEqual(OUTPUTS[output ?? -1]);
					expect(trigger.type).toBe(providerById(provider).nodeType);
				}
			}
		});

		it("refers to no node by the provider's name, so that the trigger can be replaced", () => {
			const parameters = JSON.stringify(workflow.nodes.map((node) => node.parameters));
			expect(parameters).not.toContain(`$('${trigger.name}')`);
		});

		it('reads only fields that an item has', () => {
			const paths = workflow.nodes.flatMap((node) => itemPathsOf(workflow, node));
			expect(paths.length).toBeGreaterThan(0);
			// What lead-capture adds to an item.
			const added = ['spreadsheet'];
			expect(paths.filter((path) => !isInSchema(path) && !added.includes(path))).toEqual([]);
		});
	},
);

describe('the examples of a flow', () => {
	const generated = examples().map(({ flow, provider }) => `${flow}/${provider.id}`);

	it('are those that npm run sync writes, and no other', () => {
		expect(EXAMPLES.filter((file) => file.includes('/')).sort()).toEqual([...generated].sort());
	});

	it.each(['message-to-sheet-and-slack', 'crm-sync', 'slack-alerts', 'delivery-monitoring'])(
		'are there for every provider: %s',
		(flow) => {
			for (const { id } of PROVIDERS) expect(generated).toContain(`${flow}/${id}`);
		},
	);
});
