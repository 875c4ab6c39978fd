import type { IWebhookFunctions } from 'n8n-workflow';
import type { Delivery } from '../../core/verify/delivery';

/** n8n's request; its type says that `rawBody` is always there, and it isn't. */
type WebhookRequest = Omit<ReturnType<IWebhookFunctions['getRequestObject']>, 'rawBody'> & {
	rawBody?: Buffer;
};

/** The request as the core sees it, or null when its bytes can't be had. */
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
 * The bytes of a request as they were received (a gzip encoding undone), or null when they can't be
 * had: n8n takes multipart bodies apart itself, and a sender may hang up half-way.
 *
 * n8n reads the bytes beforehand only for the content types that it parses.
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
 * The URL that was called. n8n knows its address from its settings: behind a proxy a request doesn't
 * have it.
 */
function calledUrl(context: IWebhookFunctions): string | undefined {
	// Older n8n have no getWebhookResourceUrl, and name the production URL in a test too.
	const maybeOlder: Partial<IWebhookFunctions> = context;
	if (maybeOlder.getWebhookResourceUrl) return maybeOlder.getWebhookResourceUrl('default');
	const url = context.getNodeWebhookUrl('default');
	return context.getMode() === 'manual' ? url?.replace('/webhook/', '/webhook-test/') : url;
}
