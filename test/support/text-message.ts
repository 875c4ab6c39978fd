import { randomUUID } from 'node:crypto';

/** A delivery of ChakraHQ in Meta's format: one new message with this text. */
export function textMessage(body: string): Buffer {
	const from = '919800000001';
	const value = {
		messaging_product: 'whatsapp',
		metadata: { display_phone_number: '917259775805', phone_number_id: '694794789348887' },
		contacts: [{ wa_id: from, profile: { name: 'A customer' } }],
		messages: [
			{
				from,
				id: `wamid.${randomUUID()}`,
				timestamp: String(Math.floor(Date.now() / 1000)),
				type: 'text',
				text: { body },
			},
		],
	};
	const entry = [{ id: '83784929738012', changes: [{ field: 'messages', value }] }];
	return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry }));
}
