import {
	NodeOperationError,
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { outputCountOf } from '../../core/item/events';
import type { Item } from '../../core/item/item';
import type { Provider, ResponseForm } from '../../core/read/provider';
import { routeItems } from '../../core/read/select';
import { withoutMarkup } from '../messages/without-markup';
import type { Decision } from './decide';
import { headline, logLine, type Problem } from './problem';
import type { RejectionCounter } from './rejection-counter';

/** Where rejections are reported. */
interface ReportOptions {
	rejections: RejectionCounter;
	reportRejected: boolean;
}

/** The bodies of rejections, which reveal nothing to a stranger. */
const NEUTRAL_BODIES = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	503: 'Service Unavailable',
} as const;

/** For anyone who opens the URL in a browser to check that n8n is reachable. */
const GREETING = 'This webhook works. It is waiting for events.';

/**
 * Carries a decision out: the only place that touches n8n's response.
 *
 * @throws NodeOperationError after a rejection was sent: the only way to show it in the editor and under
 *   Executions
 */
export function respond(
	context: IWebhookFunctions,
	provider: Provider,
	decision: Decision,
	options: ReportOptions,
): IWebhookResponseData {
	switch (decision.kind) {
		case 'start':
			return startExecution(context, provider, decision.items);
		case 'acknowledge':
			// Unless the provider expects its own form, n8n responds with {"message":"Webhook call received"}.
			return provider.response ? send(context, 200, provider.response) : {};
		case 'reject':
			return rejectDelivery(context, provider, decision, options);
		case 'defer':
			return deferDelivery(context, provider, decision.problem, options);
		case 'confirm':
			return send(context, 200, plainText(decision.challenge));
		case 'greet':
			return send(context, 200, plainText(GREETING));
	}
}

/** Returns the items by output. n8n sends the 200 itself once it has accepted the execution. */
function startExecution(
	context: IWebhookFunctions,
	{ emits, response }: Provider,
	items: readonly Item[],
): IWebhookResponseData {
	if (response) giveFormTo(context, response);
	const outputs = routeItems(items, outputCountOf(emits));
	return {
		workflowData: outputs.map((output) => output.map((item) => ({ json: item as IDataObject }))),
	};
}

/**
 * Gives n8n's 200 the provider's form, since n8n declares an empty body as JSON. Any other status means n8n
 * failed, and is left alone.
 */
function giveFormTo(context: IWebhookFunctions, { contentType, body }: ResponseForm): void {
	const response = context.getResponseObject();
	const end = response.end.bind(response) as (...parts: unknown[]) => typeof response;
	response.end = (...parts: unknown[]) => {
		if (response.statusCode !== 200 || response.headersSent) return end(...parts);
		response.type(contentType).set('Content-Length', String(Buffer.byteLength(body)));
		return end(body);
	};
}

/**
 * Rejects a delivery or a handshake and reports it: in n8n's log; during a test, in the editor; in
 * production, under Executions and to the error workflow, at most once per hour for each reason.
 */
function rejectDelivery(
	context: IWebhookFunctions,
	provider: Provider,
	{ status, problem }: Extract<Decision, { kind: 'reject' }>,
	{ rejections, reportRejected }: ReportOptions,
): IWebhookResponseData {
	const sent = sendStatus(context, provider, status);
	log(context, provider, problem, rejections);

	if (context.getMode() === 'manual') throw operationError(context, provider, problem, 1);
	const count = reportRejected ? rejections.takeForReport(problem.reason) : 0;
	if (count > 0) throw operationError(context, provider, problem, count);
	return sent;
}

/** Makes the provider retry a delivery that can be neither used nor dropped now. */
function deferDelivery(
	context: IWebhookFunctions,
	provider: Provider,
	problem: Problem,
	{ rejections }: ReportOptions,
): IWebhookResponseData {
	const sent = sendStatus(context, provider, 503);
	log(context, provider, problem, rejections);
	return sent;
}

function sendStatus(
	context: IWebhookFunctions,
	{ response: form }: Provider,
	status: keyof typeof NEUTRAL_BODIES,
): IWebhookResponseData {
	const sent = send(context, status, form ?? plainText(NEUTRAL_BODIES[status]));
	// When a webhook throws, n8n responds as well, which would fail and leave a stack trace in its log.
	const response = context.getResponseObject();
	response.json = () => response;
	return sent;
}

/** The only way to set a status in n8n: send the response, and tell n8n it's done. */
function send(
	context: IWebhookFunctions,
	status: number,
	{ contentType, body }: ResponseForm,
): IWebhookResponseData {
	context.getResponseObject().status(status).type(contentType).send(body);
	return { noWebhookResponse: true };
}

function plainText(body: string): ResponseForm {
	return { contentType: 'text/plain', body };
}

function log(
	context: IWebhookFunctions,
	provider: Provider,
	problem: Problem,
	rejections: RejectionCounter,
): void {
	const count = rejections.takeForLog(problem.reason);
	if (count > 0) context.logger.warn(logLine(context, provider, problem, count));
}

function operationError(
	context: IWebhookFunctions,
	provider: Provider,
	problem: Problem,
	count: number,
): NodeOperationError {
	const sentences = [
		problem.advice,
		...(problem.fate === undefined ? [] : [problem.fate]),
		...(count === 1
			? []
			: ['The number counts all since the last report: there is at most one per hour']),
	];
	return new NodeOperationError(
		context.getNode(),
		withoutMarkup(headline(provider, problem, count)),
		{ description: withoutMarkup(`${sentences.join('. ')}.`), level: 'warning' },
	);
}
