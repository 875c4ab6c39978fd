import { sleep } from 'n8n-workflow';
import {
	bodyOf,
	startLoopbackServer,
	type LoopbackRequest,
	type LoopbackServer,
} from './loopback-server';

/** What an API answers. */
export interface ApiAnswer {
	/** 200 unless given. */
	status?: number;
	/** Text and bytes go out as they are, nothing as an empty body, and all else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	/** What the log says of it. */
	about?: string;
	/** Whether the request never gets a response. */
	isSilent?: boolean;
}

/** A provider's API on loopback, of which its fake says what it answers. */
export abstract class FakeApiServer {
	/** One line for each request, in order: `POST /v1/webhook 200`. */
	readonly log: string[] = [];

	/** The next answers, which the API is made to give instead of its own. */
	readonly faults: ApiAnswer[] = [];

	/** What it answers to a request instead of the API's own answer, for as long as it is set; null for its own. */
	outage: ((request: LoopbackRequest) => ApiAnswer | null) | null = null;

	/** Whether it answers a write as if it were done, and keeps nothing of it. */
	forgetsWrites = false;

	/** How long a write takes, in milliseconds. It is done then, whether or not anyone still waits. */
	writesTakeMs = 0;

	private server: LoopbackServer | null = null;

	/** Starts it on a free port. */
	async start(): Promise<this> {
		this.server = await startLoopbackServer((request, response) => {
			void (async () => {
				const text = await bodyOf(request);
				if (isWrite(request) && this.writesTakeMs > 0) await sleep(this.writesTakeMs);
				const answer =
					this.faults.shift() ?? this.outage?.(request) ?? (await this.answer(request, text));
				const { status = 200, body = '', headers, about = '', isSilent = false } = answer;
				const { pathname } = new URL(request.url ?? '/', this.baseUrl);
				const noted = isSilent ? '(no response)' : status;
				this.log.push(`${request.method} ${pathname} ${noted} ${about}`.trim());
				if (isSilent) return;
				response.writeHead(status, { 'content-type': 'application/json', ...headers });
				const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
				response.end(isRaw ? body : JSON.stringify(body));
			})();
		});
		return this;
	}

	get baseUrl(): string {
		return this.server?.url ?? '';
	}

	async stop(): Promise<void> {
		await this.server?.stop();
	}

	/** The API's own answer to a request with this body. */
	protected abstract answer(request: LoopbackRequest, text: string): ApiAnswer | Promise<ApiAnswer>;
}

/** Whether a request changes something. */
export function isWrite({ method }: Pick<LoopbackRequest, 'method'>): boolean {
	return method !== 'GET';
}

/** An outage in which every request is redirected to another host. */
export function redirectingTo(baseUrl: string) {
	return ({ url = '' }: Pick<LoopbackRequest, 'url'>): ApiAnswer => ({
		status: 307,
		headers: { location: `${baseUrl}${url}` },
		about: baseUrl,
	});
}
