import type { Response } from 'express';
import type { Answer } from '../core/ledger';

/** The answer that n8n is going to give through an Express response. */
export function answerThrough(response: Response): Answer {
	return {
		outcome() {
			if (!response.writableEnded) return 'pending';
			return response.statusCode >= 200 && response.statusCode < 300 ? 'accepted' : 'failed';
		},
		closed: new Promise((resolve) => {
			if (response.closed) resolve();
			else response.once('close', resolve);
		}),
		isClosed: () => response.closed,
	};
}
