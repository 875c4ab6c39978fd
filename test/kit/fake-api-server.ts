import { sleep } from 'n8n-workflow';
import {
	bodyOf,
	startLoopbackServer,
	type LoopbackRequest,
	type LoopbackServer,
} from './loopback-server';

/** A response of the fake API. */
export interface FakeResponse {
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

/** A provider's API on loopback, whose responses its fake decides. */
export abstract class FakeApiServer {
	/** One line for each request, in order: `POST /v1/webhook 200`. */
	readonly log: string[] = [];

	/** The next responses, which replace those of the API. */
	readonly faults: FakeResponse[] = [];

	/** Replaces the response to a request for as long as it is set; null leaves it to the API. */
	outage: ((request: LoopbackRequest) => FakeResponse | null) | null = null;

	/** Whether it responds to a write as if it were done, and keeps nothing of it. */
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
				const fakeResponse =
					this.faults.shift() ?? this.outage?.(request) ?? (await this.respond(request, text));
				const { status = 200, body = '', headers, about = '', isSilent = false } = fakeResponse;
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

	/** The API's response to a request with this body. */
	protected abstract respond(
		request: LoopbackRequest,
		text: string,
	): FakeResponse | Promise<FakeResponse>;
}

/** Whether a request changes something. */
export function isWrite({ method }: Pick<LoopbackRequest, 'method'>): boolean {
	return method !== 'GET';
}

/** An outage in which every request is redirected to another host. */
export function redirectingTo(baseUrl: string) {
	return ({ url = '' }: Pick<LoopbackRequest, 'url'>): FakeResponse => ({
		status: 307,
		headers: { location: `${baseUrl}${url}` },
		about: baseUrl,
	});
}
