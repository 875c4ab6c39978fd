/** How long n8n waits for a provider's API, in milliseconds. An object, so that tests can shorten it. */
export const LIMITS = {
	/** For the whole response. */
	responseMs: 10_000,
	/** Between checks of what a provider stored: about 10 seconds in total. */
	looksMs: [500, 1_000, 2_500, 6_000],
};
