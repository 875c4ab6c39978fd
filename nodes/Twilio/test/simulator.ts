import { createHash, createHmac } from 'crypto';
import type { KnownAnswer, Simulator } from '../../../test/kit/simulator';

const HEADER = 'X-Twilio-Signature';

const EXAMPLE_URL = 'https://mycompany.com/myapp.php?foo=1&bar=2';

/** Of Twilio's documented example; SHA-256 of `{"property": "value", "boolean": true}`. */
const BODY_HASH = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';

const EXAMPLE_FORM =
	'Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE';

function known(
	name: string,
	url: string,
	body: string,
	signature: string,
	expected: KnownAnswer['expected'] = 'items',
): KnownAnswer {
	return {
		name,
		rawBody: Buffer.from(body),
		headers: { [HEADER]: signature },
		secret: '12345',
		occasion: { url, at: new Date(0) },
		expected,
	};
}

export const simulator: Simulator = {
	apiKey: {
		keyField: 'accountSid',
		data: { webhookSecret: 'auth-token', accountSid: 'AC00000000000000000000000000000000' },
		// printf '%s' 'AC00000000000000000000000000000000:auth-token' | base64
		headers: {
			Authorization: 'Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDphdXRoLXRva2Vu',
		},
		withoutKey: {
			message: 'The Twilio credential has no Account SID',
			description:
				"n8n didn't send the request. Open the credential and enter the Account SID. Copy it from the Twilio Console: Account Dashboard → Account Info → Account SID.",
		},
	},
	secret: 'playground_twilio',
	otherSecret: 'other_twilio',
	contentType: 'application/x-www-form-urlencoded',

	sign(rawBody, secret, { url }) {
		const fields = [...new URLSearchParams(rawBody.toString('utf8'))].sort(([a], [b]) =>
			a < b ? -1 : 1,
		);
		const text = url + fields.map(([name, value]) => name + value).join('');
		return { [HEADER]: createHmac('sha1', secret).update(text).digest('base64') };
	},

	// A message's id is SM or MM and 32 hexadecimal digits; nothing else tells one delivery from another.
	freshen: (text, now) =>
		text.replace(/\b(SM|MM)[0-9a-f]{32}\b/g, (sid: string, kind: string) => {
			const digits = createHash('sha256').update(`${sid} ${now.getTime()}`).digest('hex');
			return kind + digits.slice(0, 32);
		}),

	knownAnswers: [
		// The example in the documentation of Twilio's PHP library, "Validate Incoming Requests".
		known("Twilio's documented example", EXAMPLE_URL, EXAMPLE_FORM, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='),
		// The same with other numbers, in the snippets of Twilio's page on webhook security.
		known(
			"the example of Twilio's page on webhook security",
			EXAMPLE_URL,
			EXAMPLE_FORM.replaceAll('14158675309', '12349013030'),
			'0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
		),
		// The others: the tests of Twilio's Node.js library, spec/validation.spec.js.
		known(
			'a URL that was signed with its standard port',
			EXAMPLE_URL,
			EXAMPLE_FORM,
			'kvajT1Ptam85bY51eRf/AJRuM3w=',
		),
		known(
			'a URL that was signed without its port',
			EXAMPLE_URL.replace('.com', '.com:1234'),
			EXAMPLE_FORM,
			'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
		),
		known(
			'a field that comes three times, with two values',
			EXAMPLE_URL,
			'Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234',
			'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
		),
		known(
			'a JSON body, by its hash in the URL',
			`${EXAMPLE_URL}&bodySHA256=${BODY_HASH}`,
			'{"property": "value", "boolean": true}',
			'a9nBmqA0ju/hNViExpshrM61xv4=',
		),
	],
	schedule: {
		attempts: 1,
		waits: [],
		timeoutSeconds: 15,
	},
};
