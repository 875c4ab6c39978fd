import type { RefusalReason } from '../../nodes/shared/core/signature';

/**
 * One list of deliveries for every provider that signs with HMAC-SHA256 over the raw body, one for
 * those that send a shared secret. The first is right; each of the others changes one thing.
 *
 * Digests are literals, computed outside the code under test:
 *   printf '%s' '<body>' | openssl dgst -sha256 -mac HMAC -macopt key:'<secret>' -hex
 */
export interface DeliveryCase {
	name: string;
	body: Buffer;
	/** The values of the signature header; none when the header is left out. */
	signatures: string[];
	/** What the credential holds: the current secret and the previous one. */
	secrets: [current: string, previous: string];
	expected: 'items' | 'unreadable' | RefusalReason;
}

const SECRET = 'whsec_n8n_test_current';
const PREVIOUS = 'whsec_n8n_test_previous';

const BODY = '{"type":"sample","event":"sample","text":"Hello","n":1}';
const DIGEST = '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89';

function delivery(
	name: string,
	change: Partial<{
		body: string | Buffer;
		signatures: string[];
		secrets: [string, string];
		expected: DeliveryCase['expected'];
	}> = {},
): DeliveryCase {
	return {
		name,
		body: Buffer.from(change.body ?? BODY),
		signatures: change.signatures ?? [DIGEST],
		secrets: change.secrets ?? [SECRET, ''],
		expected: change.expected ?? 'items',
	};
}

