import type { Response } from 'express';
import type { Answer } from '../core/ledger';

/**
 * The answer that n8n is going to give through an Express response.
 *
 * Told by the call of `end()`. The response's own events do not serve: they stay away when the sender
 * has hung up, and n8n answers all the same; and that of a pipelined response waits for the one before
 * it. Looking again and again would cost too much when thousands wait.
 */
export function watchAnswer(response: Response): Answer {
	return {
		outcome() {
			if (!response.writableEnded) return 'pending';
			return response.statusCode >= 200 && response.statusCode < 300 ? 'accepted' : 'failed';
		},
		answered: new Promise((resolve) => {
			const end = response.end.bind(response) as (...parts: unknown[]) => Response;
			response.end = (...parts: unknown[]) => {
				const ended = end(...parts);
				resolve();
				return ended;
			};
		}),
	};
}
