import { randomUUID } from 'crypto';
import { z } from 'zod';
import {
	bodyOf,
	startLoopbackServer,
	type LoopbackRequest,
	type LoopbackResponse,
	type LoopbackServer,
} from '../../../playground/loopback-server';

/**
 * Evolution API's webhook of an instance on loopback, as version 2.3 has it: `POST /webhook/set/{instance}`
 * and `GET /webhook/find/{instance}` with the key in `apikey`, known fields and events only, one webhook for
 * each instance, which is `null` until it is set and can be switched off but not deleted; no events mean
 * all of them.
 */

const EVENTS = [
	...['APPLICATION_STARTUP', 'QRCODE_UPDATED', 'MESSAGES_SET', 'MESSAGES_UPSERT'],
	...['MESSAGES_EDITED', 'MESSAGES_UPDATE', 'MESSAGES_DELETE', 'SEND_MESSAGE'],
	...['SEND_MESSAGE_UPDATE', 'CONTACTS_SET', 'CONTACTS_UPSERT', 'CONTACTS_UPDATE'],
	...['PRESENCE_UPDATE', 'CHATS_SET', 'CHATS_UPSERT', 'CHATS_UPDATE', 'CHATS_DELETE'],
	...['GROUPS_UPSERT', 'GROUP_UPDATE', 'GROUP_PARTICIPANTS_UPDATE', 'CONNECTION_UPDATE'],
	...['LABELS_EDIT', 'LABELS_ASSOCIATION', 'CALL', 'TYPEBOT_START', 'TYPEBOT_CHANGE_STATUS'],
	...['REMOVE_INSTANCE', 'LOGOUT_INSTANCE', 'INSTANCE_CREATE', 'INSTANCE_DELETE'],
	'STATUS_INSTANCE',
];

const requestSchema = z
	.object({
		webhook: z
			.object({
				enabled: z.boolean(),
				url: z.string().min(1),
				headers: z.record(z.string(), z.string()).optional(),
				byEvents: z.boolean().optional(),
				base64: z.boolean().optional(),
				events: z.array(z.string()),
			})
			.strict(),
	})
	.strict();

/** A webhook as the API shows it. */
export interface FakeWebhook {
	id: string;
	url: string;
	headers: Record<string, string> | null;
	enabled: boolean;
	events: string[];
	webhookByEvents: boolean;
	webhookBase64: boolean;
}

/** An answer that the API is made to give instead of its own. */
export interface Fault {
	status: number;
	headers?: Record<string, string>;
	body?: string;
}

export class FakeEvolution {
	/** One line for each request, in order: `POST /webhook/set/shop 201`. */
	readonly log: string[] = [];

	/** The next answers, instead of the API's own. */
	readonly faults: Fault[] = [];

	/** The webhook of each instance, null where none was set. */
	readonly instances = new Map<string, FakeWebhook | null>([['shop', null]]);

	private server!: LoopbackServer;

	private constructor(private readonly apiKey: string) {}

	static async start(apiKey: string): Promise<FakeEvolution> {
		const evolution = new FakeEvolution(apiKey);
		evolution.server = await startLoopbackServer((request, response) => {
			void evolution.handle(request, response);
		});
		return evolution;
	}

	get baseUrl(): string {
		return this.server.url;
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}

	private async handle(request: LoopbackRequest, response: LoopbackResponse): Promise<void> {
		const text = await bodyOf(request);
		const fault = this.faults.shift();
		const { status, body } = fault
			? { status: fault.status, body: fault.body ?? '' }
			: this.answer(request, text);
		this.log.push(`${request.method ?? ''} ${request.url ?? ''} ${status}`);
		response.writeHead(status, { 'content-type': 'application/json', ...fault?.headers });
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	}

	private answer(request: LoopbackRequest, text: string): { status: number; body: unknown } {
		if (request.headers.apikey !== this.apiKey) return refusal(401, 'Unauthorized', 'Unauthorized');
		const { method, url = '' } = request;
		if (method === 'GET' && url === '/instance/fetchInstances') {
			return { status: 200, body: [...this.instances.keys()].map((name) => ({ name })) };
		}
		const [, what, name = ''] = /^\/webhook\/(find|set)\/([^/?]+)$/.exec(url) ?? [];
		const instance = decodeURIComponent(name);
		const isKnown = (what === 'find' && method === 'GET') || (what === 'set' && method === 'POST');
		if (!isKnown) return refusal(404, 'Not Found', [`Cannot ${method} ${url}`]);
		const webhook = this.instances.get(instance);
		if (webhook === undefined) {
			return refusal(404, 'Not Found', [`The "${instance}" instance does not exist`]);
		}
		return what === 'find' ? { status: 200, body: webhook } : this.set(instance, text);
	}

	private set(instance: string, text: string): { status: number; body: unknown } {
		const request = requestSchema.safeParse(JSON.parse(text));
		if (!request.success) {
			return refusal(400, 'Bad Request', [request.error.issues.map(({ message }) => message)]);
		}
		const { enabled, url, headers, events, byEvents, base64 } = request.data.webhook;
		if (events.some((event) => !EVENTS.includes(event))) {
			return refusal(400, 'Bad Request', [['webhook.events[0] is not one of enum values']]);
		}
		const webhook = {
			id: randomUUID(),
			url,
			headers: headers ?? null,
			enabled,
			events: enabled ? (events.length > 0 ? events : EVENTS) : [],
			webhookByEvents: byEvents ?? false,
			webhookBase64: base64 ?? false,
		};
		this.instances.set(instance, webhook);
		return { status: 201, body: webhook };
	}
}

function refusal(status: number, error: string, message: unknown) {
	return { status, body: { status, error, response: { message } } };
}
