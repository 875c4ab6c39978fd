import type { Content } from '../shared/core/item/content';
import { firstText, numberOf, type JsonObject } from '../shared/core/values/json';

/** What a message says. Of several media the first is `media`; all of them are in `raw`. */
export function contentOfMessage(fields: JsonObject): Content {
	const body = firstText(fields, 'Body');
	const media = mediaOf(fields, body);
	const location = locationOf(fields);
	const interactive = interactiveOf(fields);
	const referral = referralOf(fields);
	const context = contextOf(fields);
	return {
		messageType: firstText(fields, 'MessageType')?.toLowerCase() ?? typeOf(fields),
		text: body ?? interactive?.title ?? location?.name ?? location?.address ?? null,
		...(media ? { media } : {}),
		...(location ? { location } : {}),
		...(interactive ? { interactive } : {}),
		...(referral ? { referral } : {}),
		...(context ? { context } : {}),
	};
}

/** The type if Twilio doesn't name it, by fields only messages of that type have. */
function typeOf(fields: JsonObject): string {
	if (has(fields, 'ListId', 'ListTitle')) return 'interactive';
	if (has(fields, 'ButtonPayload', 'ButtonText')) return 'button';
	if (has(fields, 'Latitude')) return 'location';
	return has(fields, 'MediaUrl0') ? typeOfMedia(firstText(fields, 'MediaContentType0')) : 'text';
}

function typeOfMedia(mimeType: string | null): string {
	const [kind = ''] = (mimeType ?? '').toLowerCase().split('/');
	if (mimeType?.toLowerCase().includes('vcard')) return 'contacts';
	return ['image', 'audio', 'video'].includes(kind) ? kind : 'document';
}

function mediaOf(fields: JsonObject, body: string | null): Content['media'] {
	if (!has(fields, 'MediaUrl0')) return undefined;
	return {
		url: firstText(fields, 'MediaUrl0'),
		id: null,
		mimeType: firstText(fields, 'MediaContentType0'),
		filename: null,
		caption: body,
		sha256: null,
		size: null,
		voice: null,
	};
}

function locationOf(fields: JsonObject): Content['location'] {
	if (!has(fields, 'Latitude', 'Longitude')) return undefined;
	return {
		latitude: numberOf(fields.Latitude),
		longitude: numberOf(fields.Longitude),
		name: firstText(fields, 'Label'),
		address: firstText(fields, 'Address'),
	};
}

/** A quick reply, or an entry of a list picker. */
function interactiveOf(fields: JsonObject): Content['interactive'] {
	if (has(fields, 'ListId', 'ListTitle')) {
		return {
			kind: 'list_reply',
			id: firstText(fields, 'ListId'),
			title: firstText(fields, 'ListTitle', 'Body'),
			description: firstText(fields, 'ListDescription'),
		};
	}
	if (!has(fields, 'ButtonPayload', 'ButtonText')) return undefined;
	return {
		kind: 'button',
		id: firstText(fields, 'ButtonPayload'),
		title: firstText(fields, 'ButtonText', 'Body'),
		description: null,
	};
}

/** The click-to-WhatsApp ad or post that the customer came from. */
function referralOf(fields: JsonObject): Content['referral'] {
	// `ReferralNumMedia` is in every message.
	if (!has(fields, 'ReferralSourceId', 'ReferralSourceUrl', 'ReferralBody', 'ReferralCtwaClid')) {
		return undefined;
	}
	return {
		sourceType: firstText(fields, 'ReferralSourceType'),
		sourceId: firstText(fields, 'ReferralSourceId'),
		sourceUrl: firstText(fields, 'ReferralSourceUrl'),
		headline: firstText(fields, 'ReferralHeadline'),
		body: firstText(fields, 'ReferralBody'),
		clickId: firstText(fields, 'ReferralCtwaClid'),
	};
}

function contextOf(fields: JsonObject): Content['context'] {
	const forwarded = fields.Forwarded === 'true' || fields.FrequentlyForwarded === 'true';
	const messageId = firstText(fields, 'OriginalRepliedMessageSid');
	if (messageId === null && !forwarded) return undefined;
	return { messageId, from: senderOfOriginal(fields), forwarded };
}

function senderOfOriginal(fields: JsonObject): string | null {
	return firstText(fields, 'OriginalRepliedMessageSender')?.replace(/^whatsapp:/i, '') ?? null;
}

/** Whether one of these fields is there and not empty. */
export function has(fields: JsonObject, ...names: string[]): boolean {
	return firstText(fields, ...names) !== null;
}
