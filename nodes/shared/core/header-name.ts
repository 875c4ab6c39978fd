/**
 * Names that cannot carry the secret of a delivery, in lower case.
 *
 * The first group are those of which Node.js keeps the first when a request has two (its
 * documentation of `message.headers`), so that a second could not be refused. The others have a meaning
 * of their own: clients, proxies and n8n set, change or remove them on the way.
 */
const RESERVED = new Set([
	...['age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host'],
	...['if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards'],
	...['proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent'],

	// Hop-by-hop: they end at the first proxy (RFC 9110, section 7.6.1).
	...['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
	...['cache-control', 'cookie', 'date', 'expect', 'forwarded', 'origin', 'pragma', 'priority'],
	...['range', 'set-cookie', 'traceparent', 'tracestate', 'via', 'warning', 'x-real-ip'],
]);

/** Beginnings of standard names. */
const RESERVED_FAMILY = /^(accept|access-control|content|if|proxy|sec|x-forwarded)(-|$)/;

/** What a header's name may consist of (RFC 9110, section 5.6.2). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/;

/** Why a header of this name cannot carry a secret, for the owner of the credential, or null. */
export function headerNameProblem(name: string): string | null {
	const lower = name.toLowerCase();
	const advice = 'Use X-Webhook-Secret, or another name of your own that begins with X-.';
	if (!TOKEN.test(lower)) {
		return `The Header Name is not one that a header can have: letters, digits and hyphens, no spaces and no colon. ${advice}`;
	}
	return RESERVED.has(lower) || RESERVED_FAMILY.test(lower)
		? `The Header Name ${name} has a meaning of its own in HTTP, so the secret could be changed or doubled on its way. ${advice}`
		: null;
}
