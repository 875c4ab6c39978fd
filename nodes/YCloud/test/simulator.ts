import { createHmac } from 'crypto';
import { freshJson, type KnownAnswer, type Simulator } from '../../../test/kit/simulator';

const HEADER = 'YCloud-Signature';

const freshIds = freshJson('evt_', 'wamid');

/**
 * The valid ones of YCloud's published vectors (YCloud-Developer-Kit, ycloud-webhook-endpoints,
 * webhook-signature-vectors.tsv); those that are to be rejected are in ycloud.test.ts.
 */
const VECTORS: {
	name: string;
	body: string;
	signature: string;
	signedWith: string;
	now: number;
}[] = [
	{
		name: 'valid-compact-json',
		body: '{"id":"evt_01","type":"whatsapp.inbound_message.received","apiVersion":"v2"}',
		signature: '4ee5dc4c43b9d27aa16b9e46a59ea8700d0b3b90d9da6139a302aa7a55cbdaa1',
		signedWith: 'whsec_test_6c2f0f6c3a6d4b16',
		now: 1_700_000_100,
	},
	{
		name: 'valid-utf8-whitespace',
		body: '{\n  "id": "evt_中文",\n  "type": "whatsapp.message.updated",\n  "note": "café ☕"\n}\n',
		signature: '0fa8dbc23f4532dd2fbb37bba1d902826cb6831b50f198d827f9bf3945e5802c',
		signedWith: 'whsec_test_6c2f0f6c3a6d4b16',
		now: 1_700_000_000,
	},
	{
		name: 'valid-secondary-candidate',
		body: '{"id":"evt_rotate","type":"contact.created","apiVersion":"v2"}',
		signature: '52b57aa863700b50a2c1afe17f5d95e631c0de78f0f07174273dd70b4b903d87',
		signedWith: 'whsec_previous_73d42e64',
		now: 1_700_000_050,
	},
];

export const simulator: Simulator = {
	apiKey: {
		keyField: 'apiKey',
		data: { webhookSecret: 'whsec_ycloud', apiKey: 'ycloud-key' },
		headers: { 'X-API-Key': 'ycloud-key' },
		withoutKey: {
			message: 'The YCloud credential has no API Key',
			description:
				"n8n didn't send the request. Open the credential and enter the API Key. Copy it from YCloud: Developers → API Keys.",
		},
	},
	secret: 'whsec_playground_ycloud',
	otherSecret: 'whsec_other_ycloud',

	sign(rawBody, secret, { at }) {
		const timestamp = Math.floor(at.getTime() / 1000);
		const signature = createHmac('sha256', secret)
			.update(`${timestamp}.`)
			.update(rawBody)
			.digest('hex');
		return { [HEADER]: `t=${timestamp},s=${signature}` };
	},
	freshen: (text, now) =>
		freshIds(text, now).replace(/("\w+Time":\s*)"[^"]*"/g, `$1"${now.toISOString()}"`),
	knownAnswers: VECTORS.map(({ name, body, signature, signedWith, now }): KnownAnswer => ({
		name,
		rawBody: Buffer.from(body),
		headers: { [HEADER]: `t=1700000000,s=${signature}` },
		secret: signedWith,
		occasion: { url: '', at: new Date(now * 1000) },
		expected: 'items',
	})),
	schedule: {
		attempts: 8,
		waits: [10, 30, 300, 1800, 3600, 7200, 7200],
		timeoutSeconds: 6,
	},
};
