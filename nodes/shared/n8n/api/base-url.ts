import { ApiFault } from './fault';

/** More than an address of an API ever has. */
const MOST_CHARACTERS = 2_000;

/**
 * The base URL that a credential gives, without slashes at its end. Throws an {@link ApiFault} for what
 * is no address of an API, and for one to which the key would go unencrypted.
 *
 * @param defaultUrl what it is unless the credential says otherwise
 * @param options.isSelfHosted whether it is a server of the user's own, which may stand beside n8n in a
 *   network without certificates: there `http://` is accepted as well
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

/** Whether a host, as `URL` writes it, is one that the internet doesn't have. */
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
 * Endings that no public name has: those reserved for local use (RFC 6761, 6762, 8375; ICANN for
 * `.internal`, `.home`, and `.corp`), those RFC 6762 finds in use in its appendix G, and Kubernetes'
 * `.svc`. Tailscale's `.ts.net` is not one: its names are public once Funnel serves them.
 */
const LOCAL_ENDING =
	/\.(local|localdomain|localhost|test|internal|intranet|private|corp|home|home\.arpa|lan|svc)$/;

/** A top-level domain of the internet has letters only, unless it's internationalized (RFC 1123, 5890). */
const TOP_LEVEL_DOMAIN = /^([a-z]+|xn--.*)$/;

/**
 * A name without a dot or with one of those endings, or one that ends as no public name can:
 * `waha.my_network`, as Docker writes a container in a network.
 */
function isLocalName(hostname: string): boolean {
	const last = hostname.slice(hostname.lastIndexOf('.') + 1);
	// An address, or a dot at the end.
	if (!/^(?!\d+$)[\w-]+$/.test(last)) return false;
	return last === hostname || LOCAL_ENDING.test(hostname) || !TOP_LEVEL_DOMAIN.test(last);
}

/** A loop, since a regular expression for this looks at every run of slashes again from each of them. */
function withoutSlashesAtEnd(path: string): string {
	let end = path.length;
	while (end > 0 && path[end - 1] === '/') end--;
	return path.slice(0, end);
}
