import type { ApiAccess } from '../../nodes/shared/n8n/api/access';
import { connectionFault } from '../../nodes/shared/n8n/api/connection-fault';
import { BodyTooLong } from '../../nodes/shared/n8n/api/receive-response';

const access = { displayName: 'WAHA', kind: 'setup' } as ApiAccess;
const BASE_URL = 'https://waha.example.com:3000';

const faultOf = (error: unknown, isTimeOver = false) =>
	connectionFault(access, BASE_URL, error, isTimeOver);

describe('a request without a response', () => {
	it.each([
		['ENOTFOUND', 'n8n found no server named waha.example.com', 'Docker', false],
		['EAI_AGAIN', 'n8n found no server named waha.example.com', 'Docker', false],
		[
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			`n8n doesn't trust the certificate of ${BASE_URL}`,
			'NODE_EXTRA_CA_CERTS',
			false,
		],
		[
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			`n8n doesn't trust the certificate of ${BASE_URL}`,
			'NODE_EXTRA_CA_CERTS',
			false,
		],
		[
			'ERR_TLS_CERT_ALTNAME_INVALID',
			`n8n doesn't trust the certificate of ${BASE_URL}`,
			'(ERR_TLS_CERT_ALTNAME_INVALID)',
			false,
		],
		[
			'CERT_HAS_EXPIRED',
			`n8n doesn't trust the certificate of ${BASE_URL}`,
			'NODE_EXTRA_CA_CERTS',
			false,
		],
		[
			'ECONNREFUSED',
			`n8n couldn't reach WAHA's API at ${BASE_URL}`,
			'(ECONNREFUSED: words)',
			false,
		],
		['EHOSTUNREACH', `n8n couldn't reach WAHA's API at ${BASE_URL}`, 'EHOSTUNREACH', false],
		['ECONNRESET', `n8n couldn't reach WAHA's API at ${BASE_URL}`, 'ECONNRESET', true],
		['EPIPE', `n8n couldn't reach WAHA's API at ${BASE_URL}`, 'EPIPE', true],
		[
			'ECONNABORTED',
			`WAHA's API at ${BASE_URL} didn't respond within 10 seconds`,
			'Try again',
			true,
		],
		['ETIMEDOUT', `WAHA's API at ${BASE_URL} didn't respond within 10 seconds`, 'Try again', true],
	])('has its own cause: %s', (code, message, advice, isUndecided) => {
		// Node.js names it in `code`, n8n's own errors in `httpCode`.
		for (const error of [
			{ code, message: 'words' },
			{ httpCode: code, message: 'words' },
		]) {
			const fault = faultOf(error);

			expect(fault).toMatchObject({ message, isUndecided });
			expect(fault.advice).toContain(advice);
		}
	});

	it('is a matter of time once that is over, whatever broke then', () => {
		expect(faultOf({ code: 'ECONNRESET' }, true).message).toContain(
			"didn't respond within 10 seconds",
		);
	});

	it('is too long whatever the time', () => {
		expect(faultOf(new BodyTooLong(), true)).toMatchObject({
			message: `The response from ${BASE_URL} is longer than any that WAHA's API documents`,
			isUndecided: true,
		});
	});

	it.each([undefined, null, 'text', {}])('blames nobody for %j', (error) => {
		expect(faultOf(error)).toMatchObject({
			message: `n8n couldn't reach WAHA's API at ${BASE_URL}`,
			isUndecided: true,
		});
	});
});
