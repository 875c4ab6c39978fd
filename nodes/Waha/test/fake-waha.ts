import { z } from 'zod';
import { FakeApiServer, type ApiAnswer } from '../../../playground/fake-api-server';
import type { LoopbackRequest } from '../../../playground/loopback-server';

/**
 * WAHA's sessions on loopback, as strict as its documents: an API key in `X-Api-Key`, and
 * `PUT /api/sessions/{session}`, which replaces the whole configuration, takes known fields and events
 * only, and restarts a session that runs.
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

export class FakeWaha extends FakeApiServer {
	/** The configuration of each session, undefined for one that was created without. */
	readonly sessions = new Map<string, FakeConfig | undefined>([['default', undefined]]);

	/** How often a session was restarted for a new configuration. */
	restarts = 0;

	constructor(private readonly apiKey: string) {
		super();
	}

	protected answer(request: LoopbackRequest, text: string): ApiAnswer {
		if (request.headers['x-api-key'] !== this.apiKey) return refusal(401, 'Unauthorized');
		if (request.method === 'GET' && request.url === '/api/sessions') {
			return { status: 200, body: [...this.sessions.keys()].map((name) => this.shown(name)) };
		}
		const name = /^\/api\/sessions\/([^/?]+)$/.exec(request.url ?? '')?.[1];
		if (name === undefined) return refusal(404, `Cannot ${request.method} ${request.url}`);
		const session = decodeURIComponent(name);
		if (!this.sessions.has(session)) return refusal(404, 'Session not found');
		switch (request.method) {
			case 'GET':
				return { status: 200, body: this.shown(session) };
			case 'PUT':
				return this.update(session, text);
			default:
				return refusal(404, `Cannot ${request.method} ${request.url}`);
		}
	}

	private update(session: string, text: string): ApiAnswer {
		const request = z
			.object({ config: configSchema.optional() })
			.strict()
			.safeParse(JSON.parse(text));
		if (!request.success) {
			return refusal(
				400,
				request.error.issues.map(({ message }) => message),
			);
		}
		const { config } = request.data;
		const unknown = config?.webhooks
			?.flatMap(({ events }) => events)
			.find((event) => !EVENTS.includes(event));
		if (unknown !== undefined) {
			return refusal(400, ['each value in events must be one of the following values: message']);
		}
		this.sessions.set(session, config);
		this.restarts++;
		return { status: 200, body: this.shown(session) };
	}

	private shown(name: string) {
		const config = this.sessions.get(name);
		return { name, status: 'WORKING', ...(config ? { config } : {}), engine: { engine: 'NOWEB' } };
	}
}

function refusal(statusCode: number, message: string | string[]) {
	return { status: statusCode, body: { statusCode, message, error: 'Refused' } };
}
