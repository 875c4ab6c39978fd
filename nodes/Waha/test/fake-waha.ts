import { z } from 'zod';
import { FakeApiServer, type FakeResponse } from '../../../test/kit/fake-api-server';
import type { LoopbackRequest } from '../../../test/kit/loopback-server';

/**
 * WAHA's sessions on loopback, as strict as its documents: an API key in `X-Api-Key`, which may be for one
 * session only, `GET /api/sessions`, which leaves out stopped sessions unless it is asked for all, and
 * `PUT /api/sessions/{session}`, which replaces the whole configuration, takes known fields and events
 * only, and restarts a session that runs. Faults are worded as WAHA words them.
 */

const EVENTS = [
	...['session.status', 'message', 'message.any', 'message.reaction', 'message.ack'],
	...['message.ack.group', 'message.waiting', 'message.edited', 'message.revoked', 'chat.archive'],
	...['group.v2.join', 'group.v2.leave', 'group.v2.participants', 'group.v2.update'],
	...[
		'presence.update',
		'poll.vote',
		'poll.vote.failed',
		'event.response',
		'event.response.failed',
	],
	...['label.upsert', 'label.deleted', 'label.chat.added', 'label.chat.deleted'],
	...['call.received', 'call.accepted', 'call.rejected', 'engine.event', 'state.change'],
];

const webhookSchema = z
	.object({
		url: z.string().url(),
		events: z.array(z.string()),
		hmac: z.object({ key: z.string().nullish() }).strict().nullish(),
		retries: z
			.object({
				policy: z.enum(['constant', 'linear', 'exponential']).nullish(),
				delaySeconds: z.number().nullish(),
				attempts: z.number().nullish(),
			})
			.strict()
			.nullish(),
		customHeaders: z.array(z.object({ name: z.string(), value: z.string() }).strict()).nullish(),
	})
	.strict();

const configSchema = z
	.object({
		webhooks: z.array(webhookSchema).nullish(),
		metadata: z.record(z.string(), z.string()).nullish(),
		proxy: z.record(z.string(), z.unknown()).nullish(),
		client: z.record(z.string(), z.unknown()).nullish(),
		ignore: z.record(z.string(), z.unknown()).nullish(),
		noweb: z.record(z.string(), z.unknown()).nullish(),
		debug: z.boolean().nullish(),
	})
	.strict();

export type FakeConfig = z.infer<typeof configSchema>;

export type FakeWebhook = z.infer<typeof webhookSchema>;

/** What WAHA shows of a session beside its configuration ("Sessions"); `me` is null until it is linked. */
export interface FakeState {
	status: 'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'PASSKEY_REQUIRED' | 'WORKING' | 'FAILED';
	me?: { id: string; lid?: string; pushName?: string } | null;
}

export class FakeWaha extends FakeApiServer {
	/** The configuration of each session, undefined for one that was created without. */
	readonly sessions = new Map<string, FakeConfig | undefined>([['default', undefined]]);

	/** Sessions that aren't linked and working, and who is linked to those that are. */
	readonly states = new Map<string, FakeState>();

	/** Keys that are for one session only, and its name. */
	readonly sessionKeys = new Map<string, string>();

	/** How often a session was restarted for a new configuration. */
	restarts = 0;

	/** Whether it is WAHA Core, which has one session only, default. */
	isCore = false;

	/** The events that it knows; an older WAHA knows fewer. */
	knownEvents: readonly string[] = EVENTS;

	/** What it does to a webhook that is written, such as dropping its HMAC key. */
	storesAs: (webhook: FakeWebhook) => FakeWebhook = (webhook) => webhook;

	/** @param apiKey the key that it accepts; null for a WAHA without a key, which accepts anything */
	constructor(private readonly apiKey: string | null) {
		super();
	}

	protected respond(request: LoopbackRequest, text: string): FakeResponse {
		const key = String(request.headers['x-api-key']);
		const onlyFor = this.sessionKeys.get(key);
		if (this.apiKey !== null && key !== this.apiKey && onlyFor === undefined) {
			return rejection(401, 'Unauthorized');
		}
		const { pathname, searchParams } = new URL(request.url ?? '/', this.baseUrl);
		if (request.method === 'GET' && pathname === '/api/sessions') {
			if (onlyFor !== undefined) return rejection(403, 'Forbidden resource');
			return { status: 200, body: this.list(searchParams.get('all') === 'true') };
		}
		const name = /^\/api\/sessions\/([^/?]+)$/.exec(request.url ?? '')?.[1];
		if (name === undefined) return rejection(404, `Cannot ${request.method} ${request.url}`);
		const session = decodeURIComponent(name);
		if (onlyFor !== undefined && onlyFor !== session) return rejection(403, 'Forbidden resource');
		if (this.isCore && session !== 'default') return rejection(422, onlyDefault(session));
		if (!this.sessions.has(session)) return rejection(404, 'Session not found');
		switch (request.method) {
			case 'GET':
				return { status: 200, body: this.shown(session) };
			case 'PUT':
				return this.update(session, text);
			default:
				return rejection(404, `Cannot ${request.method} ${request.url}`);
		}
	}

	private list(areAll: boolean): unknown[] {
		const shown = [...this.sessions.keys()].map((name) => this.shown(name));
		return areAll ? shown : shown.filter(({ status }) => status !== 'STOPPED');
	}

	private update(session: string, text: string): FakeResponse {
		const request = z
			.object({ config: configSchema.optional() })
			.strict()
			.safeParse(JSON.parse(text));
		if (!request.success) {
			return rejection(
				400,
				request.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
			);
		}
		const webhooks = request.data.config?.webhooks ?? [];
		const position = webhooks.findIndex(({ events }) =>
			events.some((event) => !this.knownEvents.includes(event)),
		);
		if (position >= 0) {
			const known = this.knownEvents.join(', ');
			return rejection(400, [
				`config.webhooks.${position}.each value in events must be one of the following values: ${known}`,
			]);
		}
		this.restarts++;
		const { config } = request.data;
		const stored = config && {
			...config,
			...(config.webhooks ? { webhooks: config.webhooks.map(this.storesAs) } : {}),
		};
		const shown = this.shown(session, stored);
		if (!this.forgetsWrites) this.sessions.set(session, stored);
		return { status: 200, body: shown };
	}

	private shown(name: string, config = this.sessions.get(name)) {
		const { status, me } = this.states.get(name) ?? { status: 'WORKING' };
		return {
			name,
			status,
			...(config ? { config } : {}),
			...(me === undefined ? {} : { me }),
			engine: { engine: 'NOWEB' },
		};
	}
}

/** A fault as WAHA writes it; `message` is a list where the request itself is at fault. */
export function errorBody(statusCode: number, message: string | string[]) {
	return { statusCode, message, error: NAMES[statusCode] ?? 'Error' };
}

const NAMES: Record<number, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	422: 'Unprocessable Entity',
};

function rejection(status: number, message: string | string[]): FakeResponse {
	return { status, body: errorBody(status, message) };
}

const onlyDefault = (session: string) =>
	`WAHA Core support only 'default' session. You tried to access '${session}' session (base64: ${Buffer.from(session).toString('base64')}). If you want to run more then one WhatsApp account - please get WAHA PLUS version. Check this out: https://waha.devlike.pro/`;
