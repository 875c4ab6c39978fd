import { firstText, objectOf } from '../../core/values/json';
import { oneLine } from '../../core/values/one-line';
import { hasAutomaticSetup, nameOfApi, type ApiAccess } from './access';
import { ApiFault } from './fault';
import { LIMITS } from './limits';
import { BodyTooLong } from './receive-response';

/** How n8n's request helpers name a request that took too long. */
const TIMEOUT_CODES = ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'];

/** How Node.js names a host that it finds no address for. */
const NO_HOST_CODES = ['ENOTFOUND', 'EAI_AGAIN'];

/** How Node.js names a way that leads nowhere. With these, no byte of the request got there. */
const NOT_REACHED_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN'];

/** How Node.js names a certificate that it doesn't accept. */
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

/**
 * Why there is no response, or none that can be read.
 *
 * @param error what n8n's request helper or the body's stream threw
 * @param isTimeOver whether the time for the whole response is over
 */
export function connectionFault(
	access: ApiAccess,
	baseUrl: string,
	error: unknown,
	isTimeOver: boolean,
): ApiFault {
	const { displayName } = access;
	const api = nameOfApi(access);
	// Where a credential has no Base URL, the address is the provider's own.
	const checks = hasAutomaticSetup(access)
		? {
				address: `Check that the Base URL in the credential is the address of ${displayName}.`,
				host: 'Check the Base URL in the credential. In Docker, the name of a container works only on a network that n8n shares with it.',
				way: `${displayName} is running and that n8n can reach the Base URL in the credential`,
			}
		: {
				address: 'Check that no proxy responds in its place.',
				host: "Check n8n's DNS and its access to the internet.",
				way: 'n8n can reach this address',
			};
	const code = codeOf(error);
	if (error instanceof BodyTooLong) {
		return new ApiFault(
			`The response from ${baseUrl} is longer than any that ${api} documents`,
			`n8n stopped reading it. ${checks.address}`,
			{ isUndecided: true },
		);
	}
	if (isTimeOver || TIMEOUT_CODES.includes(code)) {
		return new ApiFault(
			`${api} at ${baseUrl} didn't respond within ${LIMITS.responseMs / 1000} seconds`,
			`Try again. If it keeps happening, check that ${checks.way}.`,
			{ isUndecided: true },
		);
	}
	if (NO_HOST_CODES.includes(code)) {
		return new ApiFault(
			`n8n found no server named ${new URL(baseUrl).hostname}`,
			`${checks.host} (${code})`,
		);
	}
	if (CERTIFICATE_CODE.test(code)) {
		return new ApiFault(
			`n8n doesn't trust the certificate of ${baseUrl}`,
			`Use a certificate from a public authority, or tell n8n about your own with its setting NODE_EXTRA_CA_CERTS. (${code})`,
		);
	}
	return new ApiFault(
		`n8n couldn't reach ${api} at ${baseUrl}`,
		`Check that ${checks.way}, then try again.${whyIn(error, code)}`,
		// A connection that broke may have carried the whole request.
		{ isUndecided: !NOT_REACHED_CODES.includes(code) },
	);
}

/** The code of Node.js; n8n's own errors have it in place of an HTTP status. */
function codeOf(error: unknown): string {
	return firstText(objectOf(error), 'code', 'httpCode') ?? '';
}

/** What Node.js or n8n says about it, in parentheses; empty where they say nothing. */
function whyIn(error: unknown, code: string): string {
	const words = oneLine(firstText(objectOf(error), 'message'));
	const why = words.includes(code) ? words : `${code}: ${words}`;
	return why === '' ? '' : ` (${why})`;
}
