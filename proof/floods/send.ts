import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpWire, RawWire, Result } from './request';

/** What became of a request on the wire. */
export interface Outcome {
	result: Result;
	/** The beginning of the answer's body; without one, how the connection ended. */
	body: string;
}

/** How long an answer is waited for. */
const LONGEST_MS = 60_000;

/** How long the rest of an answer may take after its first bytes. */
const REST_MS = 2_000;

const BODY_SHOWN = 300;

/** Sends requests to one server and sees what becomes of them. None makes it throw. */
export class Sender {
	private readonly agent = new Agent({ keepAlive: true, maxSockets: Infinity });

	constructor(private readonly port: number) {}

	/** Sends a request. */
	async send(wire: HttpWire | RawWire): Promise<Outcome> {
		return wire.form === 'http' ? await this.sendHttp(wire) : await this.sendRaw(wire);
	}

	/** Ends the connections that are open still. */
	stop(): void {
		this.agent.destroy();
	}

	private async sendHttp(wire: HttpWire): Promise<Outcome> {
		const { method, path, body, patienceMs = LONGEST_MS } = wire;
		const headers = { 'content-length': body.length, ...wire.headers };
		return await new Promise((resolve) => {
			const agent = wire.ownConnection ? false : this.agent;
			const sent = request({ host: '127.0.0.1', port: this.port, method, path, headers, agent });
			const end = (result: Outcome['result'], text = '') => {
				clearTimeout(timer);
				resolve({ result, body: text.slice(0, BODY_SHOWN) });
			};
			const timer = setTimeout(() => {
				end('hung');
				sent.destroy();
			}, patienceMs);
			sent.on('response', (response) => {
				let text = '';
				response.setEncoding('latin1');
				response.on('data', (part: string) => {
					if (text.length < BODY_SHOWN) text += part;
				});
				// Also when it is cut off: its status was told.
				response.on('close', () => {
					end(response.statusCode ?? 0, text);
					if (wire.ownConnection) sent.destroy();
				});
			});
			sent.on('error', (error: NodeJS.ErrnoException) => {
				// The server closed an idle connection in the moment in which this was sent over it.
				if (sent.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) {
					clearTimeout(timer);
					resolve(this.sendHttp({ ...wire, ownConnection: true }));
				} else end('ended', error.message);
			});
			sent.end(body);
		});
	}

	private async sendRaw({ pieces, pauseMs, hangsUpAfterMs }: RawWire): Promise<Outcome> {
		return await new Promise((resolve) => {
			let text = '';
			let rest: NodeJS.Timeout | undefined;
			const socket = connect(this.port, '127.0.0.1');
			const end = (otherwise: Outcome['result']) => {
				clearTimeout(timer);
				clearTimeout(rest);
				socket.destroy();
				resolve(answerIn(text) ?? { result: otherwise, body: '' });
			};
			const patience = LONGEST_MS + pauseMs * pieces.length + (hangsUpAfterMs ?? 0);
			const timer = setTimeout(end, patience, 'hung');
			socket.setEncoding('latin1');
			socket.on('data', (part) => {
				text += String(part);
				if (answerIn(text)) rest ??= setTimeout(end, REST_MS, 'ended');
			});
			socket.on('error', () => undefined);
			socket.on('close', () => {
				end('ended');
			});
			socket.on('connect', () => {
				void (async () => {
					for (const piece of pieces) {
						if (socket.destroyed) return;
						socket.write(piece);
						if (pauseMs > 0) await sleep(pauseMs);
					}
					if (hangsUpAfterMs === undefined) return;
					await sleep(hangsUpAfterMs);
					end('ended');
				})();
			});
		});
	}
}

/** The answer in what a socket brought; an interim one (100) is none. */
function answerIn(text: string): Outcome | null {
	const [, status, rest = ''] =
		/(?:^|\r\n\r\n)HTTP\/1\.[01] ([2-9]\d\d)[^\r\n]*(\r\n[\s\S]*)?$/.exec(text) ?? [];
	if (status === undefined) return null;
	const body = rest.indexOf('\r\n\r\n');
	return {
		result: Number(status),
		body: body < 0 ? '' : rest.slice(body + 4, body + 4 + BODY_SHOWN),
	};
}
