import { z } from 'zod';
import {
	bodyOf,
	startLoopbackServer,
	type LoopbackRequest,
	type LoopbackResponse,
	type LoopbackServer,
} from '../../../playground/loopback-server';

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

/** An answer that the API is made to give instead of its own. */
export interface Fault {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

export class Fake360dialog {
	/** One line for each request, in order: `POST /v1/configs/webhook 200 https://…`. */
	readonly log: string[] = [];

	/** The next answers, instead of the API's own. */
	readonly faults: Fault[] = [];

	/** What is set for the number. */
	webhook: { url: string; headers: Record<string, string> } | null = null;

	/** What a number without a webhook is answered with, which the documents do not say. */
	ifNone: Fault = { status: 200, body: {} };

	private server: LoopbackServer | null = null;

	static async start(): Promise<Fake360dialog> {
		const fake = new Fake360dialog();
		fake.server = await startLoopbackServer((request, response) => {
			void fake.handle(request, response);
		});
		return fake;
	}

	get baseUrl(): string {
		return this.server?.url ?? '';
	}

	async stop(): Promise<void> {
		await this.server?.stop();
	}

	private async handle(request: LoopbackRequest, response: LoopbackResponse): Promise<void> {
		const text = await bodyOf(request);
		const { status, body, headers } = this.faults.shift() ?? this.answer(request, text);
		const about = request.method === 'POST' ? (/https?:[^"]+/.exec(text)?.[0] ?? '') : '';
		this.log.push(`${request.method ?? ''} ${request.url ?? ''} ${status} ${about}`.trim());
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		response.end(body === undefined ? '' : JSON.stringify(body));
	}

	private answer(request: LoopbackRequest, text: string): Fault {
		if (request.headers['d360-api-key'] !== API_KEY) return refusal(401, 'Invalid api key');
		if (request.url !== PATH) return refusal(404, 'Not found');
		if (request.method === 'GET') {
			return this.webhook ? { status: 200, body: this.webhook } : this.ifNone;
		}
		if (request.method !== 'POST') return refusal(405, 'Method not allowed');
		const webhook = webhookSchema.safeParse(parsed(text));
		if (!webhook.success) return refusal(400, 'Invalid body');
		const { url, headers = {} } = webhook.data;
		if (!isAllowed(url)) return refusal(400, 'Invalid webhook url');
		if (Object.keys(headers).some((name) => name.includes('_'))) {
			return refusal(400, 'Invalid webhook header');
		}
		this.webhook = { url, headers };
		return { status: 200, body: this.webhook };
	}
}

function isAllowed(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname, port } = new URL(url);
	if (['127.0.0.1', 'localhost'].includes(hostname)) return true;
	return protocol === 'https:' && port === '' && !hostname.includes('_');
}

/** An error as the API writes it. */
function refusal(status: number, message: string): Fault {
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
