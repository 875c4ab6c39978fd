import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCACertificate, getLocal, type Mockttp } from 'mockttp';

/** A request that left n8n for a service. */
export interface OutgoingRequest {
	method: string;
	/** Host and path, without the query. */
	url: string;
	query: Record<string, string>;
	/** Empty when there was none. */
	authorization: string;
	body: unknown;
}

export interface ServiceResponse {
	status: number;
	json: unknown;
}

/** A service on the internet, by its host, that responds as its documents say. */
export interface Service {
	host: string;
	respond(request: OutgoingRequest & { path: string }): ServiceResponse;
}

/**
 * Catches what n8n sends out. n8n takes it for its HTTPS proxy and trusts its certificates; so the
 * nodes ask the services' real addresses, and nothing leaves this machine.
 */
export class Outgoing {
	private readonly requests: OutgoingRequest[] = [];

	private constructor(
		private readonly proxy: Mockttp,
		private readonly folder: string,
		private readonly certificate: string,
	) {}

	static async start(services: readonly Service[]): Promise<Outgoing> {
		const authority = await generateCACertificate();
		const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-authority-'));
		const certificate = join(folder, 'ca.pem');
		writeFileSync(certificate, authority.cert);
		const proxy = getLocal({ https: authority });
		await proxy.start();
		const outgoing = new Outgoing(proxy, folder, certificate);

		await proxy.forAnyRequest().thenCallback(async ({ method, url, headers, body }) => {
			const { host, pathname, searchParams } = new URL(url);
			const request = {
				method,
				url: `${host}${pathname}`,
				query: Object.fromEntries(searchParams),
				authorization: [headers.authorization].flat().join(),
				body: parse(await body.getText()),
			};
			const service = services.find((candidate) => candidate.host === host);
			// n8n's own hosts, or a mistake in a workflow, which fails by it.
			if (!service) return { statusCode: 503 };
			outgoing.requests.push(request);
			const { status, json } = service.respond({ ...request, path: pathname });
			return { statusCode: status, json };
		});
		return outgoing;
	}

	/** The settings with which n8n sends its requests here. */
	get environment(): Record<string, string> {
		const url = `http://127.0.0.1:${this.proxy.port}`;
		return {
			HTTP_PROXY: url,
			HTTPS_PROXY: url,
			NO_PROXY: 'localhost,127.0.0.1',
			NODE_EXTRA_CA_CERTS: this.certificate,
		};
	}

	/** The requests since the last look. */
	take(): OutgoingRequest[] {
		return this.requests.splice(0);
	}

	async stop(): Promise<void> {
		await this.proxy.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

function parse(text: string | undefined): unknown {
	if (!text) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
