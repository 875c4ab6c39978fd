/** A node's webhook URL, which shows how those of the same n8n look. */
export interface OurUrl {
	/** Whether a URL may belong to the same n8n: as this one but for the endpoint and the node. */
	isOfSameN8n(url: string): boolean;
	/**
	 * Whether a URL is the test URL where this one is the production URL of the node, or the other way
	 * round. The hosts may differ, since n8n's editor can have another one.
	 */
	isOfSameNode(url: string): boolean;
	/** Whether a URL of the same n8n, or of this node, is a test URL as this one, or a production URL as this one. */
	isOfSameKind(url: string): boolean;
}

/**
 * Reads a node's webhook URL: `<address>/<endpoint>/<webhook ID>/webhook`, and for a node without a
 * webhook ID `<address>/<endpoint>/<workflow ID>/<node name>/webhook`. n8n's settings may name the
 * endpoints `webhook` and `webhook-test` otherwise.
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
