import type { ApiAccess } from '../api/access';
import { ApiFault } from '../api/fault';
import { confirmWrite } from './confirmed-write';
import { isSameUrl } from './same-url';

/** A webhook as a provider has it. The ID and the URL are enough to find and to delete it. */
export interface RemoteWebhook {
	id: string;
	url: string;
}

/**
 * The webhooks of a provider's account, through its API. Each method throws an {@link ApiFault} when the
 * provider doesn't do what it was asked.
 *
 * @typeParam Webhook a webhook as the provider shows it
 * @typeParam Desired a webhook as the node wants it
 */
export interface WebhookApi<Webhook extends RemoteWebhook, Desired extends { url: string }> {
	access: ApiAccess;
	/** Every webhook that the key shows. */
	list(): Promise<Webhook[]>;
	/** The webhook with this ID, or null. */
	read(id: string): Promise<Webhook | null>;
	/** The parts that the node wants otherwise, such as `events`; nothing where all are as desired. */
	differences(webhook: Webhook, desired: Desired): readonly string[];
	/** Creates a webhook. Returns its ID, or null where the response doesn't say it. */
	create(desired: Desired): Promise<string | null>;
	/** Changes a webhook to what is desired; false where there is none with this ID any more. */
	update(id: string, desired: Desired): Promise<boolean>;
	/** Deletes a webhook; false where there is none with this ID. */
	remove(id: string): Promise<boolean>;
	/** The parts that a webhook consists of, for a fault that says that none of them stayed. */
	parts: readonly string[];
}

/** The IDs of a node's webhooks by URL, so that its Test URL and its Production URL never mix. */
export type RememberedIds = Record<string, string>;

/** Whether the provider has the webhook just as the node wants it. Remembers it if so. */
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
 * @throws ApiFault also where the provider accepted it but didn't store it as desired
 */
export async function register<Webhook extends RemoteWebhook, Desired extends { url: string }>(
	api: WebhookApi<Webhook, Desired>,
	desired: Desired,
	ids: RememberedIds,
): Promise<void> {
	const existing = await findWebhook(api, desired.url, ids);
	// Which webhook was written; unknown where the response doesn't say it, or never came.
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
	// There is one: otherwise parts of it would be missing.
	if (registered) ids[desired.url] = registered.id;
}

/**
 * Deletes every webhook that has this URL: the one that the node remembers, whatever its URL is by now, and
 * those that somebody else created.
 *
 * @returns the ID of the remembered webhook where the key shows neither that one nor another with the
 *   URL: somebody deleted it at the provider, or it was created with another key. Otherwise null.
 * @throws ApiFault also where the provider said that it deleted one, and still has it
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

/** Deletes a webhook, and makes sure that it's gone; false where there was none with this ID. */
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
			// Right away: what follows may fail, and then n8n tries again.
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

/** The webhook that this node created, or one that somebody created for the same URL. */
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
