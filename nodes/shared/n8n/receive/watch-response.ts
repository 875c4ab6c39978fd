import type { Response } from 'express';
import type { PendingResponse } from '../../core/remember/ledger';

/**
 * The response that n8n is going to send.
 *
 * Known by the call of `end()`. The response's own events don't serve: they stay away when the sender
 * has hung up, and n8n responds all the same; and those of a pipelined response wait for the one before
 * it. Polling would cost too much when thousands wait.
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
