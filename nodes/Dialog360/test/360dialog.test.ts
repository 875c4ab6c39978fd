import { hmacKnownAnswers } from '../../../test/kit/known-answers';
import { hmacHeader } from '../../../test/kit/simulator';
import {
	deliveryCases,
	headersAsReceived,
	knownAnswerCases,
} from '../../../test/support/delivery-cases';
import * as items from '../../../test/support/items';
import { providerUnderTest } from '../../../test/support/providers';
import type { JsonObject } from '../../shared/core/values/json';
import { readDelivery } from '../../shared/core/read/read-delivery';
import { rejection } from '../../shared/n8n/receive/problem';
import { provider } from '../provider';

const HEADER = 'x-360dialog-signature';
const direct = providerUnderTest('360dialog');
const occasion = { url: 'https://n8n.example.com/webhook/x/webhook', at: new Date() };
const BODY = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');

/** As 360dialog delivers to a partner. */
const partner = {
	...direct,
	simulator: {
		...direct.simulator,
		secret: 'platform_one',
		otherSecret: 'platform_two',
		credential: { verifyBy: 'signature' },
		sign: hmacHeader(HEADER),
		// OpenSSL: 360dialog publishes the scheme ("Signature Validation") and no example of it.
		knownAnswers: hmacKnownAnswers(HEADER),
	},
};

const resultOf = (headers: Record<string, string>, credential: Record<string, string>) => {
	const delivery = { rawBody: BODY, headers, url: occasion.url, receivedAt: Date.now() };
	const result = readDelivery(provider, delivery, credential);
	return result.kind === 'rejected' ? result.reason : result.kind;
};

describe("a partner's delivery", () => {
	it.each([...deliveryCases(partner, BODY, occasion), ...knownAnswerCases(partner)])(
		'$name → $expected',
		(delivery) => {
			const { rawBody, credential, expected } = delivery;
			const headers = headersAsReceived(delivery);
			const request = { rawBody, headers, url: occasion.url, receivedAt: Date.now() };
			const result = readDelivery(provider, request, credential);

			expect(result.kind === 'rejected' ? result.reason : result.kind).toBe(expected);
		},
	);

	it('may have the name of the algorithm before its signature', () => {
		const { [HEADER]: signature } = hmacHeader(HEADER)(BODY, 'platform_one', occasion);

		expect(
			resultOf(
				{ [HEADER]: `sha256=${signature}` },
				{ verifyBy: 'signature', webhookSecret: 'platform_one' },
			),
		).toBe('items');
	});
});

describe("a partner's event", () => {
	const itemsOf = (event: string, data: JsonObject, body: JsonObject = {}) =>
		items.itemsOf(provider, { id: 'e1', event, data, ...body });

	it.each([
		['client_created', 'account.updated'],
		['channel_created', 'account.updated'],
		['channel_submitted', 'account.updated'],
		['channel_ready', 'account.updated'],
		['channel_running', 'account.updated'],
		['channel_live', 'account.updated'],
		['channel_permission_granted', 'account.updated'],
		['waba_deleted', 'account.updated'],
		['account_violation', 'account.updated'],
		['account_restriction', 'account.updated'],
		['account_update', 'account.updated'],
		['phone_number_quality_update', 'account.updated'],
		['template_messaging_enabled', 'account.updated'],
		['template_messaging_disabled', 'account.updated'],
		['waba_template_status_changed', 'template.updated'],
		['message_template_status_update', 'template.updated'],
		['user_id_update', 'contact.updated'],
		['smb_app_state_sync', 'contact.updated'],
		['history', 'other'],
		['not_invented_yet', 'other'],
	])('%s is %s, named so, and known by its own id', (event, expected) => {
		expect(itemsOf(event, {})).toMatchObject([
			{ event: expected, providerEvent: event, eventId: `360dialog:${expected}:e1` },
		]);
	});

	it.each([
		['phone_number', { phone_number: '15550200100' }],
		['its set-up', { setup_info: { phone_number: '15550200100' } }],
		['Meta’s metadata', { metadata: { display_phone_number: '15550200100' } }],
	])('has our number from %s', (_, data) => {
		expect(itemsOf('channel_live', data)).toMatchObject([{ business: { phone: '+15550200100' } }]);
	});

	it.each([
		['its account', { waba_account: { id: 'w1', external_id: '7' } }, '7'],
		['its account’s own id', { waba_account: { id: 'w1' } }, 'w1'],
		['waba_id', { waba_id: '7' }, '7'],
		['Meta’s entry', { id: '7', metadata: {} }, '7'],
		['nothing', { id: 'CH1' }, null],
	])('has our account from %s', (_, data, accountId) => {
		expect(itemsOf('channel_live', data)).toMatchObject([{ business: { accountId } }]);
	});

	it('is an item for each person and message that Meta’s value in it has', () => {
		const contacts = [{ wa_id: '15550100222', profile: { name: 'Mara' } }];
		const message = { from: '15550100222', id: 'wamid.1', type: 'text', text: { body: 'Hi' } };

		expect(itemsOf('messages', { contacts, messages: [message, message] })).toMatchObject(
			[1, 2].map(() => ({
				event: 'message.received',
				eventId: '360dialog:message.received:wamid.1',
				text: 'Hi',
				contact: { name: 'Mara' },
				raw: { id: 'e1', event: 'messages', data: { messages: [message] } },
			})),
		);
		const change = (current: string) => ({ user_id: { previous: 'US.0', current } });
		const changes = itemsOf('user_id_update', { user_id_update: [change('US.1'), change('US.2')] });
		expect(changes.map(({ contact }) => contact.id)).toEqual(['US.1', 'US.2']);
		expect(new Set(changes.map(({ eventId }) => eventId)).size).toBe(2);
	});

	it('is told from what else has an event: without data it is read as Meta’s format', () => {
		expect(items.itemsOf(provider, { event: 'channel_live' })).toMatchObject([{ event: 'other' }]);
		expect(itemsOf('', {})).toMatchObject([{ event: 'other', providerEvent: 'unknown' }]);
	});
});

describe('how a delivery is verified', () => {
	const signed = hmacHeader(HEADER)(BODY, 'platform_one', occasion);
	const shared = { 'x-webhook-secret': 'platform_one' };

	it('is what the credential says, whatever the delivery brings', () => {
		for (const verifyBy of ['header', '', 'anything']) {
			expect(resultOf(signed, { verifyBy, webhookSecret: 'platform_one' })).toBe('header_missing');
			expect(resultOf(shared, { verifyBy, webhookSecret: 'platform_one' })).toBe('items');
		}
		const partnerCredential = { verifyBy: 'signature', webhookSecret: 'platform_one' };
		expect(resultOf(shared, partnerCredential)).toBe('header_missing');
		expect(resultOf(signed, partnerCredential)).toBe('items');
	});

	it('is the header that the credential names, where it is a header', () => {
		const credential = { headerName: ' X-Own ', webhookSecret: 'platform_one' };

		expect(resultOf({ 'x-own': 'platform_one' }, credential)).toBe('items');
		expect(resultOf(shared, credential)).toBe('header_missing');
	});
});

it.each([
	['header', "the shared secret doesn't match"],
	['signature', "the signature doesn't match"],
])('a rejection by %s says that %s', (verifyBy, cause) => {
	expect(rejection(provider, 'header_mismatch', { verifyBy }).cause).toBe(cause);
});
