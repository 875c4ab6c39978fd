import type { OutgoingRequest, Service, ServiceResponse } from './outgoing';

/**
 * Slack's Web API, as far as the examples and the test of n8n's credential use it (Slack API docs,
 * chat.postMessage and users.profile.get): it answers 200 to everything it understands and says in
 * `ok` and `error` whether it did it.
 */
export class FakeSlack implements Service {
	readonly host = 'slack.com';

	private readonly messages: { channel: string; text: string }[] = [];

	/** Errors for the next requests, instead of an answer. */
	readonly errors: string[] = [];

	private rejected: { text: string; error: string } | undefined;

	constructor(
		private readonly token: string,
		private readonly channels: readonly string[],
	) {}

	/** What was posted since the last look, oldest first. */
	take(): { channel: string; text: string }[] {
		return this.messages.splice(0);
	}

	/** Rejects the next message with this text in it, once. */
	rejectFor(text: string, error: string): void {
		this.rejected = { text, error };
	}

	respond({
		method,
		path,
		authorization,
		body,
	}: OutgoingRequest & { path: string }): ServiceResponse {
		const reject = (error: string) => ({ status: 200, json: { ok: false, error } });
		const error = this.errors.shift();
		if (error) return reject(error);
		const isProfile = method === 'GET' && path === '/api/users.profile.get';
		if (!isProfile && (method !== 'POST' || path !== '/api/chat.postMessage')) {
			return reject('unknown_method');
		}
		if (authorization === '') return reject('not_authed');
		if (authorization !== `Bearer ${this.token}`) return reject('invalid_auth');
		if (isProfile) return { status: 200, json: { ok: true, profile: {} } };

		const { channel, text } = body as { channel?: string; text?: string };
		if (!channel || !this.channels.includes(channel)) return reject('channel_not_found');
		if (!text) return reject('no_text');
		if (text.length > 40_000) return reject('msg_too_long');
		if (this.rejected && text.includes(this.rejected.text)) {
			const { error: once } = this.rejected;
			this.rejected = undefined;
			return reject(once);
		}
		this.messages.push({ channel, text });
		const ts = '1700000000.000100';
		return {
			status: 200,
			json: { ok: true, channel: 'C0123456789', ts, message: { type: 'message', text, ts } },
		};
	}
}
