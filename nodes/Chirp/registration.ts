import {
	createWebhook,
	deleteWebhook,
	listWebhooks,
	updateWebhook,
	type ChirpWebhook,
	type Send,
	type WebhookSpec,
} from './api';

/**
 * What a node remembers of its webhooks at Chirp: their ids by URL, so that the one with the test URL
 * and the one with the production URL never stand in each other's way.
 */
export type Memory = Record<string, string>;

/** Whether Chirp has the webhook just as it should be. Remembers it if so. Throws a ChirpFault. */
export async function isRegistered(
	send: Send,
	spec: WebhookSpec,
	memory: Memory,
): Promise<boolean> {
	const webhook = await find(send, spec, memory);
	if (!webhook || !isAsItShouldBe(webhook, spec)) return false;
	memory[spec.url] = webhook.id;
	return true;
}

/** Creates the webhook at Chirp, or brings the one that is there up to date. Throws a ChirpFault. */
export async function register(send: Send, spec: WebhookSpec, memory: Memory): Promise<void> {
	const existing = await find(send, spec, memory);
	const isUpdated = existing ? await updateWebhook(send, existing.id, spec) : false;
	memory[spec.url] = existing && isUpdated ? existing.id : await createWebhook(send, spec);
}

/**
 * Deletes every webhook at Chirp that has this URL: the one that is remembered, wherever it points to
 * by now, and those that somebody else made. Throws a ChirpFault.
 *
 * @returns the id of the webhook that was remembered when this app key shows neither that one nor
 *   another with the URL: it was deleted at Chirp, or made with the key of another app. Else null.
 */
export async function unregister(send: Send, url: string, memory: Memory): Promise<string | null> {
	const remembered = memory[url];
	const isDeleted = remembered !== undefined && (await deleteWebhook(send, remembered));
	// At once: what follows may be refused, and is tried again without it.
	if (isDeleted) Reflect.deleteProperty(memory, url);
	const others = (await listWebhooks(send)).filter((webhook) => webhook.url === url);
	for (const { id } of others) await deleteWebhook(send, id);
	Reflect.deleteProperty(memory, url);
	return isDeleted || others.length > 0 ? null : (remembered ?? null);
}

/** The webhook that this node made, or one that somebody made for the same URL. */
async function find(
	send: Send,
	{ url }: WebhookSpec,
	memory: Memory,
): Promise<ChirpWebhook | undefined> {
	const webhooks = await listWebhooks(send);
	const id = memory[url];
	return (
		webhooks.find((webhook) => webhook.id === id) ?? webhooks.find((webhook) => webhook.url === url)
	);
}

function isAsItShouldBe(webhook: ChirpWebhook, { url, events, headers }: WebhookSpec): boolean {
	const has = new Set(webhook.events ?? []);
	const isSameHeader = ([name, value]: [string, string]) => webhook.headers?.[name] === value;
	return (
		webhook.url === url &&
		has.size === events.length &&
		events.every((event) => has.has(event)) &&
		Object.entries(headers).every(isSameHeader)
	);
}
