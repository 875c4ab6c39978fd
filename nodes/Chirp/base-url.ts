import { ChirpFault } from './api';

/** Where Chirp's API is unless the credential says otherwise. */
export const DEFAULT_BASE_URL = 'https://api.buildwithchirp.com';

/** More than an address of an API ever has. */
const MOST_CHARACTERS = 2_000;

/**
 * The base URL that a credential gives, without slashes at its end. Throws a {@link ChirpFault} for what
 * is no address of an API, and for one to which the app key would go unencrypted.
 */
export function baseUrlFrom(value: string): string {
	const text = value.trim();
	if (text === '') return DEFAULT_BASE_URL;
	const url = text.length <= MOST_CHARACTERS && URL.canParse(text) ? new URL(text) : null;
	if (!url || !['http:', 'https:'].includes(url.protocol)) {
		throw fault('The Base URL of the credential is not a web address');
	}
	if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
		throw fault(
			'The Base URL of the credential begins with http://, so the app key would be sent unencrypted',
		);
	}
	if (url.username + url.password + url.search + url.hash !== '') {
		throw fault('The Base URL of the credential has more in it than a host and a path');
	}
	return url.origin + withoutSlashesAtEnd(url.pathname);
}

function fault(message: string): ChirpFault {
	return new ChirpFault(
		message,
		`Set it to ${DEFAULT_BASE_URL}. (http:// is accepted for this machine only: localhost, 127.0.0.1.)`,
	);
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
