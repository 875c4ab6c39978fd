/** How long n8n waits for a provider's API. An object, so that tests don't have to wait as long. */
export const LIMITS = {
	/** For the whole response to a request, in milliseconds. */
	responseMs: 10_000,
	/** Between two looks at a write that got no response, in milliseconds. */
	betweenLooksMs: 2_000,
	/** How often to look. WAHA responds to a change once the session has restarted, which can take 12 seconds. */
	looks: 10,
};
