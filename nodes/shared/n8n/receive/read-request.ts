import type { IWebhookFunctions } from 'n8n-workflow';
import type { Delivery } from '../../core/verify/delivery';

/** n8n's request. Its type claims `rawBody` is always there, but it isn't. */
type WebhookRequest = Omit<ReturnType<IWebhookFunctions['getRequestObject']>, 'rawBody'> & {
	rawBody?: Buffer;
};

/** The request as the core sees it, or null if its bytes aren't available. */
export async function readRequest(context: IWebhookFunctions): Promise<Delivery | null> {
	const request = context.getRequestObject();
	const rawBody = await rawBodyOf(request);
	if (!rawBody) return null;
	const query = request.originalUrl.indexOf('?');
	return {
		rawBody,
		headers: context.getHeaderData(),
		url: (calledUrl(context) ?? '') + (query < 0 ? '' : request.originalUrl.slice(query)),
		receivedAt: Date.now(),
	};
}

/**
 * The bytes of a request as received (decompressed if gzipped), or null if they aren't available: n8n
 * parses multipart bodies itself, and a sender may hang up halfway.
 *
 * n8n reads the bytes beforehand only for content types it parses.
 */
export async function rawBodyOf(request: WebhookRequest): Promise<Buffer | null> {
	try {
		if (!request.rawBody) await request.readRawBody();
		return request.rawBody ?? null;
	} catch {
		return null;
	}
}

/**
 * The URL that was called. n8n takes its address from its settings, since a request behind a proxy doesn't
 * contain it.
 */
function calledUrl(context: IWebhookFunctions): string | undefined {
	// Older versions of n8n don't have getWebhookResourceUrl, and return the production URL in a test, too.
	const maybeOlder: Partial<IWebhookFunctions> = context;
	if (maybeOlder.getWebhookResourceUrl) return maybeOlder.getWebhookResourceUrl('default');
	const url = context.getNodeWebhookUrl('default');
	return context.getMode() === 'manual' ? url?.replace('/webhook/', '/webhook-test/') : url;
}
