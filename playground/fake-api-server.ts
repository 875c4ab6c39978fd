import {
	bodyOf,
	startLoopbackServer,
	type LoopbackRequest,
	type LoopbackServer,
} from './loopback-server';

/** What an API answers. */
export interface ApiAnswer {
	status: number;
	/** Text goes out as it is, nothing as an empty body, and all else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	/** What the log says of it. */
	about?: string;
}

/** A provider's API on loopback, of which its fake says what it answers. */
export abstract class FakeApiServer {
	/** One line for each request, in order: `POST /v1/webhook 200`. */
	readonly log: string[] = [];

	/** The next answers, which the API is made to give instead of its own. */
	readonly faults: ApiAnswer[] = [];

	private server: LoopbackServer | null = null;

	/** Starts it on a free port. */
	async start(): Promise<this> {
		this.server = await startLoopbackServer((request, response) => {
			void (async () => {
				const text = await bodyOf(request);
				const answer = this.faults.shift() ?? (await this.answer(request, text));
				const { status, body = '', headers, about = '' } = answer;
				const { pathname } = new URL(request.url ?? '/', this.baseUrl);
				this.log.push(`${request.method} ${pathname} ${status} ${about}`.trim());
				response.writeHead(status, { 'content-type': 'application/json', ...headers });
				response.end(typeof body === 'string' ? body : JSON.stringify(body));
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
