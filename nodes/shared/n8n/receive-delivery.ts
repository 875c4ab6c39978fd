import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Delivery } from '../core/delivery';
import type { ClaimedIds } from '../core/ledger';
import type { Item } from '../core/item';
import type { Provider } from '../core/provider';
import { readDelivery } from '../core/read-delivery';
import { retentionOf } from '../core/retention';
import { outputCountOf } from '../core/events';
import { routeItems, selectItems } from '../core/select';
import { watchAnswer } from './answer';
import { answerHandshake } from './answer-handshake';
import { handshakeWebhook } from './handshake-webhook';
import { readCredential } from './credential';
import { nodeStateOf, type NodeState } from './node-state';
import { readParameters } from './parameters';
import { notAnObject, refusal, undecidedCopy } from './problem';
import { rawBodyOf } from './raw-body';
import { putOff, turnAway } from './turn-away';

/**
 * The `webhook()` of every node of this package: takes one request and answers it.
 *
 * - a handshake: 200 or 403;
 * - not authentic: 401;
 * - nobody can say whether it is, since n8n does not hand over the credential: 503, so that it comes again;
 * - authentic, but not a JSON object: 400;
 * - authentic, with nothing in it that is selected and new: 200 and no execution;
 * - a copy of a delivery that n8n has not decided on in time: 503, so that it comes again;
 * - else: 200 once n8n has accepted the execution, the items split by event.
 *
 * A test execution ignores nothing: whatever is authentic is shown.
 *
 * @throws NodeOperationError to show that a delivery was refused, after it was answered
 */
export async function receiveDelivery(
	context: IWebhookFunctions,
	provider: Provider,
): Promise<IWebhookResponseData> {
	if (context.getWebhookName() === handshakeWebhook.name) {
		return await answerHandshake(context, provider);
	}
	const rawBody = await rawBodyOf(context.getRequestObject());
	const credential = await readCredential(context, provider.credentialType);
	const result = rawBody
		? readDelivery(provider, deliveryOf(context, rawBody), credential.data)
		: ({ kind: 'refused', reason: 'bytes_missing' } as const);

	const { ledger, refusals } = nodeStateOf(context);
	const { selection, includeRaw, ignoreDuplicates, reportRefusals } = readParameters(context);
	const listeners = { refusals, reportRefusals };
	if (result.kind === 'refused') {
		const problem = refusal(provider, result.reason, credential);
		// As when n8n's database is away. After a 401 some providers send nothing again.
		const status = problem.reason === 'credential_unreadable' ? 503 : 401;
		return turnAway(context, provider, status, problem, listeners);
	}
	if (result.kind === 'not an object') {
		return turnAway(context, provider, 400, notAnObject(provider), listeners);
	}

	let { items } = result;
	if (context.getMode() !== 'manual') {
		items = selectItems(items, selection, Date.now());
		if (ignoreDuplicates && items.length > 0) {
			const { fresh, undecided } = await claim(context, provider, ledger, items);
			if (fresh.size === 0 && undecided.size > 0) {
				return putOff(context, provider, undecidedCopy(), refusals);
			}
			// Two of one id in the same delivery both stay: what is repeated is a delivery, not a part of one.
			items = items.filter(({ eventId }) => fresh.has(eventId));
		}
	}
	// An empty list of outputs would start an empty execution.
	if (items.length === 0) return nothingStarted(context, provider);

	if (!includeRaw) for (const item of items) delete item.raw;
	const outputs = routeItems(items, outputCountOf(provider.emits));
	return {
		workflowData: outputs.map((output) => output.map((item) => ({ json: item as IDataObject }))),
	};
}

/** 200 without an execution: n8n answers `{"message":"Webhook call received"}` unless told otherwise. */
function nothingStarted(
	context: IWebhookFunctions,
	{ emptyAnswer = false }: Provider,
): IWebhookResponseData {
	if (!emptyAnswer) return {};
	context.getResponseObject().status(200).end();
	return { noWebhookResponse: true };
}

/** The request as the core sees it. */
function deliveryOf(context: IWebhookFunctions, rawBody: Buffer): Delivery {
	const { originalUrl } = context.getRequestObject();
	const query = originalUrl.indexOf('?');
	return {
		rawBody,
		headers: context.getHeaderData(),
		url: (calledUrl(context) ?? '') + (query < 0 ? '' : originalUrl.slice(query)),
		receivedAt: Date.now(),
	};
}

/**
 * The URL that was called. n8n knows its address from its settings: behind a proxy a request does not
 * have it.
 */
function calledUrl(context: IWebhookFunctions): string | undefined {
	// Older n8n have no getWebhookResourceUrl, and name the production URL in a test too.
	const maybeOlder: Partial<IWebhookFunctions> = context;
	if (maybeOlder.getWebhookResourceUrl) return maybeOlder.getWebhookResourceUrl('default');
	const url = context.getNodeWebhookUrl('default');
	return context.getMode() === 'manual' ? url?.replace('/webhook/', '/webhook-test/') : url;
}

/** The longest that a copy waits for what becomes of the first, where the provider documents no limit. */
const LONGEST_WAIT_MS = 10_000;

/** The part of a provider's own limit that a copy may wait, so that its answer still arrives in time. */
const PART_OF_LIMIT = 0.8;

async function claim(
	context: IWebhookFunctions,
	{ answerTimeoutMs = Infinity }: Provider,
	ledger: NodeState['ledger'],
	items: readonly Item[],
): Promise<ClaimedIds> {
	return await ledger.claim(
		new Map(items.map((item) => [item.eventId, retentionOf(item)])),
		watchAnswer(context.getResponseObject()),
		Math.min(LONGEST_WAIT_MS, PART_OF_LIMIT * answerTimeoutMs),
	);
}
