import { itemOf as itemOf } from '../../../test/support/items';
import { providerUnderTest, testCredential } from '../../../test/support/providers';
import { REJECTIONS } from '../../shared/n8n/receive/problem';
import { readDelivery } from '../../shared/core/read-delivery';
import { provider } from '../provider';

const HOST = 'https://n8n.example.com';
const PATH = '/webhook/5b/webhook';

const FORM =
	'To=whatsapp%3A%2B14155238886&Body=+%F0%9F%99%8F+%26+more+&From=whatsapp%3A%2B919876543210&FromCity=&MessageSid=SM1&SmsStatus=received';

/**
 * Of the form at the URL without a port, with a query, and with the port 443, by the token "token":
 * printf '%s' '<URL>Body 🙏 & more From…' | openssl dgst -sha1 -mac HMAC -macopt key:token -binary | base64,
 * where the fields are in order of their names and decoded.
 */
const SIGNED = {
	plain: 'eBcqslCMt06rZPzuKcThlKernDQ=',
	withQuery: '8esta0nejvTbWBCAY9nTv5bQzDs=',
	withPort: 'IwJ/Fn8XnTpnw1qPeD3hpzBGz+8=',
	withOddPort: '69FgkbrakHvQXTefnRVIjE0Ejxo=',
	http: 'VGTEEm3+VrnfSq6t2cWWVJgN448=',
	httpWithPort: 'KcAWnOyZf+4rdsIoyJpmIzhgFhM=',
};

/** What becomes of the form at this URL: "items", or why it is refused. */
function verdict(signature: string, url = HOST + PATH, body = FORM): string {
	const result = readDelivery(
		provider,
		{
			rawBody: Buffer.from(body),
			headers: { 'x-twilio-signature': signature },
			url,
			receivedAt: 0,
		},
		{ webhookSecret: 'token' },
	);
	return result.kind === 'refused' ? result.reason : result.kind;
}

describe('a signature', () => {
	it('covers values as they are, decoded, with white space around them, and fields that are empty', () => {
		expect(verdict(SIGNED.plain)).toBe('items');
		expect(verdict(SIGNED.plain, undefined, FORM.replace('more+', 'more'))).toBe('proof_mismatch');
		expect(verdict(SIGNED.plain, undefined, FORM.replace('&FromCity=', ''))).toBe('proof_mismatch');
		expect(verdict(SIGNED.plain, undefined, `${FORM}&NewField=`)).toBe('proof_mismatch');
	});

	it('does not depend on the order in which the fields are sent', () => {
		const reversed = FORM.split('&').reverse().join('&');

		expect(verdict(SIGNED.plain, undefined, reversed)).toBe('items');
	});

	it.each([
		['with its query', SIGNED.withQuery, `${HOST}${PATH}?branch=1`],
		['with the standard port, where n8n has none', SIGNED.withPort, HOST + PATH],
		['without the standard port, where n8n has it', SIGNED.plain, `${HOST}:443${PATH}`],
		['with a port of its own', SIGNED.withOddPort, `${HOST}:8443${PATH}`],
		['without a port of its own', SIGNED.plain, `${HOST}:8443${PATH}`],
		['over HTTP', SIGNED.http, HOST.replace('https', 'http') + PATH],
		['over HTTP with the standard port', SIGNED.httpWithPort, HOST.replace('https', 'http') + PATH],
	])('covers the URL %s', (_, signature, url) => {
		expect(verdict(signature, url)).toBe('items');
	});

	it.each([
		['another scheme', HOST.replace('https', 'http') + PATH],
		['another host', `https://localhost:5678${PATH}`],
		['the test URL instead', `${HOST}/webhook-test/5b/webhook`],
		['a query that was not there', `${HOST}${PATH}?branch=1`],
		['a slash at its end', `${HOST}${PATH}/`],
		['nothing', ''],
	])('does not match where n8n takes its URL for %s, and n8n says what to look at', (_, url) => {
		expect(verdict(SIGNED.plain, url)).toBe('proof_mismatch');
		const advice = provider.advice?.proof_mismatch ?? REJECTIONS.proof_mismatch.advice(provider);
		expect(advice).toMatch(/N8N_WEBHOOK_URL.*Webhook URLs.*Auth Token/);
	});
});

