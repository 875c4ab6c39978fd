import type { Headers } from '../../nodes/shared/core/verify/delivery';
import { sharedSecret } from '../../nodes/shared/core/verify/shared-secret';

const verifier = sharedSecret({ header: 'X-Secret', headerField: 'headerName' });

/** The verdict on a delivery: "ok", or the reason why it's rejected. */
function verdict(headers: Headers, credential: Record<string, unknown>): string {
	const delivery = { rawBody: Buffer.from('{}'), headers, url: '', receivedAt: 0 };
	const verification = verifier.verify(delivery, credential);
	return verification.ok ? 'ok' : verification.reason;
}

it('is named and described for the messages that are made of it', () => {
	expect(verifier.kind({})).toBe('shared secret');
	expect(verifier.header({})).toBe('X-Secret');
	expect(verifier.header({ headerName: ' X-Mine ' })).toBe('X-Mine');
});

it.each<[string, string, Headers, Record<string, unknown>]>([
	['the secret', 'ok', { 'x-secret': 'text' }, {}],
	['white space around it on the wire', 'ok', { 'x-secret': ' text\t' }, {}],
	['the second secret', 'ok', { 'x-secret': 'new' }, { secondWebhookSecret: 'new' }],
	['a longer text that begins so', 'header_mismatch', { 'x-secret': 'text2' }, {}],
	['a shorter text', 'header_mismatch', { 'x-secret': 'tex' }, {}],
	['another case', 'header_mismatch', { 'x-secret': 'TEXT' }, {}],
	['the secret in a list', 'header_repeated', { 'x-secret': ['text'] }, {}],
	['the secret twice, joined by Node.js', 'header_mismatch', { 'x-secret': 'text, text' }, {}],
	['an empty header', 'header_missing', { 'x-secret': '' }, {}],
	['no header', 'header_missing', {}, {}],
	[
		'padding in the credential',
		'secret_padded',
		{ 'x-secret': 'text' },
		{ webhookSecret: 'text ' },
	],
	['no secret in the credential', 'secret_missing', { 'x-secret': '' }, { webhookSecret: '' }],
	['a secret that is no text', 'secret_missing', { 'x-secret': '7' }, { webhookSecret: 7 }],
	['a comma in the secret', 'ok', { 'x-secret': 'a, b' }, { webhookSecret: 'a, b' }],
])('with %s: %s', (_, expected, headers, credential) => {
	expect(verdict(headers, { webhookSecret: 'text', ...credential })).toBe(expected);
});

it.each<[string, unknown, Headers, string]>([
	['another name', 'X-My-Secret', { 'x-my-secret': 'text' }, 'ok'],
	['another name with white space around it', ' X-My-Secret ', { 'x-my-secret': 'text' }, 'ok'],
	['another name, and the usual header', 'X-My-Secret', { 'x-secret': 'text' }, 'header_missing'],
	['white space for a name', '  ', { 'x-secret': 'text' }, 'ok'],
	['what is no text for a name', 7, { 'x-secret': 'text' }, 'ok'],
])('where the credential has %s', (_, headerName, headers, expected) => {
	expect(verdict(headers, { webhookSecret: 'text', headerName })).toBe(expected);
});
