/** A webhook as a provider has it. The id and the URL are enough to find and to delete it. */
export interface RemoteWebhook {
	id: string;
	url: string;
}

/**
 * The webhooks of a provider's account, through its API. Each method throws an `ApiFault` when the
 * provider does not do what was asked.
 *
 * @typeParam Webhook what the provider says of a webhook
 * @typeParam Spec a webhook as it should be
 */
export interface WebhookApi<Webhook extends RemoteWebhook, Spec extends { url: string }> {
	/** Every webhook that the key shows. */
	list(): Promise<Webhook[]>;
	/** Whether a webhook is just as it should be. */
	isRight(webhook: Webhook, spec: Spec): boolean;
	/** Creates a webhook and returns its id. */
	create(spec: Spec): Promise<string>;
	/** Overwrites a webhook; false when there is none with this id any more. */
	update(id: string, spec: Spec): Promise<boolean>;
	/** Deletes a webhook; false when there is none with this id. */
	remove(id: string): Promise<boolean>;
}

/**
 * What a node remembers of its webhooks: their ids by URL, so that the one with the test URL and the
 * one with the production URL never stand in each other's way.
 */
export type Memory = Record<string, string>;

/** Whether the provider has the webhook just as it should be. Remembers it if so. */
export async function isRegistered<Webhook extends RemoteWebhook, Spec extends { url: string }>(
	api: WebhookApi<Webhook, Spec>,
	spec: Spec,
	memory: Memory,
): Promise<boolean> {
	const webhook = await find(api, spec.url, memory);
	if (!webhook || !api.isRight(webhook, spec)) return false;
	memory[spec.url] = webhook.id;
	return true;
}

/** Creates the webhook, or brings the one that is there up to date. */
export async function register<Webhook extends RemoteWebhook, Spec extends { url: string }>(
	api: WebhookApi<Webhook, Spec>,
	spec: Spec,
	memory: Memory,
): Promise<void> {
	const existing = await find(api, spec.url, memory);
	const isUpdated = existing ? await api.update(existing.id, spec) : false;
	memory[spec.url] = existing && isUpdated ? existing.id : await api.create(spec);
}

/**
 * Deletes every webhook that has this URL: the one that is remembered, wherever it points to by now,
 * and those that somebody else made.
 *
 * @returns the id of the webhook that was remembered when the key shows neither that one nor another
 *   with the URL: it was deleted at the provider, or made with another key. Else null.
 */
export async function unregister<Webhook extends RemoteWebhook, Spec extends { url: string }>(
	api: WebhookApi<Webhook, Spec>,
	url: string,
	memory: Memory,
): Promise<string | null> {
	const remembered = memory[url];
	const isDeleted = remembered !== undefined && (await api.remove(remembered));
	// At once: what follows may be refused, and is tried again without it.
	if (isDeleted) Reflect.deleteProperty(memory, url);
	const others = (await api.list()).filter((webhook) => webhook.url === url);
	for (const { id } of others) await api.remove(id);
	Reflect.deleteProperty(memory, url);
	return isDeleted || others.length > 0 ? null : (remembered ?? null);
}

/** The webhook that this node made, or one that somebody made for the same URL. */
async function find<Webhook extends RemoteWebhook, Spec extends { url: string }>(
	api: WebhookApi<Webhook, Spec>,
	url: string,
	memory: Memory,
): Promise<Webhook | undefined> {
	const webhooks = await api.list();
	const id = memory[url];
	return (
		webhooks.find((webhook) => webhook.id === id) ?? webhooks.find((webhook) => webhook.url === url)
	);
}
