import type { Response } from 'express';
import type { PendingResponse } from '../../core/remember/ledger';

/**
 * Watches the response n8n is going to send.
 *
 * It intercepts `end()`. The response's events aren't enough: they don't fire if the sender has hung up,
 * although n8n still responds, and those of a pipelined response wait for the previous one. Polling would
 * cost too much with thousands waiting.
 */
export function watchResponse(response: Response): PendingResponse {
	return {
		outcome() {
			if (!response.writableEnded) return 'pending';
			return response.statusCode >= 200 && response.statusCode < 300 ? 'accepted' : 'failed';
		},
		sent: new Promise((resolve) => {
			const end = response.end.bind(response) as (...parts: unknown[]) => Response;
			response.end = (...parts: unknown[]) => {
				const ended = end(...parts);
				resolve();
				return ended;
			};
		}),
	};
}
