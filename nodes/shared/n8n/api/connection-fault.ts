import { firstText, objectOf } from '../../core/values/json';
import { oneLine } from '../../core/values/one-line';
import { hasAutomaticSetup, nameOfApi, type ApiAccess } from './access';
import { ApiFault } from './fault';
import { LIMITS } from './limits';
import { BodyTooLong } from './receive-response';

/** Codes of n8n's request helpers for a request that took too long. */
const TIMEOUT_CODES = ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'];

/** Codes of Node.js for a host it can't resolve. */
const NO_HOST_CODES = ['ENOTFOUND', 'EAI_AGAIN'];

/** Codes of Node.js for a failed connection. No byte of the request was sent. */
const NOT_REACHED_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN'];

/** Codes of Node.js for a certificate it doesn't accept. */
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

/**
 * Why there is no response, or no readable one.
 *
 * @param error the error from n8n's request helper or the body's stream
 * @param isTimeOver whether the time limit for the whole response has passed
 */
export function connectionFault(
	access: ApiAccess,
	baseUrl: string,
	error: unknown,
	isTimeOver: boolean,
): ApiFault {
	const { displayName } = access;
	const api = nameOfApi(access);
	// Without a Base URL in the credential, the address is the provider's.
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
		// A broken connection may have carried the whole request.
		{ isUndecided: !NOT_REACHED_CODES.includes(code) },
	);
}

/** The code of Node.js, which n8n's errors have in place of an HTTP status. */
function codeOf(error: unknown): string {
	return firstText(objectOf(error), 'code', 'httpCode') ?? '';
}

/** The message of Node.js or n8n in parentheses; empty if there is none. */
function whyIn(error: unknown, code: string): string {
	const words = oneLine(firstText(objectOf(error), 'message'));
	const why = words.includes(code) ? words : `${code}: ${words}`;
	return why === '' ? '' : ` (${why})`;
}
