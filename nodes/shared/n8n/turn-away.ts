import {
	NodeOperationError,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import type { Provider } from '../core/provider';
import type { NodeState } from './node-state';
import { headline, logLine, type Problem } from './problem';

const ANSWERS = {
	400: 'Bad Request',
	401: 'Unauthorized',
	503: 'Service Unavailable',
} as const;

/** What decides who hears of a delivery that is turned away. */
export interface Listeners {
	refusals: NodeState['refusals'];
	reportRefusals: boolean;
}

/**
 * Answers a delivery that cannot be used, and tells whoever has to know: n8n's log; in a test the
 * person who waits in the editor; in production the list of executions and the error workflow, at most
 * once an hour for each reason.
 *
 * @throws NodeOperationError after the answer was sent: the only way to be seen in the editor and
 *   among the executions
 */
export function turnAway(
	context: IWebhookFunctions,
	provider: Provider,
	status: keyof typeof ANSWERS,
	problem: Problem,
	{ refusals, reportRefusals }: Listeners,
): IWebhookResponseData {
	answer(context, status);
	log(context, provider, problem, refusals);

	if (context.getMode() === 'manual') throw operationError(context, provider, problem, 1);
	const count = reportRefusals ? refusals.takeForReport(problem.reason) : 0;
	if (count > 0) throw operationError(context, provider, problem, count);
	return { noWebhookResponse: true };
}

/** Asks the sender to send a delivery again, since it can be neither used nor dropped now. */
export function putOff(
	context: IWebhookFunctions,
	provider: Provider,
	problem: Problem,
	refusals: NodeState['refusals'],
): IWebhookResponseData {
	answer(context, 503);
	log(context, provider, problem, refusals);
	return { noWebhookResponse: true };
}

/** The only way to set a status in n8n: answer, and tell n8n that it is done. */
function answer(context: IWebhookFunctions, status: keyof typeof ANSWERS): void {
	const response = context.getResponseObject();
	response.status(status).type('text/plain').send(ANSWERS[status]);
	// n8n answers a webhook that throws by itself as well, which would fail and leave a stack in its log.
	response.json = () => response;
}

function log(
	context: IWebhookFunctions,
	provider: Provider,
	problem: Problem,
	refusals: NodeState['refusals'],
): void {
	const count = refusals.takeForLog(problem.reason);
	if (count > 0) context.logger.warn(logLine(context, provider, problem, count));
}

function operationError(
	context: IWebhookFunctions,
	provider: Provider,
	problem: Problem,
	count: number,
): NodeOperationError {
	const others =
		count === 1 ? '' : ' These are all since the last report: it is made once an hour at most.';
	return new NodeOperationError(context.getNode(), headline(provider, problem, count), {
		description: `${problem.advice}.${others}`,
		level: 'warning',
	});
}
