import type { Response } from 'express';
import { sleep } from 'n8n-workflow';
import type { Answer } from '../core/ledger';

const LOOK_AGAIN_MS = 25;

/** The answer that n8n is going to give through an Express response. */
export function answerThrough(response: Response): Answer {
	return {
		outcome() {
			if (!response.writableEnded) return 'pending';
			return response.statusCode >= 200 && response.statusCode < 300 ? 'accepted' : 'failed';
		},
		async answered() {
			// A sender that hangs up takes the response's events with it: n8n answers all the same, and
			// whether it took the delivery over decides what the next copy is.
			while (!response.writableEnded) await sleep(LOOK_AGAIN_MS);
		},
	};
}
