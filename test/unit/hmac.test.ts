import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Delivery } from '../../nodes/shared/core/verify/delivery';
import { headerText, hmac, type HmacOptions } from '../../nodes/shared/core/verify/hmac';

const BODY = '{"event":"sample"}';

/**
 * Computed with OpenSSL: printf '%s' '{"event":"sample"}' | openssl dgst -sha256 -mac HMAC -macopt
 * key:secret; with -sha1 and -sha512, and with -binary | base64, for the others.
 */
const SHA1 = {
	hex: '354c91606a5829c4a70a7f83857e965d64be8c33',
	base64: 'NUyRYGpYKcSnCn+DhX6WXWS+jDM=',
};
const SHA256 = {
	hex: '82ebf428ba84918c3934f14997674a8a5f8fe55bceb89d32a3257e0efc5101be',
	base64: 'guv0KLqEkYw5NPFJl2dKil+P5VvOuJ0yoyV+DvxRAb4=',
};
const SHA512 = {
	hex: '3ae35f37c1ac650bd67ef7cd3c93fa1d946e97310f283aef0a206801076acc9d372f7e1554279eada405d2c942f9e1c0556e61e0d7983f95dc2d806f548f5b81',
	base64:
		'OuNfN8GsZQvWfvfNPJP6HZRulzEPKDrvCiBoAQdqzJ03L34VVCeeraQF0slC+eHAVW5h4NeYP5XcLYBvVI9bgQ==',
};

/** Of the same body with the key "other". */
const BY_OTHER = '02c036295089c64d6621f8b608f06c695c10927a09757aa14d7c7746cbcf04e8';

const HEADER = 'X-Signature';

const RECEIVED_AT = Date.parse('2025-08-27T19:17:58.000Z');

/** The verdict on a signature: "ok", or the reason why it's rejected. */
function verdict(
	options: Omit<HmacOptions, 'header'>,
	signature: string,
	delivery: Partial<Delivery> = {},
	secrets: Record<string, string> = { webhookSecret: 'secret' },
): string {
	const verification = hmac({ header: HEADER, ...options }).verify(
		{
			rawBody: Buffer.from(BODY),
			headers: { [HEADER.toLowerCase()]: signature },
			url: 'https://n8n.example.com/webhook/1',
			receivedAt: RECEIVED_AT,
			...delivery,
		},
		secrets,
	);
	return verification.ok ? 'ok' : verification.reason;
}

it('is named and described for the messages that are made of it', () => {
	const verifier = hmac({ header: HEADER });

	expect(verifier.kind({})).toBe('signature');
	expect(verifier.header({})).toBe(HEADER);
});

describe('the algorithm', () => {
	it.each([
		['sha1', SHA1.hex],
		['sha256', SHA256.hex],
		['sha512', SHA512.hex],
	] as const)('%s accepts its own digest, also behind its name', (algorithm, digest) => {
		expect(verdict({ algorithm }, digest)).toBe('ok');
		expect(verdict({ algorithm }, `${algorithm}=${digest}`)).toBe('ok');
		expect(verdict({ algorithm }, `${algorithm.toUpperCase()}=${digest}`)).toBe('ok');
	});

	it('is SHA-256 unless the provider has another', () => {
		expect(verdict({}, SHA256.hex)).toBe('ok');
		expect(verdict({}, SHA1.hex)).toBe('header_malformed');
		expect(verdict({}, SHA512.hex)).toBe('header_malformed');
	});

	it("is never the header's choice", () => {
		expect(verdict({}, `sha1=${SHA1.hex}`)).toBe('header_malformed');
		expect(verdict({}, `sha512=${SHA512.hex}`)).toBe('header_malformed');
		expect(verdict({ algorithm: 'sha1' }, `sha256=${SHA1.hex}`)).toBe('header_malformed');
	});

	it('does not take a digest that begins with the right one', () => {
		expect(verdict({ algorithm: 'sha1' }, SHA1.hex + SHA256.hex.slice(40))).toBe(
			'header_malformed',
		);
		expect(verdict({}, SHA256.hex + SHA256.hex)).toBe('header_malformed');
	});
});

