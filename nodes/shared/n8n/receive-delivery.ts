import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { Ledger } from '../core/ledger';
import type { Item } from '../core/item';
import type { Provider } from '../core/provider';
import { readDelivery } from '../core/read-delivery';
import { routeItems, selectItems } from '../core/select';
import { answerThrough } from './answer';
import { notSelectedMessage, refusalMessage, unreadableMessage } from './messages';
import { readParameters } from './parameters';
import { rawBodyOf } from './raw-body';
import { readSecrets } from './secrets';

/** What each node of this process has accepted, by workflow and node id. */
const ledgers = new Map<string, Ledger>();

/**
 * The `webhook()` of every node of this package: takes one delivery and answers it.
 *
 * - not authentic: 401 and one warning in n8n's log;
 * - authentic, but not a JSON object: 400 and one warning;
 * - authentic, with nothing in it that is selected and new: 200 and no execution (and, while the
 *   workflow is being tested, the reason);
 * - else: 200 once n8n has taken the execution over, the items split by event.
 *
 * Never throws for what a sender can put in a request.
 *
 * @param credentialType the name of the node's credential type
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

	if (reading.kind === 'refused') {
		context.logger.warn(refusalMessage(context, provider, reading.reason, secrets));
		return answerWith(context, 401, 'Unauthorized');
	}
	if (reading.kind === 'unreadable') {
		context.logger.warn(unreadableMessage(context, provider));
		return answerWith(context, 400, 'Bad Request');
	}

	const { selection, includeRaw, ignoreDuplicates } = readParameters(context);
	const selected = selectItems(reading.items, selection, Date.now());
	if (selected.length === 0 && context.getMode() === 'manual') {
		// Whoever is testing waits for something to appear: here the provider's sample, or n8n's log, says
		// why nothing does.
		const message = notSelectedMessage(context, provider, reading.items);
		context.logger.warn(message);
		return { webhookResponse: { message } };
	}
	// While a user tests a workflow the same sample has to start it again and again.
	const isRemembered = ignoreDuplicates && context.getMode() !== 'manual';
	const items = isRemembered ? await withoutDuplicates(context, selected) : selected;
	// An empty list of outputs would start an empty execution.
	if (items.length === 0) return {};

	if (!includeRaw) for (const item of items) delete item.raw;
	const outputs = routeItems(items, provider.events.length);
	return {
		workflowData: outputs.map((output) => output.map((item) => ({ json: item as IDataObject }))),
	};
}

async function withoutDuplicates(context: IWebhookFunctions, items: Item[]): Promise<Item[]> {
	if (items.length === 0) return items;
	const fresh = await ledgerOf(context).claim(
		items.map(({ eventId }) => eventId),
		answerThrough(context.getResponseObject()),
	);
	// Two of one id in the same delivery both stay: what is repeated is a delivery, not a part of one.
	return items.filter(({ eventId }) => fresh.has(eventId));
}

function ledgerOf(context: IWebhookFunctions): Ledger {
	const key = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	let ledger = ledgers.get(key);
	if (!ledger) {
		ledger = new Ledger();
		ledgers.set(key, ledger);
	}
	return ledger;
}

/** The only way to set a status in n8n: answer, and tell n8n that it is done. */
function answerWith(
	context: IWebhookFunctions,
	status: number,
	text: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).type('text/plain').send(text);
	return { noWebhookResponse: true };
}
