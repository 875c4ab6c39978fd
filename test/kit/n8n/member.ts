import { startN8n, type N8nOptions, type N8nServer } from './server';

/** One n8n process. It keeps its address and its folder over a restart. */
export class Member {
	private server: N8nServer | undefined;

	constructor(protected readonly options: N8nOptions) {}

	get url(): string {
		return `http://127.0.0.1:${this.options.port}`;
	}

	get pid(): number {
		return this.server?.pid ?? NaN;
	}

	async start(): Promise<void> {
		this.server = await startN8n(this.options);
	}

	async stop(): Promise<void> {
		await this.server?.stop();
	}

	/** Ends it with SIGKILL. */
	async kill(): Promise<void> {
		await this.server?.kill();
	}

	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	/** What it has logged since its last start. */
	log(): string {
		return this.server?.log() ?? '';
	}
}