describe('a JSON body', () => {
	// printf '%s' '{"a":1}' | openssl dgst -sha256
	const HASH = '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862';
	const URL = `${HOST}${PATH}?bodySHA256=${HASH}`;
	const SIGNATURE = '8dU3Qu+ZJoFBuHF2PbvHcgWneeA=';

	it('is bound by its hash in the URL', () => {
		expect(verdict(SIGNATURE, URL, '{"a":1}')).toBe('items');
		expect(verdict(SIGNATURE, URL, '{"a":2}')).toBe('proof_mismatch');
		expect(verdict(SIGNATURE, URL, '')).toBe('proof_mismatch');
		expect(verdict(SIGNATURE, URL, FORM)).toBe('proof_mismatch');
	});

	it.each(['', '00', 'not-a-hash', HASH.slice(2), `${HASH}00`])(
		'with the hash %j is not accepted, whatever is signed',
		(hash) => {
			for (const signature of [SIGNATURE, SIGNED.plain]) {
				expect(verdict(signature, `${HOST}${PATH}?bodySHA256=${hash}`, '{"a":1}')).toBe(
					'proof_mismatch',
				);
			}
		},
	);
});

describe('what a form is', () => {
	const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

	it.each([
		['accepted', 'other'],
		['scheduled', 'other'],
		['queued', 'other'],
		['sending', 'other'],
		['sent', 'message.sent'],
		['delivered', 'message.delivered'],
		['read', 'message.read'],
		['undelivered', 'message.failed'],
		['failed', 'message.failed'],
		['canceled', 'other'],
		['receiving', 'message.received'],
		['received', 'message.received'],
		['READ', 'message.read'],
	])('the status %s makes it %s', (MessageStatus, event) => {
		expect(itemOf(provider, form({ MessageSid: 'SM1', MessageStatus }))).toMatchObject({ event });
	});

	it('is a message where it has a body and no status', () => {
		expect(itemOf(provider, form({ Body: 'Hi', From: '+919876543210' }))).toMatchObject({
			event: 'message.received',
			channel: 'sms',
			text: 'Hi',
		});
	});

	it.each([
		[{ From: '+15551234567', To: '+14155238886' }, 'sms'],
		[{ From: '12345', To: '+14155238886' }, 'sms'],
		[{ From: 'whatsapp:+15551234567', To: 'whatsapp:+14155238886' }, 'whatsapp'],
		[{ From: 'WhatsApp:+15551234567' }, 'whatsapp'],
		[{ To: 'whatsapp:+14155238886' }, 'whatsapp'],
	])('%j is on the channel %s', (addresses, channel) => {
		expect(itemOf(provider, form({ SmsStatus: 'received', ...addresses }))).toMatchObject({
			event: 'message.received',
			channel,
		});
	});

	it.each(['rcs:+15551234567', 'messenger:1234567890'])('from %s is another channel', (From) => {
		expect(itemOf(provider, form({ SmsStatus: 'received', Body: 'Hi', From }))).toMatchObject({
			event: 'other',
			text: 'Hi',
		});
	});

	it('takes the number of a customer from WaId where the sender is a user id', () => {
		const From = 'whatsapp:IN.1';

		expect(
			itemOf(provider, form({ SmsStatus: 'received', From, WaId: '919876543210' })),
		).toMatchObject({ from: 'IN.1', contact: { phone: '+919876543210', id: 'IN.1' } });
	});
});

it.each([
	['an Auth Token', '0123456789abcdef0123456789abcdef', null],
	['the SID of an account', 'AC0123456789abcdef0123456789abcdef', /SID.*Auth Token/],
	['the SID of an API key', 'SK0123456789abcdef0123456789abcdef', /SID.*Auth Token/],
	['a signature', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', /signature.*Auth Token/],
	['what stands for a hidden token', '••••••••', /Auth Token/],
	['nothing', '', /^The Auth Token is empty.*Account Dashboard/],
])('tells of %s in the test of the credential', async (_, webhookSecret, problem) => {
	const result = await testCredential(providerUnderTest('twilio'), {}, { webhookSecret });

	expect(result).toMatchObject(
		problem === null
			? { status: 'OK' }
			: { status: 'Error', message: expect.stringMatching(problem) as string },
	);
});
