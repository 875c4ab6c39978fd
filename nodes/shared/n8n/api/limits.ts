/** How long n8n waits for a provider's API, in milliseconds. An object, so that tests don't have to wait as long. */
export const LIMITS = {
	/** For the whole response to a request. */
	responseMs: 10_000,
	/** Between the looks at what a provider stored: about 10 seconds altogether. */
	looksMs: [500, 1_000, 2_500, 6_000],
};
