import { PROVIDERS, type DiscoveredProvider } from '../kit/providers';

/** What differs between providers on a delivery's way to their nodes. */
function seamOf({ provider, simulator }: DiscoveredProvider): string {
	const signed = (body: string, url: string, at: number) =>
		JSON.stringify(
			simulator.sign(Buffer.from(body), simulator.secret, { url, at: new Date(at * 1000) }),
		);
	const usual = signed('{}', 'https://n8n.example.com/', 1_700_000_000);
	return JSON.stringify({
		proof: provider.verifier.kind(simulator.credential ?? {}),
		isBodyProven: signed('{"a":1}', 'https://n8n.example.com/', 1_700_000_000) !== usual,
		isUrlProven: signed('{}', 'https://n8n.example.com/other', 1_700_000_000) !== usual,
		isTimeProven: signed('{}', 'https://n8n.example.com/', 1_700_000_001) !== usual,
		contentType: simulator.contentType,
		hasHandshake: provider.handshake !== undefined,
		hasApi: simulator.startApi !== undefined,
	});
}

/**
 * One provider of each kind, for what takes a real n8n: the tests over n8n-core show of every provider
 * that it is no different from its kind.
 */
export const ONE_OF_EACH_KIND: readonly DiscoveredProvider[] = PROVIDERS.filter(
	(provider, index) =>
		PROVIDERS.findIndex((candidate) => seamOf(candidate) === seamOf(provider)) === index,
);
