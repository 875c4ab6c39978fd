import { z } from 'zod';
import { EVENT_NAMES } from './events';

/**
 * The item that every node emits: one for each message, status or change. Only what zod 3.25 and
 * zod 4 share is used, since n8n decides which of the two is there.
 *
 * Fields up to `summary` are always present, null where unknown; the rest only when they apply.
 */

const text = z.string().nullable();
const number = z.number().nullable();
const flag = z.boolean().nullable();

export const PROVIDERS = ['chakrahq', 'pingmate', 'chatmitra', 'chirp'] as const;

const contactCard = z.object({
	name: text,
	phones: z.array(z.string()),
	emails: z.array(z.string()),
});

const orderItem = z.object({ productId: text, quantity: number, price: number, currency: text });

export const itemSchema = z
	.object({
		event: z.enum(EVENT_NAMES).describe('What happened; decides the output'),
		provider: z.enum(PROVIDERS).describe('Who delivered it'),
		providerEvent: z.string().describe("The provider's own name for the event"),
		eventId: z
			.string()
			.min(1)
			.describe('The same for every retry of this event, different for every other'),
		occurredAt: z.string().datetime().nullable().describe('ISO 8601, UTC, with milliseconds'),
		channel: z.enum(['whatsapp', 'sms']),
		direction: z
			.enum(['inbound', 'outbound'])
			.nullable()
			.describe('Inbound comes from the customer, outbound from the business'),
		messageId: text.describe('The id that later statuses refer to'),
		messageType: text.describe('As WhatsApp names it: text, image, interactive, order…'),
		text: text.describe('What a person would read: body, caption, button title, emoji…'),
		from: text.describe('E.164 with + for a phone number, else as given'),
		to: text.describe('E.164 with + for a phone number, else as given'),
		contact: z
			.object({ phone: text, name: text, id: text })
			.describe("The customer, whichever way the message went; id is WhatsApp's user id"),
		business: z.object({ phone: text, phoneNumberId: text, accountId: text }).describe('Our side'),
		status: text.describe('sent, delivered, read, failed, played…'),
		summary: z.string().min(1).describe('One English line, ready for a Slack message'),

		error: z.object({ code: z.string(), message: text, details: text, help: text }).optional(),
		media: z
			.object({
				url: text,
				id: text,
				mimeType: text,
				filename: text,
				caption: text,
				sha256: text,
				size: number.describe('Bytes'),
				voice: flag.describe('Whether it is a voice note'),
			})
			.optional(),
		location: z
			.object({ latitude: number, longitude: number, name: text, address: text })
			.optional(),
		contacts: z.array(contactCard).optional().describe('Contact cards that were shared'),
		interactive: z
			.object({ kind: text, id: text, title: text, description: text })
			.optional()
			.describe('The button or list entry that was chosen'),
		reaction: z
			.object({ emoji: text.describe('Null when it was removed'), messageId: text })
			.optional(),
		order: z.object({ catalogId: text, items: z.array(orderItem), total: number }).optional(),
		referral: z
			.object({
				sourceType: text,
				sourceId: text,
				sourceUrl: text,
				headline: text,
				body: text,
				clickId: text,
			})
			.optional()
			.describe('The click-to-WhatsApp ad that the customer came from'),
		context: z
			.object({ messageId: text, from: text, forwarded: z.boolean() })
			.optional()
			.describe('The message that this one answers, or that it was forwarded'),
		form: z
			.object({ id: text, name: text, fields: z.record(z.string(), z.unknown()) })
			.optional()
			.describe('A completed form; fields is flat, key to value'),
		template: z
			.object({
				id: text,
				name: text,
				language: text,
				category: text,
				status: text,
				reason: text,
			})
			.optional(),
		pricing: z.object({ billable: flag, category: text, model: text }).optional(),
		account: z.record(z.string(), z.unknown()).optional(),
		raw: z.unknown().optional().describe("The provider's own payload for this item, untouched"),
	})
	.strict();

/** One normalised message, status or change. */
export type Item = z.infer<typeof itemSchema>;

/** The value of an item's `provider` field. */
export type ProviderId = Item['provider'];
