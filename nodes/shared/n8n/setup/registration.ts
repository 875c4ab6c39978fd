import type { ApiAccess } from '../api/access';
import { ApiFault } from '../api/fault';
import { confirmWrite } from './confirmed-write';
import { isSameUrl } from './same-url';

/** A webhook at a provider. The ID and the URL are enough to find and delete it. */
export interface RemoteWebhook {
	id: string;
	url: string;
}

/**
 * The webhooks of a provider's account, through its API. Each method throws an {@link ApiFault} if the
 * provider rejects the request.
 *
 * @typeParam Webhook a webhook as the provider shows it
 * @typeParam Desired a webhook as the node wants it
 */
export interface WebhookApi<Webhook extends RemoteWebhook, Desired extends { url: string }> {
	access: ApiAccess;
	/** Every webhook the key shows. */
	list(): Promise<Webhook[]>;
	/** The webhook with this ID, or null. */
	read(id: string): Promise<Webhook | null>;
	/** The parts that differ, such as `events`; none if all are as desired. */
	differences(webhook: Webhook, desired: Desired): readonly string[];
	/** Creates a webhook. Returns its ID, or null if the response doesn't contain it. */
	create(desired: Desired): Promise<string | null>;
	/** Updates a webhook; false if there is none with this ID anymore. */
	update(id: string, desired: Desired): Promise<boolean>;
	/** Deletes a webhook; false if there is none with this ID. */
	remove(id: string): Promise<boolean>;
	/** The parts of a webhook, for the fault if none of them was stored. */
	parts: readonly string[];
}

/** The IDs of a node's webhooks by URL, so that its Test URL and its Production URL don't get mixed up. */
export type RememberedIds = Record<string, string>;

/** Whether the provider has the webhook as the node wants it. Remembers it if so. */
export async function isRegistered<Webhook extends RemoteWebhook, Desired extends { url: string }>(
	api: WebhookApi<Webhook, Desired>,
	desired: Desired,
	ids: RememberedIds,
): Promise<boolean> {
	const webhook = await findWebhook(api, desired.url, ids);
	if (!webhook || api.differences(webhook, desired).length > 0) return false;
	ids[desired.url] = webhook.id;
	return true;
}

/**
 * Creates the webhook, or updates the one that is there, and reads it back.
 *
 * @throws ApiFault also if the provider accepted it but didn't store it as desired
 */
export async function register<Webhook extends RemoteWebhook, Desired extends { url: string }>(
	api: WebhookApi<Webhook, Desired>,
	desired: Desired,
	ids: RememberedIds,
): Promise<void> {
	const existing = await findWebhook(api, desired.url, ids);
	// The ID of the written webhook; unknown if the response doesn't contain it or never came.
	let id: string | null = null;
	const registered = await confirmWrite<Webhook | null>({
		access: api.access,
		async write() {
			const isUpdated = existing !== undefined && (await api.update(existing.id, desired));
			id = isUpdated ? existing.id : await api.create(desired);
			if (id !== null) ids[desired.url] = id;
		},
		read: async () =>
			id === null ? ((await findWebhook(api, desired.url, ids)) ?? null) : await api.read(id),
		missing: (webhook) => (webhook ? api.differences(webhook, desired) : api.parts),
	});
	// It exists: otherwise, parts would be missing.
	if (registered) ids[desired.url] = registered.id;
}

/**
 * Deletes every webhook with this URL: the one the node remembers, whatever its URL is now, and those
 * somebody else created.
 *
 * @returns the ID of the remembered webhook if the key shows neither it nor another with the URL: somebody
 *   deleted it at the provider, or it was created with another key. Otherwise null.
 * @throws ApiFault also if the provider reported a deletion but still has the webhook
 */
export async function unregister<Webhook extends RemoteWebhook, Desired extends { url: string }>(
	api: WebhookApi<Webhook, Desired>,
	url: string,
	ids: RememberedIds,
): Promise<string | null> {
	const remembered = ids[url];
	const isDeleted = remembered !== undefined && (await removeAndCheck(api, remembered, ids));
	const others = (await api.list()).filter((webhook) => isSameUrl(webhook.url, url));
	for (const { id } of others) await removeAndCheck(api, id, ids);
	Reflect.deleteProperty(ids, url);
	return isDeleted || others.length > 0 ? null : (remembered ?? null);
}

/** Deletes a webhook and makes sure it's gone; false if there was none with this ID. */
async function removeAndCheck<Webhook extends RemoteWebhook, Desired extends { url: string }>(
	api: WebhookApi<Webhook, Desired>,
	id: string,
	ids: RememberedIds,
): Promise<boolean> {
	let isDeleted = true;
	await confirmWrite({
		access: api.access,
		async write() {
			isDeleted = await api.remove(id);
			// Right away: the next step may fail, and then n8n tries again.
			if (isDeleted) forget(id, ids);
		},
		read: async () => (isDeleted ? await api.read(id) : null),
		missing: (webhook) => (webhook ? api.parts : []),
		fault: () => notDeleted(api.access),
	});
	return isDeleted;
}

function forget(forgotten: string, ids: RememberedIds): void {
	for (const [url, id] of Object.entries(ids)) {
		if (id === forgotten) Reflect.deleteProperty(ids, url);
	}
}

function notDeleted({ displayName }: ApiAccess): ApiFault {
	return new ApiFault(
		`${displayName} accepted the deletion but still has the webhook`,
		`Try again. If it keeps happening, delete the webhook at ${displayName} by hand.`,
	);
}

/** The webhook this node created, or one somebody created for the same URL. */
async function findWebhook<Webhook extends RemoteWebhook, Desired extends { url: string }>(
	api: WebhookApi<Webhook, Desired>,
	url: string,
	ids: RememberedIds,
): Promise<Webhook | undefined> {
	const webhooks = await api.list();
	const id = ids[url];
	return (
		webhooks.find((webhook) => webhook.id === id) ??
		webhooks.find((webhook) => isSameUrl(webhook.url, url))
	);
}
