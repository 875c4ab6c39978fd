import { randomUUID } from 'node:crypto';

/** A message in Meta's format. */
export interface MetaMessage {
	/** The customer's number, without a plus. */
	from?: string;
	/** Without one, WhatsApp tells no name. */
	name?: string;
	/** In seconds since 1970; now unless given. */
	sentAt?: number;
	/** Its type, and what goes with it. */
	content: object;
}

/** The content of a text message. */
export const text = (body: string) => ({ type: 'text', text: { body } });

/** A delivery of ChakraHQ in Meta's format, of new messages. */
export function metaDelivery(list: readonly MetaMessage[]): Buffer {
	const messages = list.map(({ from = '919876543210', ...message }) => ({ from, ...message }));
	const value = {
		messaging_product: 'whatsapp',
		metadata: { display_phone_number: '917259775805', phone_number_id: '694794789348887' },
		contacts: messages
			.filter(({ name }) => name !== undefined)
			.map(({ from, name }) => ({ wa_id: from, profile: { name } })),
		messages: messages.map(({ from, sentAt, content }) => ({
			from,
			id: `wamid.${randomUUID()}`,
			timestamp: String(sentAt ?? Math.floor(Date.now() / 1000)),
			...content,
		})),
	};
	const entry = [{ id: '83784929738012', changes: [{ field: 'messages', value }] }];
	return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry }));
}
