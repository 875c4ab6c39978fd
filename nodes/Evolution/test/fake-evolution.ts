import { randomUUID } from 'crypto';
import { z } from 'zod';
import { FakeApiServer, type FakeResponse } from '../../../test/kit/fake-api-server';
import type { LoopbackRequest } from '../../../test/kit/loopback-server';

/**
 * Evolution API's webhook of an instance on loopback, as version 2.3 has it: `POST /webhook/set/{instance}`
 * and `GET /webhook/find/{instance}` with the key in `apikey`, known fields and events only, one webhook for
 * each instance, which is `null` until it is set and can be switched off but not deleted; no events mean
 * all of them. `GET /instance/fetchInstances` shows each instance with its key in clear; that key opens its
 * own instance only.
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

export class FakeEvolution extends FakeApiServer {
	/** The webhook of each instance, null where none was set. */
	readonly instances = new Map<string, FakeWebhook | null>([['shop', null]]);

	/** The state of each instance, open unless given, and the number that it is linked to. */
	readonly links = new Map<string, { state: 'open' | 'close' | 'connecting'; ownerJid?: string }>();

	/** Whether it is older than the headers of webhooks, which it then drops. */
	dropsHeaders = false;

	/** Whether it writes a URL in its own way: the host in lowercase, no default port. */
	rewritesUrls = false;

	constructor(private readonly apiKey: string) {
		super();
	}

	protected respond(request: LoopbackRequest, text: string): FakeResponse {
		const { apikey } = request.headers;
		const opened = [...this.instances.keys()].filter(
			(name) => apikey === this.apiKey || apikey === instanceKey(name),
		);
		if (apikey !== this.apiKey && opened.length === 0)
			return rejection(401, 'Unauthorized', 'Unauthorized');
		const { method, url = '' } = request;
		if (method === 'GET' && url === '/instance/fetchInstances') {
			return { status: 200, body: opened.map((name) => this.shown(name)) };
		}
		const [, what, name = ''] = /^\/webhook\/(find|set)\/([^/?]+)$/.exec(url) ?? [];
		const instance = decodeURIComponent(name);
		const isKnown = (what === 'find' && method === 'GET') || (what === 'set' && method === 'POST');
		if (!isKnown) return rejection(404, 'Not Found', [`Cannot ${method} ${url}`]);
		const webhook = this.instances.get(instance);
		if (webhook === undefined) {
			return rejection(404, 'Not Found', [`The "${instance}" instance does not exist`]);
		}
		if (!opened.includes(instance)) return rejection(401, 'Unauthorized', 'Unauthorized');
		return what === 'find' ? { status: 200, body: webhook } : this.set(instance, text);
	}

	/** An instance with everything that the API shows of it. */
	private shown(name: string) {
		const { state, ownerJid = null } = this.links.get(name) ?? { state: 'open' };
		return {
			id: randomUUID(),
			name,
			connectionStatus: state,
			ownerJid,
			profileName: ownerJid && 'The shop',
			profilePicUrl: null,
			integration: 'WHATSAPP-BAILEYS',
			number: null,
			businessId: null,
			token: instanceKey(name),
			clientName: 'evolution_exchange',
			createdAt: '2026-01-05T10:00:00.000Z',
			updatedAt: '2026-01-05T10:00:00.000Z',
			Setting: { rejectCall: false, groupsIgnore: false },
			_count: { Message: 12, Contact: 3, Chat: 2 },
		};
	}

	private set(instance: string, text: string): FakeResponse {
		const request = requestSchema.safeParse(JSON.parse(text));
		if (!request.success) {
			return rejection(400, 'Bad Request', [request.error.issues.map(({ message }) => message)]);
		}
		const { enabled, url, headers, events, byEvents, base64 } = request.data.webhook;
		if (events.some((event) => !EVENTS.includes(event))) {
			return rejection(400, 'Bad Request', [['webhook.events[0] is not one of enum values']]);
		}
		const webhook = {
			id: randomUUID(),
			url: this.rewritesUrls ? new URL(url).href : url,
			headers: this.dropsHeaders ? null : (headers ?? null),
			enabled,
			events: enabled ? (events.length > 0 ? events : EVENTS) : [],
			webhookByEvents: byEvents ?? false,
			webhookBase64: base64 ?? false,
		};
		if (!this.forgetsWrites) this.instances.set(instance, webhook);
		return { status: 201, body: webhook };
	}
}

/** The key that opens an instance and nothing else. */
export function instanceKey(name: string): string {
	return `key-of-instance-${name}`;
}

export function rejection(status: number, error: string, message: unknown) {
	return { status, body: { status, error, response: { message } } };
}