/** For a signature over the body. */
export const HMAC_CASES: readonly DeliveryCase[] = [
	delivery('a valid signature'),

	delivery('no signature', { signatures: [], expected: 'signature_missing' }),
	delivery('an empty signature', { signatures: [''], expected: 'signature_missing' }),
	delivery('a signature of white space', { signatures: ['  '], expected: 'signature_missing' }),
	delivery('a wrong signature', {
		signatures: ['96d311099d337b57250167d3a847d439f565ad1a521dee5b962bc94e70868ce5'],
		expected: 'signature_mismatch',
	}),
	delivery('a signature wrong in its last digit', {
		signatures: [`${DIGEST.slice(0, -1)}8`],
		expected: 'signature_mismatch',
	}),
	delivery('a truncated signature', {
		signatures: [DIGEST.slice(0, -2)],
		expected: 'signature_malformed',
	}),
	delivery('a signature with something behind it', {
		signatures: [`${DIGEST}00`],
		expected: 'signature_malformed',
	}),
	delivery('an upper-case signature', { signatures: [DIGEST.toUpperCase()] }),
	delivery('a signature prefixed with sha256=', { signatures: [`sha256=${DIGEST}`] }),
	delivery('a signature with another prefix', {
		signatures: [`sha1=${DIGEST}`],
		expected: 'signature_malformed',
	}),
	delivery('a signature with the prefix in its middle', {
		signatures: [`${DIGEST.slice(0, 8)}sha256=${DIGEST.slice(8)}`],
		expected: 'signature_malformed',
	}),
	delivery('a padded signature', { signatures: [` \t${DIGEST} `] }),
	delivery('a signature that is not hex', {
		signatures: [`${DIGEST.slice(0, -1)}g`],
		expected: 'signature_malformed',
	}),
	delivery('a signature that is not ASCII', {
		signatures: [`${DIGEST.slice(0, -1)}é`],
		expected: 'signature_malformed',
	}),
	delivery('a signature that arrives twice', {
		signatures: [DIGEST, DIGEST],
		expected: 'signature_repeated',
	}),
	delivery('a wrong signature before the right one', {
		signatures: ['00'.repeat(32), DIGEST],
		expected: 'signature_repeated',
	}),

	delivery('a body with one byte changed', {
		body: BODY.replace('Hello', 'Hellp'),
		expected: 'signature_mismatch',
	}),
	delivery('a body with its white space changed', {
		body: '{ "type": "sample",  "event": "sample", "text": "Hello", "n": 1 }',
		expected: 'signature_mismatch',
	}),
	delivery('a body with its keys in another order', {
		body: '{"n":1,"text":"Hello","event":"sample","type":"sample"}',
		expected: 'signature_mismatch',
	}),
	delivery('a signed body with white space', {
		body: '{ "type": "sample",  "event": "sample", "text": "Hello", "n": 1 }',
		signatures: ['c173f87ba1673b73d27d59b60b8aa5256d8c1f98769b426a641f46b1e2a69150'],
	}),
	delivery('a body with unicode escapes', {
		body: '{"type":"sample","event":"sample","text":"\\u00e9 \\ud83d\\ude4f \\/"}',
		signatures: ['8c01773af5cc8bab2b687c8794958840743aa251bdc6b8e6d6c80d86bb013828'],
	}),
	delivery('a body with emoji', {
		body: '{"type":"sample","event":"sample","text":"नमस्ते 🙏🏽"}',
		signatures: ['6ee54f2b36f7a047491672055d125529645814e5665e195c5d10a740a0f7b77d'],
	}),
	delivery('a body with CRLF line ends', {
		body: '{\r\n  "type": "sample",\r\n  "event": "sample",\r\n  "text": "two\\r\\nlines"\r\n}\r\n',
		signatures: ['2dbcd846a19f1f53f68611c80d44992784a8b635353d373e301388323f360d77'],
	}),
	delivery('a body with a NUL character', {
		body: '{"type":"sample","event":"sample","text":"a\\u0000b"}',
		signatures: ['a836b86adbc00a3a0c684ab4b1df346d0407d6b48ce2e16dd2ecb0e6b13f577a'],
	}),
	delivery('a body with numbers that JSON.stringify writes otherwise', {
		body: '{"type":"sample","event":"sample","amount":1.0,"id":17177777777777777777}',
		signatures: ['d48cb22e8d041b8a718127d1e01d195ab0f4d53bced77e59a01408ae85085914'],
	}),
	delivery('a body with a byte order mark', {
		body: '\ufeff{"type":"sample","event":"sample"}',
		signatures: ['7e3ee3988eeb89dd962c5190a70925bfb8e6de6f377b71ba02afb7176260ea2e'],
	}),

	delivery('an empty body', {
		body: '',
		signatures: ['fb736d4e1e8ee669ea51f960feacd9c3116e4452bb8b0bbdea84002279ad642b'],
		expected: 'unreadable',
	}),
	delivery('an array', {
		body: '[{"type":"sample"}]',
		signatures: ['0dad1080479882b06488c1ebb3f7709a7d190f11ad9dd4a70ccba715f3733747'],
		expected: 'unreadable',
	}),
	delivery('a number', {
		body: '42',
		signatures: ['65ba0cccfaeba6303cbd33d05425127dbe74d0e562380a99462f977bdac2fdee'],
		expected: 'unreadable',
	}),
	delivery('null', {
		body: 'null',
		signatures: ['d3d4cf88bb35d38c133ec2054563223f98e894e2b15ad31ecadedef1fb7de7db'],
		expected: 'unreadable',
	}),
	delivery('broken JSON', {
		body: '{"type":"sample",',
		signatures: ['e094ae40f3df2ba8a5c166ee92d98e53d9f294d31956e800fb67f7fa7ad0ee3f'],
		expected: 'unreadable',
	}),
	delivery('invalid UTF-8', {
		body: Buffer.from('{"type":"sample","text":"\xff\xfe"}', 'latin1'),
		signatures: ['6a7e9a51c6a37b60b9b85d2cf70715e13aa9ef1053e906741f2e5ee0becbbeb8'],
		expected: 'unreadable',
	}),

	delivery('a signature of the previous secret', {
		signatures: ['06f432c069b0a4948fc07bf023e1dc68bc47b39b315ace4daa254fea5a8403f8'],
		secrets: [SECRET, PREVIOUS],
	}),
	delivery('a signature of the current secret while there is a previous one', {
		secrets: [SECRET, PREVIOUS],
	}),
	delivery('a signature of a secret that is no longer accepted', {
		signatures: ['06f432c069b0a4948fc07bf023e1dc68bc47b39b315ace4daa254fea5a8403f8'],
		expected: 'signature_mismatch',
	}),
	delivery('a wrong secret in the credential', {
		secrets: ['whsec_n8n_test_wrong', ''],
		expected: 'signature_mismatch',
	}),
	delivery('white space around the secret in the credential', {
		secrets: [` ${SECRET}`, ''],
		expected: 'secret_padded',
	}),
	delivery('white space around the previous secret in the credential', {
		signatures: ['06f432c069b0a4948fc07bf023e1dc68bc47b39b315ace4daa254fea5a8403f8'],
		secrets: [SECRET, `${PREVIOUS} `],
		expected: 'secret_padded',
	}),
	delivery('a secret that really has white space before it', {
		signatures: ['d674387d990c902723cd23a730f77a66c5470aa47fb0312397fbc5de72117fc1'],
		secrets: [` ${SECRET}`, ''],
	}),
	delivery('no secret in the credential', { secrets: ['', ''], expected: 'secret_missing' }),
	delivery('a secret of white space only', { secrets: ['  ', ''], expected: 'secret_missing' }),
	delivery('a signature of the empty secret', {
		signatures: ['f9acd6dd0aba041c71a8509d39c7a02dbb984197c523818244d82920dfa75832'],
		secrets: ['', ''],
		expected: 'secret_missing',
	}),
	delivery('a signature of the empty secret while there is a secret', {
		signatures: ['f9acd6dd0aba041c71a8509d39c7a02dbb984197c523818244d82920dfa75832'],
		expected: 'signature_mismatch',
	}),
];

