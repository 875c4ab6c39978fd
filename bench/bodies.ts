import { createHmac } from 'node:crypto';

export const SECRET = 'whsec_bench_secret';

/** A delivery in Meta's format with this many text messages, each of another person. */
export function metaBody(messages: number): Buffer {
	const people = Array.from({ length: messages }, (_, n) => String(919_900_000_000 + n));
	return Buffer.from(
		JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [
				{
					id: '83784929738012',
					changes: [
						{
							value: {
								messaging_product: 'whatsapp',
								metadata: {
									display_phone_number: '917259775805',
									phone_number_id: '694794789348887',
								},
								contacts: people.map((wa_id) => ({ profile: { name: 'John' }, wa_id })),
								messages: people.map((from, n) => ({
									from,
									id: `wamid.HBgMOTEST3AxMjU4NDMzFQIAEhgUM0VCMDM3RjlE${n}`,
									timestamp: '1756322278',
									text: { body: 'Hi, can you please help me out?' },
									type: 'text',
								})),
							},
							field: 'messages',
						},
					],
				},
			],
		}),
	);
}

/** HMAC-SHA256 as hex. */
export function signatureOf(body: Buffer): string {
	return createHmac('sha256', SECRET).update(body).digest('hex');
}
