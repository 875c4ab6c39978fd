import { ApiFault } from './fault';

/** Longer than any API's address. */
const MOST_CHARACTERS = 2_000;

/**
 * A credential's base URL, without trailing slashes. Throws an {@link ApiFault} if it isn't an API's
 * address, or if the key would be sent unencrypted.
 *
 * @param defaultUrl the URL unless the credential has another
 * @param options.isSelfHosted whether it's self-hosted and may share a network without certificates with
 *   n8n, where `http://` is also accepted
 */
export function baseUrlFrom(
	value: string,
	defaultUrl: string,
	{ isSelfHosted = false } = {},
): string {
	const text = value.trim();
	if (text === '') return defaultUrl;
	const advice = isSelfHosted
		? `Set it to the address of your server, such as ${defaultUrl}. (http:// is accepted within your own network only: a name without a dot, a local ending such as .local, .internal, .lan, .home, or .svc, or a private IP address. Use https:// for anything else.)`
		: `Set it to ${defaultUrl}. (http:// is accepted for this machine only: localhost, 127.0.0.1.)`;
	const fault = (message: string) =>
		new ApiFault(`The Base URL of the credential ${message}`, advice);
	const url = text.length <= MOST_CHARACTERS && URL.canParse(text) ? new URL(text) : null;
	if (!url || !['http:', 'https:'].includes(url.protocol)) throw fault('is not a web address');
	const isNear = isLoopback(url.hostname) || (isSelfHosted && isPrivate(url.hostname));
	if (url.protocol === 'http:' && !isNear) {
		throw fault('begins with http://, so the key would be sent unencrypted');
	}
	if (url.username + url.password + url.search + url.hash !== '') {
		throw fault('has more in it than a host and a path');
	}
	return url.origin + withoutSlashesAtEnd(url.pathname);
}

/** Whether a host, as `URL` writes it, is this machine. */
function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
}

/** Whether a host, as `URL` writes it, can't be on the public internet. */
function isPrivate(hostname: string): boolean {
	return isPrivateAddress(hostname) || isLocalName(hostname);
}

/** Private and link-local addresses (RFC 1918, 3927, 4193, 6598). */
function isPrivateAddress(hostname: string): boolean {
	return (
		/^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/.test(
			hostname,
		) || /^\[f[cd][0-9a-f]{2}:/.test(hostname)
	);
}

/**
 * Endings no public name has: those reserved for local use (RFC 6761, 6762, 8375; ICANN for `.internal`,
 * `.home`, and `.corp`), those RFC 6762 lists as common in appendix G, and Kubernetes' `.svc`. Tailscale's
 * `.ts.net` isn't one, since its names are public once Funnel serves them.
 */
const LOCAL_ENDING =
	/\.(local|localdomain|localhost|test|internal|intranet|private|corp|home|home\.arpa|lan|svc)$/;

/** A top-level domain of the internet has letters only, unless it's internationalized (RFC 1123, 5890). */
const TOP_LEVEL_DOMAIN = /^([a-z]+|xn--.*)$/;

/**
 * A name without a dot, with one of those endings, or with any other ending no public name can have, such
 * as `waha.my_network`, which is how Docker names a container in a network.
 */
function isLocalName(hostname: string): boolean {
	const last = hostname.slice(hostname.lastIndexOf('.') + 1);
	// An IP address, or a trailing dot.
	if (!/^(?!\d+$)[\w-]+$/.test(last)) return false;
	return last === hostname || LOCAL_ENDING.test(hostname) || !TOP_LEVEL_DOMAIN.test(last);
}

/** A loop, since a regular expression would take quadratic time for long runs of slashes. */
function withoutSlashesAtEnd(path: string): string {
	let end = path.length;
	while (end > 0 && path[end - 1] === '/') end--;
	return path.slice(0, end);
}
