import type { Response } from 'express';
import { watchResponse } from '../../nodes/shared/n8n/receive/watch-response';

describe('the response to a delivery', () => {
	/** What of a response its outcome depends on. */
	class FakeResponse {
		writableEnded = false;

		statusCode = 200;

		end(): this {
			this.writableEnded = true;
			return this;
		}
	}
	const watched = (response: FakeResponse) => watchResponse(response as unknown as Response);

	it.each([
		[199, 'failed'],
		[200, 'accepted'],
		[299, 'accepted'],
		[300, 'failed'],
		[500, 'failed'],
	])('that n8n gives with the status %d counts as %s', async (statusCode, outcome) => {
		const response = new FakeResponse();
		const watch = watched(response);
		expect(watch.outcome()).toBe('pending');

		response.statusCode = statusCode;
		expect(response.end()).toBe(response);
		await watch.sent;

		expect(watch.outcome()).toBe(outcome);
	});

	it('is not there before n8n gives it', async () => {
		const watch = watched(new FakeResponse());
		const first = await Promise.race([
			watch.sent.then(() => 'sent'),
			new Promise((resolve) => setTimeout(resolve, 20, 'pending')),
		]);

		expect(first).toBe('pending');
	});
});
