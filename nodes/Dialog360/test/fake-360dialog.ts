import { z } from 'zod';
import { FakeApiServer, type FakeResponse } from '../../../test/kit/fake-api-server';
import type { LoopbackRequest } from '../../../test/kit/loopback-server';

/**
 * The webhook of a number at 360dialog's Messaging API on loopback, as strict as its documents:
 * `/v1/configs/webhook` with a `D360-API-KEY`, GET and POST only, a URL and headers and nothing else, no
 * port and no underscore in the host. One exception: addresses of this machine may have both.
 */

export const API_KEY = 'd360-playground';

const PATH = '/v1/configs/webhook';

const webhookSchema = z
	.object({ url: z.string(), headers: z.record(z.string(), z.string()).optional() })
	.strict();

export class Fake360dialog extends FakeApiServer {
	/** What is set for the number. */
	webhook: { url: string; headers: Record<string, string> } | null = null;

	/** Whether it writes a URL in its own way: the host in lowercase, no default port. */
	rewritesUrls = false;

	/** What a number without a webhook is answered with, which the documents do not say. */
	ifNone: FakeResponse = { status: 200, body: {} };

	protected respond(request: LoopbackRequest, text: string): FakeResponse {
		if (request.headers['d360-api-key'] !== API_KEY) return rejection(401, 'Invalid api key');
		if (request.url !== PATH) return rejection(404, 'Not found');
		if (request.method === 'GET') {
			return this.webhook ? { status: 200, body: this.webhook } : this.ifNone;
		}
		if (request.method !== 'POST') return rejection(405, 'Method not allowed');
		const change = webhookSchema.safeParse(parsed(text));
		if (!change.success) return rejection(400, 'Invalid body');
		const { url, headers = {} } = change.data;
		if (!isAllowed(url)) return rejection(400, 'Invalid webhook url');
		if (Object.keys(headers).some((name) => name.includes('_'))) {
			return rejection(400, 'Invalid webhook header');
		}
		const webhook = { url: this.rewritesUrls ? new URL(url).href : url, headers };
		if (!this.forgetsWrites) this.webhook = webhook;
		return { status: 200, body: webhook, about: url };
	}
}

function isAllowed(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname, port } = new URL(url);
	if (['127.0.0.1', 'localhost'].includes(hostname)) return true;
	return protocol === 'https:' && port === '' && !hostname.includes('_');
}

/** An error as the API writes it. */
export function rejection(status: number, message: string): FakeResponse {
	return {
		status,
		body: { meta: { success: false, http_code: status, developer_message: message } },
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}
