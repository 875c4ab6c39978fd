import { until } from '../until';

/** Waits until a trigger's URL answers: n8n registers the webhook of a published workflow a few seconds later. */
export async function waitForWebhook(url: string): Promise<void> {
	await until(
		() => isRegistered(url),
		60_000,
		() => `${url} does not answer`,
	);
}

/** Whether n8n has a webhook there. It says so without a call of the node, which would report what it rejects. */
export async function isRegistered(url: string): Promise<boolean> {
	// n8n answers with the methods only where a page of another site asks.
	const { headers } = await fetch(url, {
		method: 'OPTIONS',
		headers: { origin: 'http://localhost' },
	});
	return headers.get('access-control-allow-methods')?.includes('POST') ?? false;
}
