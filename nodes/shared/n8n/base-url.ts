import { ApiFault } from './api';

/** More than an address of an API ever has. */
const MOST_CHARACTERS = 2_000;

/**
 * The base URL that a credential gives, without slashes at its end. Throws an {@link ApiFault} for what
 * is no address of an API, and for one to which the key would go unencrypted.
 *
 * @param defaultUrl what it is unless the credential says otherwise
 */
export function baseUrlFrom(value: string, defaultUrl: string): string {
	const text = value.trim();
	if (text === '') return defaultUrl;
	const fault = (message: string) =>
		new ApiFault(
			`The Base URL of the credential ${message}`,
			`Set it to ${defaultUrl}. (http:// is accepted for this machine only: localhost, 127.0.0.1.)`,
		);
	const url = text.length <= MOST_CHARACTERS && URL.canParse(text) ? new URL(text) : null;
	if (!url || !['http:', 'https:'].includes(url.protocol)) throw fault('is not a web address');
	if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
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

/** A loop, since a regular expression for this looks at every run of slashes again from each of them. */
function withoutSlashesAtEnd(path: string): string {
	let end = path.length;
	while (end > 0 && path[end - 1] === '/') end--;
	return path.slice(0, end);
}
