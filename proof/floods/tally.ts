import type { Planned } from './plan';
import type { FloodRequest } from './request';
import type { Outcome } from './send';

/** A request that was answered otherwise than it may be. */
export interface Surprise {
	kind: string;
	provider: string;
	n: number;
	outcome: Outcome;
}

const SURPRISES_KEPT = 50;

/** What the node says when it has not decided on a copy; n8n's own errors are JSON. */
const OF_THE_NODE = /^Service Unavailable$/;

/** What n8n says when the node's `webhook()` throws before it has answered. */
const NODE_THREW = /Workflow Webhook Error/;

/** Whose an answer of 500 and above is. */
export function isOfTheNode({ result, body }: Outcome): boolean {
	return (
		typeof result === 'number' && result >= 500 && (OF_THE_NODE.test(body) || NODE_THREW.test(body))
	);
}

/** What a server says in an answer, without the stack that n8n adds. */
export function saidIn(body: string): string {
	return /"message":"((?:[^"\\]|\\.)*)/.exec(body)?.[1] ?? body;
}

/** A surprise as a line of text, without where n8n is installed. */
export function tellSurprise({ kind, provider, n, outcome }: Surprise): string {
	return `${provider}, "${kind}", number ${n}: ${outcome.result} ${saidIn(outcome.body)}`.trimEnd();
}

/** Counts what became of the requests of a flood. */
export class Tally {
	/** How many of each kind had each result. */
	readonly kinds = new Map<string, Map<Outcome['result'], number>>();
	/** What else than 2xx to 4xx was answered, by kind and text. */
	readonly serverErrors = new Map<string, { isOfTheNode: boolean; count: number }>();
	/** The executions that there have to be, by the workflow. */
	readonly executions = new Map<string, number>();
	readonly surprises: Surprise[] = [];
	surprising = 0;
	sent = 0;
	/** How many got no answer that had to get one. */
	hung = 0;
	/** How many got none from n8n itself, which never called the node. */
	hungInN8n = 0;
	ofTheNode = 0;

	/** Takes down what became of a request. */
	add(
		{ kind, target, n }: Planned,
		{ allowed, executes }: Pick<FloodRequest, 'allowed' | 'executes'>,
		outcome: Outcome,
	): void {
		const { result, body } = outcome;
		this.sent++;
		const results = this.kinds.get(kind) ?? new Map<Outcome['result'], number>();
		this.kinds.set(kind, results.set(result, (results.get(result) ?? 0) + 1));

		const { workflowId } = target.receiver;
		if (executes && result === 200) {
			this.executions.set(workflowId, (this.executions.get(workflowId) ?? 0) + 1);
		}
		if (result === 'hung') {
			if (allowed.includes(result)) this.hungInN8n++;
			else this.hung++;
		}
		const mine = isOfTheNode(outcome);
		if (mine) this.ofTheNode++;
		if (typeof result === 'number' && result >= 500) {
			const name = `${kind}: ${result} ${saidIn(body)}`;
			const error = this.serverErrors.get(name) ?? { isOfTheNode: mine, count: 0 };
			this.serverErrors.set(name, { ...error, count: error.count + 1 });
		}
		if (mine || !allowed.includes(result)) {
			this.surprising++;
			if (this.surprises.length < SURPRISES_KEPT) {
				this.surprises.push({ kind, provider: target.provider.displayName, n, outcome });
			}
		}
	}
}
