import { DEFAULT_SECRET_HEADER } from './shared-secret';

/**
 * Names that can't carry the secret of a delivery, in lowercase.
 *
 * For the first group, Node.js keeps only the first header if a request has two (its documentation of
 * `message.headers`), so a second couldn't be rejected. The others have a fixed meaning: clients, proxies,
 * and n8n set, change, or remove them.
 */
const RESERVED = new Set([
	'age',
	'authorization',
	'content-length',
	'content-type',
	'etag',
	'expires',
	'from',
	'host',
	'if-modified-since',
	'if-unmodified-since',
	'last-modified',
	'location',
	'max-forwards',
	'proxy-authorization',
	'referer',
	'retry-after',
	'server',
	'user-agent',

	// Hop-by-hop: they end at the first proxy (RFC 9110, section 7.6.1).
	'connection',
	'keep-alive',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
	'cache-control',
	'cookie',
	'date',
	'expect',
	'forwarded',
	'origin',
	'pragma',
	'priority',
	'range',
	'set-cookie',
	'traceparent',
	'tracestate',
	'via',
	'warning',

	// Proxies and platforms write these into every request.
	'client-ip',
	'true-client-ip',
	'cdn-loop',
	'fastly-client-ip',
	'b3',
	'x-real-ip',
	'x-client-ip',
	'x-cluster-client-ip',
	'x-request-id',
	'x-request-start',
	'x-correlation-id',
	'x-trace-id',
	'x-original-url',
	'x-rewrite-url',
	'x-http-method-override',
	'x-arr-log-id',
	'x-azure-ref',
	'x-cloud-trace-context',
	'x-render-origin-server',
	'x-scheme',
]);

/** Beginnings of standard names. */
const RESERVED_FAMILY =
	/^(accept|access-control|cf|content|fly|if|proxy|sec|x-amz|x-amzn|x-b3|x-envoy|x-forwarded|x-original|x-vercel)(-|$)/;

/** What a header's name may consist of (RFC 9110, section 5.6.2). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/;

/** Why a header of this name can't carry a secret, for the owner of the credential, or null. */
export function headerNameProblem(name: string): string | null {
	const lower = name.toLowerCase();
	const advice = `Use ${DEFAULT_SECRET_HEADER}, or another name of your own that begins with X-.`;
	if (!TOKEN.test(lower)) {
		return `The Header Name isn't one that a header can have: letters, digits, and hyphens, no spaces, and no colon. ${advice}`;
	}
	return RESERVED.has(lower) || RESERVED_FAMILY.test(lower)
		? `The Header Name ${name} has a meaning of its own in HTTP or for proxies, which could change or double the secret on its way. ${advice}`
		: null;
}
