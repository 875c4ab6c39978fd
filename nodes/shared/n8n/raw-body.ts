import type { IWebhookFunctions } from 'n8n-workflow';

/** n8n's request; its type says that `rawBody` is always there, and it is not. */
type WebhookRequest = Omit<ReturnType<IWebhookFunctions['getRequestObject']>, 'rawBody'> & {
	rawBody?: Buffer;
};

/**
 * The bytes of a request as they were received (a gzip encoding undone), or null when they cannot be
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