describe('the encoding', () => {
	const upper = SHA256.hex.toUpperCase();
	const url = SHA256.base64.replace(/\+/g, '-').replace(/\//g, '_');

	it.each<[HmacOptions['encoding'], string, string, string]>([
		['hex', 'hex in lower case', SHA256.hex, 'ok'],
		['hex', 'hex in upper case', upper, 'ok'],
		['hex', 'base64', SHA256.base64, 'header_malformed'],
		['hex', 'hex with a character that is none', `g${SHA256.hex.slice(1)}`, 'header_malformed'],
		[
			'hex',
			'hex with white space in it',
			`${upper.slice(0, 9)} ${upper.slice(9)}`,
			'header_malformed',
		],
		['hex', 'another digest', BY_OTHER, 'header_mismatch'],

		['lower-case hex', 'hex in lower case', SHA256.hex, 'ok'],
		['lower-case hex', 'hex in upper case', upper, 'header_malformed'],
		['lower-case hex', 'one digit in upper case', SHA256.hex.replace('b', 'B'), 'header_malformed'],

		['base64', 'base64', SHA256.base64, 'ok'],
		['base64', 'base64 without padding', SHA256.base64.replace('=', ''), 'ok'],
		['base64', 'base64url', url, 'ok'],
		['base64', 'hex', SHA256.hex, 'header_malformed'],
		['base64', 'base64 of another digest', `A${SHA256.base64.slice(1)}`, 'header_mismatch'],
		['base64', 'base64 of fewer bytes', SHA256.base64.slice(4), 'header_malformed'],
		['base64', 'base64 with too much padding', `${SHA256.base64}=`, 'header_malformed'],
		[
			'base64',
			'base64 with something in between',
			`${SHA256.base64.slice(0, 9)} ${SHA256.base64.slice(9)}`,
			'header_malformed',
		],
		[
			'base64',
			'base64 with the prefix in it',
			`${SHA256.base64.slice(0, 9)}sha256=${SHA256.base64.slice(9)}`,
			'header_malformed',
		],

		['hex or base64', 'hex', upper, 'ok'],
		['hex or base64', 'base64', SHA256.base64, 'ok'],
		['hex or base64', 'neither', 'signature', 'header_malformed'],
	])('%s, given %s', (encoding, _, signature, expected) => {
		expect(verdict({ encoding }, signature)).toBe(expected);
	});

	it.each([
		['sha1', SHA1.base64],
		['sha512', SHA512.base64],
	] as const)('base64 holds a digest of %s, padded or not', (algorithm, digest) => {
		expect(verdict({ algorithm, encoding: 'base64' }, digest)).toBe('ok');
		expect(verdict({ algorithm, encoding: 'base64' }, digest.replace(/=+$/, ''))).toBe('ok');
		expect(verdict({ algorithm, encoding: 'base64' }, digest.slice(0, -3))).toBe(
			'header_malformed',
		);
	});
});

describe('a header with a signed time, t=…,s=…', () => {
	// printf '%s' '1756322278.{"event":"sample"}' | openssl dgst -sha256 -mac HMAC -macopt key:secret
	const digest = '3da0e0ff21595649a8c33a362852b779bd16607cf65a94a0b85966bd33b4eae6';
	const signed = `t=1756322278,s=${digest}`;
	const options: Omit<HmacOptions, 'header'> = {
		parse(header) {
			const [, timestamp, signature] = /^t=(\w*),s=(\w*)$/.exec(header) ?? [];
			return timestamp === undefined || signature === undefined
				? null
				: { timestamp, signatures: [signature] };
		},
		content: ({ rawBody }, timestamp) => [Buffer.concat([Buffer.from(`${timestamp}.`), rawBody])],
		tolerance: { pastSeconds: 3_600, futureSeconds: 300 },
	};

	it('is accepted with its comma, which is no second header', () => {
		expect(verdict(options, signed)).toBe('ok');
		expect(verdict(options, ` ${signed}\t`)).toBe('ok');
	});

	it.each([
		['in another form', digest],
		['whose signature has another form', `t=1756322278,s=${digest.slice(1)}`],
		['without a signature', 't=1756322278,s='],
	])('is malformed %s', (_, header) => {
		expect(verdict(options, header)).toBe('header_malformed');
	});

	it('is repeated where two headers were joined, whatever their order', () => {
		const other = signed.replace(digest, BY_OTHER);

		for (const header of [`${signed}, ${signed}`, `${other}, ${signed}`, `${signed}, ${other}`]) {
			expect(verdict(options, header)).toBe('header_repeated');
		}
		expect(verdict(options, `${signed}, and more`)).toBe('header_malformed');
	});

	it('signs the time: with another one it does not match', () => {
		expect(verdict(options, `t=1756322279,s=${digest}`)).toBe('header_mismatch');
		expect(verdict(options, `t=,s=${digest}`)).toBe('header_mismatch');
	});

	it.each([
		[-300_001, 'timestamp_expired'],
		[-300_000, 'ok'],
		[3_600_000, 'ok'],
		[3_600_001, 'timestamp_expired'],
	])(
		'received %d ms after its time, which may be 1 h past or 300 s to come: %s',
		(after, expected) => {
			expect(verdict(options, signed, { receivedAt: 1_756_322_278_000 + after })).toBe(expected);
		},
	);

	it('is of any age where no tolerance is given', () => {
		expect(verdict({ ...options, tolerance: undefined }, signed, { receivedAt: 0 })).toBe('ok');
	});

	it('does not tell of its age before the signature matches', () => {
		const late = { receivedAt: RECEIVED_AT + 7_200_000 };

		expect(verdict(options, `t=1756322278,s=${BY_OTHER}`, late)).toBe('header_mismatch');
		expect(verdict(options, signed, late, { webhookSecret: 'secret ' })).toBe('secret_padded');
	});

	it.each(['', 'now'])('is too old where its time is no number: %j', (timestamp) => {
		const parse = (header: string) => ({ signatures: [header], timestamp });
		const proof = { parse, tolerance: { pastSeconds: 300, futureSeconds: 300 } };

		expect(verdict(proof, SHA256.hex)).toBe('timestamp_expired');
	});

	it('is too old where it has no time at all', () => {
		const parse = (header: string) => ({ signatures: [header] });

		const tolerance = { pastSeconds: 300, futureSeconds: 300 };
		expect(verdict({ parse, tolerance }, SHA256.hex)).toBe('timestamp_expired');
	});
});

describe('several signatures in one header', () => {
	const options = { parse: (header: string) => ({ signatures: header.split(' ') }) };

	it('are enough when one matches, wherever it stands', () => {
		expect(verdict(options, `${SHA256.hex} ${BY_OTHER}`)).toBe('ok');
		expect(verdict(options, `${BY_OTHER} ${SHA256.hex}`)).toBe('ok');
		expect(verdict(options, `v1,unknown ${SHA256.hex}`)).toBe('ok');
	});

	it('are rejected when none matches, and when none has the form', () => {
		expect(verdict(options, `${BY_OTHER} ${BY_OTHER}`)).toBe('header_mismatch');
		expect(verdict(options, 'v1,unknown v2,unknown')).toBe('header_malformed');
		expect(verdict({ parse: () => ({ signatures: [] }) }, SHA256.hex)).toBe('header_malformed');
	});

	it('may be by either secret', () => {
		const secrets = { webhookSecret: 'new', secondWebhookSecret: 'other' };

		expect(verdict(options, `${SHA256.hex} ${BY_OTHER}`, {}, secrets)).toBe('ok');
		expect(verdict(options, SHA256.hex, {}, secrets)).toBe('header_mismatch');
	});
});

/** `<header>: sha256=<hex>` over `<time>.<body>`, the time in a header of its own. */
const TIME_BESIDE: Omit<HmacOptions, 'header'> = {
	parse(header, headers) {
		const timestamp = headerText(headers, 'x-timestamp');
		const [, signature] = /^sha256=(\w+)$/.exec(header) ?? [];
		if (timestamp === null || !/^\d+$/.test(timestamp) || signature === undefined) return null;
		return { timestamp, signatures: [signature] };
	},
	content: ({ rawBody }, timestamp) => [Buffer.concat([Buffer.from(`${timestamp}.`), rawBody])],
	tolerance: { pastSeconds: 300, futureSeconds: 300 },
};

describe('a time in a header of its own', () => {
	// printf '%s' '1756322278.{"event":"sample"}' | openssl dgst -sha256 -mac HMAC -macopt key:secret
	const signature = 'sha256=3da0e0ff21595649a8c33a362852b779bd16607cf65a94a0b85966bd33b4eae6';
	const withTime = (time: string | string[] | undefined) => ({
		headers: { 'x-signature': signature, 'x-timestamp': time },
	});

	it.each([
		['as it was signed', '1756322278', 'ok'],
		['with white space around it', ' 1756322278 ', 'ok'],
		['another one', '1756322279', 'header_mismatch'],
		['none', undefined, 'header_malformed'],
		['twice', '1756322278, 1756322278', 'header_malformed'],
		['as a list', ['1756322278'], 'header_malformed'],
		['not a number', 'now', 'header_malformed'],
	])('is read %s: %s', (_, time, expected) => {
		expect(verdict(TIME_BESIDE, '', withTime(time))).toBe(expected);
	});

	it('is judged like any other', () => {
		const late = { ...withTime('1756322278'), receivedAt: 1_756_322_278_000 + 300_001 };

		expect(verdict(TIME_BESIDE, '', late)).toBe('timestamp_expired');
	});

	it('does not hide that the signature arrived twice', () => {
		const headers = { 'x-signature': `${signature}, ${signature}`, 'x-timestamp': '1756322278' };

		expect(verdict(TIME_BESIDE, '', { headers })).toBe('header_repeated');
	});

	it('may come with a nonce in a third one, as in the vector that Sinch publishes', () => {
		// Sinch's C# SDK, the tests of its Conversation API webhooks.
		const rawBody = Buffer.from(
			'{"app_id":"","accepted_time":"2021-10-18T17:49:13.813615Z","project_id":"e2df3a34-a71b-4448-9db5-a8d2baad28e4","contact_create_notification":{"contact":{"id":"01FJA8B466Y0R2GNXD78MD9SM1","channel_identities":[{"channel":"SMS","identity":"48123456789","app_id":""}],"display_name":"New Test Contact","email":"new.contact@email.com","external_id":"","metadata":"","language":"EN_US"}},"message_metadata":""}',
		);
		const headers = {
			'x-signature': '6bpJoRmFoXVjfJIVglMoJzYXxnoxRujzR4k2GOXewOE=',
			'x-nonce': '01FJA8B4A7BM43YGWSG9GBV067',
			'x-timestamp': '1634579353',
		};
		const options: Omit<HmacOptions, 'header'> = {
			encoding: 'base64',
			parse: (header, all) => ({
				signatures: [header],
				timestamp: headerText(all, 'x-timestamp') ?? '',
			}),
			content: (delivery, timestamp) => [
				`${delivery.rawBody.toString()}.${headerText(delivery.headers, 'x-nonce') ?? ''}.${timestamp}`,
			],
			tolerance: { pastSeconds: 300, futureSeconds: 300 },
		};
		const delivery = { rawBody, headers, receivedAt: 1_634_579_353_000 };
		const secrets = { webhookSecret: 'foo_secret1234' };

		expect(verdict(options, '', delivery, secrets)).toBe('ok');
		expect(
			verdict(options, '', { ...delivery, headers: { ...headers, 'x-nonce': 'another' } }, secrets),
		).toBe('header_mismatch');
	});
});

describe('Standard Webhooks, whose key is decoded first', () => {
	const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
	const SECRET = `whsec_${Buffer.from('a key of twenty-four bytes').toString('base64')}`;
	const options: Omit<HmacOptions, 'header'> = {
		encoding: 'base64',
		key: (secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'),
		parse: (header, headers) => ({
			timestamp: headerText(headers, 'webhook-timestamp') ?? '',
			signatures: header.split(' ').flatMap((part) => /^v1,(.+)$/.exec(part)?.[1] ?? []),
		}),
		content: ({ rawBody, headers }, timestamp) => [
			`${headerText(headers, 'webhook-id') ?? ''}.${timestamp}.${rawBody.toString()}`,
		],
		tolerance: { pastSeconds: 300, futureSeconds: 300 },
	};
	// Signed by the reference library.
	const signedBy = (secret: string) => new Webhook(secret).sign(ID, new Date(RECEIVED_AT), BODY);
	const verdictOf = (signature: string, secret = SECRET) => {
		const headers = {
			'x-signature': signature,
			'webhook-id': ID,
			'webhook-timestamp': String(RECEIVED_AT / 1000),
		};
		return verdict(options, '', { headers }, { webhookSecret: secret });
	};

	it('is accepted as its reference library signs', () => {
		expect(verdictOf(signedBy(SECRET))).toBe('ok');
		expect(verdictOf(`v1a,notthisone v1,bm90IHRoaXMgb25l ${signedBy(SECRET)}`)).toBe('ok');
		expect(verdictOf(signedBy(SECRET), `whsec_${btoa('another key of 24 bytes..')}`)).toBe(
			'header_mismatch',
		);
		expect(verdictOf('v2,AAAA')).toBe('header_malformed');
	});

	it.each(['whsec_', '????'])(
		'is never accepted by the secret %j, which holds no key',
		(secret) => {
			const signature = createHmac('sha256', '')
				.update(`${ID}.${RECEIVED_AT / 1000}.${BODY}`)
				.digest('base64');

			expect(verdictOf(`v1,${signature}`, secret)).toBe('header_mismatch');
		},
	);
});

describe('what is signed', () => {
	// printf '%s' 'https://n8n.example.com/webhook/1Body=HiFrom=whatsapp:+15551234567' |
	//   openssl dgst -sha1 -mac HMAC -macopt key:secret -binary | base64; then with :443 behind the host
	const plain = 'm3JLhigrvRVQe2btszeys763Q1E=';
	const withPort = '4006fhvuwtGgqRLJi/ODEqN7aS4=';
	const options: Omit<HmacOptions, 'header'> = {
		algorithm: 'sha1',
		encoding: 'base64',
		content: ({ url, rawBody }) =>
			[url, url.replace('.com/', '.com:443/')].map((spelling) => spelling + rawBody.toString()),
	};
	const rawBody = Buffer.from('Body=HiFrom=whatsapp:+15551234567');

	it('may be the URL with the body, in any of its spellings', () => {
		expect(verdict(options, plain, { rawBody })).toBe('ok');
		expect(verdict(options, withPort, { rawBody })).toBe('ok');
	});

	it('is another where the URL or the body is another', () => {
		const url = 'https://n8n.example.com/webhook/2';

		expect(verdict(options, plain, { rawBody, url })).toBe('header_mismatch');
		expect(verdict(options, plain, { rawBody: Buffer.from('Body=Ho') })).toBe('header_mismatch');
	});

	it('matches nothing where there is nothing that could be signed', () => {
		expect(verdict({ content: () => [] }, SHA256.hex)).toBe('header_mismatch');
	});

	it('may be no bytes at all', () => {
		// printf '' | openssl dgst -sha256 -mac HMAC -macopt key:secret
		const digest = 'f9e66e179b6747ae54108f82f8ade8b3c25d76fd30afde6c395822c530196169';

		expect(verdict({}, digest, { rawBody: Buffer.alloc(0) })).toBe('ok');
	});
});

describe('the header', () => {
	it('that says nothing is missing, however it says so', () => {
		for (const value of [undefined, '', '  ', []]) {
			expect(verdict({}, '', { headers: { 'x-signature': value } })).toBe('header_missing');
		}
	});

	it('that came more than once is rejected, even with one right signature twice', () => {
		for (const value of [`${SHA256.hex}, ${SHA256.hex}`, [SHA256.hex], [SHA256.hex, BY_OTHER]]) {
			expect(verdict({}, '', { headers: { 'x-signature': value } })).toBe('header_repeated');
		}
	});

	it('is not looked at where the credential has no secret', () => {
		expect(verdict({}, '', {}, {})).toBe('secret_missing');
		expect(verdict({}, SHA256.hex, {}, { webhookSecret: ' ' })).toBe('secret_missing');
	});
});
