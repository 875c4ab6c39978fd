import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { ClaimedIds } from '../core/ledger';
import type { Item } from '../core/item';
import type { Provider } from '../core/provider';
import { readDelivery } from '../core/read-delivery';
import { retentionOf } from '../core/retention';
import { routeItems, selectItems } from '../core/select';
import { watchAnswer } from './answer';
import { nodeStateOf, type NodeState } from './node-state';
import { readParameters } from './parameters';
import { notAnObject, refusal, undecidedCopy } from './problem';
import { rawBodyOf } from './raw-body';
import { readSecrets } from './secrets';
import { putOff, turnAway } from './turn-away';

/**
 * The `webhook()` of every node of this package: takes one delivery and answers it.
 *
 * - not authentic: 401;
 * - authentic, but not a JSON object: 400;
 * - authentic, with nothing in it that is selected and new: 200 and no execution;
 * - a copy of a delivery that n8n has not decided on in time: 503, so that it comes again;
 * - else: 200 once n8n has accepted the execution, the items split by event.
 *
 * A test execution ignores nothing: whatever is authentic is shown.
 *
 * @param credentialType the name of the node's credential type
 * @throws NodeOperationError to show that a delivery was refused, after it was answered
 */
export async function receiveDelivery(
	context: IWebhookFunctions,
	provider: Provider,
	credentialType: string,
): Promise<IWebhookResponseData> {
	const rawBody = await rawBodyOf(context.getRequestObject());
	const secrets = await readSecrets(context, credentialType);
	const reading = rawBody
		? readDelivery(provider, { rawBody, headers: context.getHeaderData() }, secrets)
		: ({ kind: 'refused', reason: 'body_unreadable' } as const);

	const { ledger, refusals } = nodeStateOf(context);
	const { selection, includeRaw, ignoreDuplicates, reportRefusals } = readParameters(context);
	const listeners = { refusals, reportRefusals };
	if (reading.kind === 'refused') {
		const problem = refusal(provider, reading.reason, secrets);
		return turnAway(context, provider, 401, problem, listeners);
	}
	if (reading.kind === 'unreadable') {
		return turnAway(context, provider, 400, notAnObject(provider), listeners);
	}

	let { items } = reading;
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
	if (items.length === 0) return {};

	if (!includeRaw) for (const item of items) delete item.raw;
	const outputs = routeItems(items, provider.events.length);
	return {
		workflowData: outputs.map((output) => output.map((item) => ({ json: item as IDataObject }))),
	};
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
