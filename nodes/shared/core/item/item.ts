import { z } from 'zod';
import { EVENT_NAMES } from './events';

/**
 * The item every node emits: one for each message, status, or change.
 *
 * Fields up to `summary` are always present, and null if unknown. The rest are present only when they
 * apply.
 */

const text = z.string().nullable();
const number = z.number().nullable();
const flag = z.boolean().nullable();

const contactCard = z.object({
	name: text.describe('The name on the card'),
	phones: z.array(z.string()).describe('In E.164 form with + where it is a phone number'),
	emails: z.array(z.string()).describe('Email addresses'),
});

const orderItem = z.object({
	productId: text.describe("The product's id in the catalog of the shop"),
	quantity: number.describe('How many'),
	price: number.describe('Of one'),
	currency: text.describe('ISO 4217 code such as INR'),
});

export const itemSchema = z
	.object({
		event: z.enum(EVENT_NAMES).describe('What happened; decides the output'),
		provider: z.string().min(1).describe('Who delivered it: chakrahq, pingmate…; an open list'),
		providerEvent: z.string().describe("The provider's own name for the event"),
		eventId: z
			.string()
			.min(1)
			.describe('The same for every retry of this event, different for every other'),
		occurredAt: z
			.string()
			.datetime()
			.nullable()
			.describe('When it happened: ISO 8601, UTC, with milliseconds'),
		channel: z
			.enum(['whatsapp', 'sms'])
			.describe('sms where the provider relays text messages, too'),
		direction: z
			.enum(['inbound', 'outbound'])
			.nullable()
			.describe('Inbound comes from the customer, outbound from the business'),
		messageId: text.describe('The id that later statuses refer to'),
		messageType: text.describe('As WhatsApp names it: text, image, interactive, order…'),
		text: text.describe('What a person would read: body, caption, button title, emoji…'),
		from: text.describe('The sender: E.164 with + for a phone number, otherwise as given'),
		to: text.describe('The recipient: E.164 with + for a phone number, otherwise as given'),
		contact: z
			.object({
				phone: text.describe(
					'In E.164 form with +; null where the customer hides it, never what was typed in a form',
				),
				name: text.describe('As WhatsApp or the provider names the sender'),
				id: text.describe("WhatsApp's user ID (BSUID or LID), where there is one"),
				username: text.describe('The WhatsApp username, where the customer has one'),
			})
			.describe('The customer, whichever way the message went'),
		conversation: z
			.object({
				id: text.describe(
					'The same for everything in one chat: the key for a memory, or for a row. Null where there is no chat',
				),
				kind: z
					.enum(['person', 'group', 'channel', 'status'])
					.nullable()
					.describe('Whether it is a direct chat, a group, a channel, or a status'),
				name: text.describe("The customer's or the group's name, where the delivery has it"),
			})
			.describe('The chat that this belongs to, whoever wrote'),
		replyTo: text.describe(
			"The recipient for an answer, as the provider's send call takes it; null where there is no way",
		),
		business: z
			.object({
				phone: text.describe('In E.164 form with +'),
				phoneNumberId: text.describe("The phone number's id at WhatsApp"),
				accountId: text.describe("The account's id at WhatsApp or at the provider"),
			})
			.describe('Your side'),
		status: text.describe('What became of the message: sent, delivered, read, failed, played…'),
		summary: z.string().min(1).describe('One English line, ready for a Slack message'),

		error: z
			.object({
				code: z.string().describe("WhatsApp's or the provider's code; unknown without one"),
				message: text.describe('What went wrong'),
				details: text.describe('More on it'),
				help: text.describe('What to do, or where to read about it'),
			})
			.optional()
			.describe("Why a message failed or can't be shown, or another error that WhatsApp reports"),
		media: z
			.object({
				url: text.describe('Where the file is, as the provider gives it; may need a login'),
				id: text.describe("The file's id at WhatsApp or at the provider"),
				mimeType: text.describe('Such as image/jpeg'),
				filename: text.describe("The sender's name for it"),
				caption: text.describe('The text below it'),
				sha256: text.describe("The file's hash, as given"),
				size: number.describe('Bytes'),
				voice: flag.describe('Whether it is a voice note'),
			})
			.optional()
			.describe('An image, video, audio, document or sticker'),
		location: z
			.object({
				latitude: number.describe('Degrees'),
				longitude: number.describe('Degrees'),
				name: text.describe('The name of the place'),
				address: text.describe('Its address'),
			})
			.optional()
			.describe('A place that was shared'),
		contacts: z.array(contactCard).optional().describe('Contact cards that were shared'),
		interactive: z
			.object({
				kind: text.describe('button, button_reply, list_reply, nfm_reply…'),
				id: text.describe('The id or payload that you gave the button or list entry'),
				title: text.describe('Its text'),
				description: text.describe('The second line of a list entry'),
			})
			.optional()
			.describe('The button or list entry that was chosen, or another such reply'),
		reaction: z
			.object({
				emoji: text.describe('Null when it was removed'),
				messageId: text.describe('The message that it is about'),
			})
			.optional()
			.describe('A reaction to a message'),
		order: z
			.object({
				catalogId: text.describe('The catalog of the shop'),
				items: z.array(orderItem).describe('What was ordered'),
				total: number.describe('Null when a price is missing or the currencies differ'),
			})
			.optional()
			.describe('An order from the catalog'),
		referral: z
			.object({
				sourceType: text.describe('ad or post'),
				sourceId: text.describe("The ad's or post's id at Meta"),
				sourceUrl: text.describe('The address of the ad or post'),
				headline: text.describe('Its headline'),
				body: text.describe('Its text'),
				clickId: text.describe("The click's id (ctwa_clid), for Meta's Conversions API"),
			})
			.optional()
			.describe('The click-to-WhatsApp ad that the customer came from'),
		context: z
			.object({
				messageId: text.describe('The message that is answered, edited or deleted'),
				from: text.describe('Who sent that one'),
				forwarded: z.boolean().describe('Whether the message was forwarded'),
			})
			.optional()
			.describe('The message that this one answers, edits or deletes, or that it was forwarded'),
		form: z
			.object({
				id: text.describe("The form's id; of a WhatsApp Flow its token"),
				name: text.describe("The form's name"),
				fields: z
					.record(z.string(), z.unknown())
					.describe('The answers by the name of their field'),
			})
			.optional()
			.describe('A completed form or WhatsApp Flow'),
		template: z
			.object({
				id: text.describe("The template's id"),
				name: text.describe('Its name'),
				language: text.describe('Such as en_US'),
				category: text.describe('MARKETING, UTILITY, AUTHENTICATION…'),
				status: text.describe('APPROVED, REJECTED, PAUSED…, or its new quality'),
				reason: text.describe('Why it was rejected'),
			})
			.optional()
			.describe('The template that changed, or that a message was made from'),
		pricing: z
			.object({
				billable: flag.describe('Whether WhatsApp charges for the message'),
				category: text.describe('marketing, utility, authentication, service…'),
				model: text.describe('PMP, by message, or CBP, by conversation'),
			})
			.optional()
			.describe("What a message costs, as far as WhatsApp's statuses say"),
		account: z
			.record(z.string(), z.unknown())
			.optional()
			.describe("What changed, in the provider's own fields"),
		raw: z
			.unknown()
			.optional()
			.describe(
				"The provider's own payload for this item, untouched; JSON text if it's too large; an option leaves it out",
			),
	})
	.strict();

/** One normalized message, status, or change. */
export type Item = z.infer<typeof itemSchema>;
