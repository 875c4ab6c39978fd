/** A node's webhook URL, from which URLs of the same n8n instance can be recognized. */
export interface OurUrl {
	/** Whether a URL may belong to the same n8n instance: it differs only in the endpoint and the node. */
	isOfSameN8n(url: string): boolean;
	/**
	 * Whether a URL is the node's test URL if this one is its production URL, or the other way around. The
	 * hosts may differ, since n8n's editor can have its own.
	 */
	isOfSameNode(url: string): boolean;
	/** Whether a URL of the same instance or node is the same kind as this one: test or production. */
	isOfSameKind(url: string): boolean;
}

/**
 * Reads a node's webhook URL: `<address>/<endpoint>/<webhook ID>/webhook`, and for a node without a webhook
 * ID `<address>/<endpoint>/<workflow ID>/<node name>/webhook`. n8n's settings can rename the endpoints
 * `webhook` and `webhook-test`.
 */
export function ourUrl(url: string, { hasWebhookId }: { hasWebhookId: boolean }): OurUrl {
	const { host, segments } = partsOf(url);
	const nodeLength = hasWebhookId ? 2 : 3;
	const node = segments.slice(-nodeLength);
	const endpoint = segments.at(-nodeLength - 1);
	const address = segments.slice(0, -nodeLength - 1);
	const isOfSameNode = (other: string) => {
		const parts = partsOf(other);
		const otherEndpoint = parts.segments.at(-nodeLength - 1);
		return (
			isSame(parts.segments.slice(-nodeLength), node) &&
			otherEndpoint !== undefined &&
			otherEndpoint !== endpoint
		);
	};
	return {
		isOfSameN8n(other) {
			const parts = partsOf(other);
			const rest = parts.segments.slice(address.length);
			return (
				parts.host === host &&
				host !== '' &&
				isSame(parts.segments.slice(0, address.length), address) &&
				(rest.length === 3 || rest.length === 4) &&
				rest.at(-1) === node.at(-1)
			);
		},
		isOfSameKind: (other) =>
			!isOfSameNode(other) && partsOf(other).segments.at(address.length) === endpoint,
		isOfSameNode,
	};
}

function partsOf(url: string): { host: string; segments: string[] } {
	if (!URL.canParse(url)) return { host: '', segments: [] };
	const { host, pathname } = new URL(url);
	return { host, segments: pathname.split('/').slice(1) };
}

const isSame = (some: readonly string[], others: readonly string[]) =>
	some.length === others.length && some.every((text, index) => text === others[index]);