const shared = (name: string, change: Parameters<typeof delivery>[1] = {}) =>
	delivery(name, { signatures: [SECRET], ...change });

/** For a secret that a header carries as it is. */
export const SHARED_SECRET_CASES: readonly DeliveryCase[] = [
	shared('the secret'),

	shared('no secret', { signatures: [], expected: 'signature_missing' }),
	shared('an empty header', { signatures: [''], expected: 'signature_missing' }),
	shared('a header of white space', { signatures: ['  '], expected: 'signature_missing' }),
	shared('a wrong secret', { signatures: ['whsec_wrong'], expected: 'signature_mismatch' }),
	shared('a truncated secret', {
		signatures: [SECRET.slice(0, -1)],
		expected: 'signature_mismatch',
	}),
	shared('a secret with something behind it', {
		signatures: [`${SECRET}x`],
		expected: 'signature_mismatch',
	}),
	shared('an upper-case secret', {
		signatures: [SECRET.toUpperCase()],
		expected: 'signature_mismatch',
	}),
	shared('a prefixed secret', {
		signatures: [`sha256=${SECRET}`],
		expected: 'signature_mismatch',
	}),
	shared('a padded secret', { signatures: [` \t${SECRET} `] }),
	shared('a secret that is not ASCII', {
		signatures: [`${SECRET.slice(0, -1)}é`],
		expected: 'signature_mismatch',
	}),
	shared('a secret that arrives twice', {
		signatures: [SECRET, SECRET],
		expected: 'signature_mismatch',
	}),
	shared('a signature instead of the secret', {
		signatures: [DIGEST],
		expected: 'signature_mismatch',
	}),

	shared('another body, which the secret does not cover', { body: '{"event":"other"}' }),
	shared('an empty body', { body: '', expected: 'unreadable' }),
	shared('an array', { body: '[{"type":"sample"}]', expected: 'unreadable' }),
	shared('a number', { body: '42', expected: 'unreadable' }),
	shared('broken JSON', { body: '{"type":"sample",', expected: 'unreadable' }),
	shared('invalid UTF-8', {
		body: Buffer.from('{"type":"sample","text":"\xff\xfe"}', 'latin1'),
		expected: 'unreadable',
	}),

	shared('the previous secret', { signatures: [PREVIOUS], secrets: [SECRET, PREVIOUS] }),
	shared('the current secret while there is a previous one', { secrets: [SECRET, PREVIOUS] }),
	shared('a secret that is no longer accepted', {
		signatures: [PREVIOUS],
		expected: 'signature_mismatch',
	}),
	shared('white space around the secret in the credential', {
		secrets: [` ${SECRET}`, ''],
		expected: 'secret_padded',
	}),
	shared('no secret in the credential', { secrets: ['', ''], expected: 'secret_missing' }),
	shared('neither a secret nor a header', {
		signatures: [],
		secrets: ['', ''],
		expected: 'secret_missing',
	}),
	shared('an empty header and an empty secret', {
		signatures: [''],
		secrets: ['', ''],
		expected: 'secret_missing',
	}),
	shared('a secret of white space only', { secrets: ['  ', ''], expected: 'secret_missing' }),
];
