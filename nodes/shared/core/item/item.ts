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
	productId: text.describe("The product's ID in the shop's catalog"),
	quantity: number.describe('How many'),
	price: number.describe('The price of one'),
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
		channel: z.enum(['whatsapp', 'sms']).describe('sms if the provider relays text messages, too'),
		direction: z
			.enum(['inbound', 'outbound'])
			.nullable()
			.describe('Inbound comes from the customer, outbound from the business'),
		messageId: text.describe('The ID that later statuses refer to'),
		messageType: text.describe('As WhatsApp names it: text, image, interactive, order…'),
		text: text.describe('The text a person would read: body, caption, button title, emoji…'),
		from: text.describe('The sender: E.164 with + for a phone number, otherwise as given'),
		to: text.describe('The recipient: E.164 with + for a phone number, otherwise as given'),
		contact: z
			.object({
				phone: text.describe(
					'In E.164 form with +. Null if the customer hides it. Never a number typed in a form',
				),
				name: text.describe('As WhatsApp or the provider names the sender'),
				id: text.describe("WhatsApp's user ID (BSUID or LID), if there is one"),
				username: text.describe('The WhatsApp username, if the customer has one'),
			})
			.describe('The customer, whichever way the message went'),
		conversation: z
			.object({
				id: text.describe(
					'The same for everything in one chat: the key for a memory, or for a row. Null if there is no chat',
				),
				kind: z
					.enum(['person', 'group', 'channel', 'status'])
					.nullable()
					.describe("Whether it's a direct chat, a group, a channel, or a status"),
				name: text.describe("The customer's or the group's name, if the delivery has it"),
			})
			.describe('The chat this belongs to, whoever wrote'),
		replyTo: text.describe(
			"The recipient for a reply, as the provider's API takes it. Null if there's no way to reply",
		),
		business: z
			.object({
				phone: text.describe('In E.164 form with +'),
				phoneNumberId: text.describe("The phone number's ID at WhatsApp"),
				accountId: text.describe("The account's ID at WhatsApp or at the provider"),
			})
			.describe('Your side'),
		status: text.describe('The status of the message: sent, delivered, read, failed, played…'),
		summary: z.string().min(1).describe('One English line for a notification. Not escaped'),

		error: z
			.object({
				code: z.string().describe("WhatsApp's or the provider's code. unknown if there is none"),
				message: text.describe('What went wrong'),
				details: text.describe('More on it'),
				help: text.describe('The remedy, or where to read about it'),
			})
			.optional()
			.describe("Why a message failed or can't be shown, or another problem WhatsApp reports"),
		media: z
			.object({
				url: text.describe('Where the file is, as the provider gives it. May need a key'),
				id: text.describe("The file's ID at WhatsApp or at the provider"),
				mimeType: text.describe('Such as image/jpeg'),
				filename: text.describe("The sender's name for the file"),
				caption: text.describe('The text below it'),
				sha256: text.describe("The file's hash, as given"),
				size: number.describe('Bytes'),
				voice: flag.describe("Whether it's a voice note"),
			})
			.optional()
			.describe('An image, video, audio, document, or sticker'),
		location: z
			.object({
				latitude: number.describe('Degrees'),
				longitude: number.describe('Degrees'),
				name: text.describe('The name of the place'),
				address: text.describe('Its address'),
			})
			.optional()
			.describe('A shared place'),
		contacts: z.array(contactCard).optional().describe('Shared contact cards'),
		interactive: z
			.object({
				kind: text.describe('button, button_reply, list_reply, nfm_reply…'),
				id: text.describe('The ID or payload you gave the button or list entry'),
				title: text.describe('Its text'),
				description: text.describe('The second line of a list entry'),
			})
			.optional()
			.describe('The chosen button or list entry, or another such reply'),
		reaction: z
			.object({
				emoji: text.describe('Null if it was removed'),
				messageId: text.describe("The message it's about"),
			})
			.optional()
			.describe('A reaction to a message'),
		order: z
			.object({
				catalogId: text.describe("The shop's catalog"),
				items: z.array(orderItem).describe('The ordered products'),
				total: number.describe('Null if a price is missing or the currencies differ'),
			})
			.optional()
			.describe('An order from the catalog'),
		referral: z
			.object({
				sourceType: text.describe('ad or post'),
				sourceId: text.describe("The ad's or post's ID at Meta"),
				sourceUrl: text.describe('The address of the ad or post'),
				headline: text.describe('Its headline'),
				body: text.describe('Its text'),
				clickId: text.describe("The click's ID (ctwa_clid), for Meta's Conversions API"),
			})
			.optional()
			.describe('The click-to-WhatsApp ad the customer came from'),
		context: z
			.object({
				messageId: text.describe('The message that is answered, edited, or deleted'),
				from: text.describe('Who sent that one'),
				forwarded: z.boolean().describe('Whether the message was forwarded'),
			})
			.optional()
			.describe('The message this one answers, edits, or deletes, or that it was forwarded'),
		form: z
			.object({
				id: text.describe("The form's ID, or a WhatsApp Flow's token"),
				name: text.describe("The form's name"),
				fields: z
					.record(z.string(), z.unknown())
					.describe('The answers, by the name of their field'),
			})
			.optional()
			.describe('A completed form or WhatsApp Flow'),
		template: z
			.object({
				id: text.describe("The template's ID"),
				name: text.describe('Its name'),
				language: text.describe('Such as en_US'),
				category: text.describe('MARKETING, UTILITY, AUTHENTICATION…'),
				status: text.describe('APPROVED, REJECTED, PAUSED…, or its new quality'),
				reason: text.describe('Why it was rejected'),
			})
			.optional()
			.describe('The template that changed, or that a message was created from'),
		pricing: z
			.object({
				billable: flag.describe('Whether WhatsApp charges for the message'),
				category: text.describe('marketing, utility, authentication, service…'),
				model: text.describe('PMP, by message, or CBP, by conversation'),
			})
			.optional()
			.describe("The message's pricing, as far as WhatsApp's statuses say"),
		account: z
			.record(z.string(), z.unknown())
			.optional()
			.describe("The change, in the provider's own fields"),
		raw: z
			.unknown()
			.optional()
			.describe(
				"The provider's own payload for this item, untouched. JSON text if it's too large. An option leaves it out",
			),
	})
	.strict();

/** One normalized message, status, or change. */
export type Item = z.infer<typeof itemSchema>;
