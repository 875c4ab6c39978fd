import type { KnownAnswer } from './simulator';

const SECRET = 'whsec_n8n_test_current';

/**
 * Bodies that are easy to get wrong, with their HMAC-SHA256, for every provider that signs so.
 *
 * Computed with OpenSSL: printf '%s' '<body>' | openssl dgst -sha256 -mac HMAC -macopt key:'<secret>'
 */
const SIGNED: readonly (Pick<KnownAnswer, 'name'> & {
	body: string | Buffer;
	digest: string;
	secret?: string;
	expected?: KnownAnswer['expected'];
})[] = [
	{
		name: 'a body',
		body: '{"type":"sample","event":"sample","text":"Hello","n":1}',
		digest: '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89',
	},
	{
		name: 'a body with white space',
		body: '{ "type": "sample",  "event": "sample", "text": "Hello", "n": 1 }',
		digest: 'c173f87ba1673b73d27d59b60b8aa5256d8c1f98769b426a641f46b1e2a69150',
	},
	{
		name: 'a body with unicode escapes',
		body: '{"type":"sample","event":"sample","text":"\\u00e9 \\ud83d\\ude4f \\/"}',
		digest: '8c01773af5cc8bab2b687c8794958840743aa251bdc6b8e6d6c80d86bb013828',
	},
	{
		name: 'a body with emoji',
		body: '{"type":"sample","event":"sample","text":"नमस्ते 🙏🏽"}',
		digest: '6ee54f2b36f7a047491672055d125529645814e5665e195c5d10a740a0f7b77d',
	},
	{
		name: 'a body with CRLF line ends',
		body: '{\r\n  "type": "sample",\r\n  "event": "sample",\r\n  "text": "two\\r\\nlines"\r\n}\r\n',
		digest: '2dbcd846a19f1f53f68611c80d44992784a8b635353d373e301388323f360d77',
	},
	{
		name: 'a body with a NUL character',
		body: '{"type":"sample","event":"sample","text":"a\\u0000b"}',
		digest: 'a836b86adbc00a3a0c684ab4b1df346d0407d6b48ce2e16dd2ecb0e6b13f577a',
	},
	{
		name: 'a body with numbers that JSON.stringify writes otherwise',
		body: '{"type":"sample","event":"sample","amount":1.0,"id":17177777777777777777}',
		digest: 'd48cb22e8d041b8a718127d1e01d195ab0f4d53bced77e59a01408ae85085914',
	},
	{
		name: 'a body with a byte order mark',
		body: '\ufeff{"type":"sample","event":"sample"}',
		digest: '7e3ee3988eeb89dd962c5190a70925bfb8e6de6f377b71ba02afb7176260ea2e',
	},
	{
		name: 'a secret with white space before it',
		body: '{"type":"sample","event":"sample","text":"Hello","n":1}',
		digest: 'd674387d990c902723cd23a730f77a66c5470aa47fb0312397fbc5de72117fc1',
		secret: ` ${SECRET}`,
	},
	{
		name: 'an empty body',
		body: '',
		digest: 'fb736d4e1e8ee669ea51f960feacd9c3116e4452bb8b0bbdea84002279ad642b',
		expected: 'not an object',
	},
	{
		name: 'an array',
		body: '[{"type":"sample"}]',
		digest: '0dad1080479882b06488c1ebb3f7709a7d190f11ad9dd4a70ccba715f3733747',
		expected: 'not an object',
	},
	{
		name: 'invalid UTF-8',
		body: Buffer.from('{"type":"sample","text":"\xff\xfe"}', 'latin1'),
		digest: '6a7e9a51c6a37b60b9b85d2cf70715e13aa9ef1053e906741f2e5ee0becbbeb8',
		expected: 'not an object',
	},
];

/** The known answers of a provider that signs with HMAC-SHA256 over a JSON body as hex, in one header. */
export function hmacKnownAnswers(header: string): KnownAnswer[] {
	return SIGNED.map(({ name, body, digest, secret = SECRET, expected = 'items' }) => ({
		name,
		rawBody: Buffer.from(body),
		headers: { [header]: digest },
		secret,
		expected,
	}));
}
