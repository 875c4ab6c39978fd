import type { Item } from '../shared/core/item/item';
import { firstText, objectOf, type JsonObject } from '../shared/core/values/json';
import { addressOf, phoneOf } from '../shared/core/values/phone';
import { groupOf } from '../shared/meta/chat';
import type { YCloudDraft } from './message';

/** `whatsappTemplate`: a review, a change of category or of quality. */
export function templateDraft(type: string, template: JsonObject): YCloudDraft {
	const reason = firstText(template, 'reason');
	const category = firstText(template, 'category');
	const status = type.endsWith('.quality_updated')
		? firstText(template, 'qualityRating')
		: firstText(template, 'statusUpdateEvent', 'status');
	return {
		event: 'template.updated',
		text: type.endsWith('.category_updated')
			? changeOf(firstText(template, 'previousCategory'), category)
			: status,
		business: businessOf(template),
		template: {
			id: firstText(template, 'officialTemplateId'),
			name: firstText(template, 'name'),
			language: firstText(template, 'language'),
			category,
			status,
			// Meta writes NONE if a template wasn't rejected.
			reason: reason === 'NONE' ? null : reason,
		},
	};
}

/** `whatsappPhoneNumber`, `whatsappBusinessAccount` or `flowChanges`. */
export function accountDraft(type: string, account: JsonObject): YCloudDraft {
	const parts = [
		firstText(account, 'updateEvent', 'qualityUpdateEvent', 'businessUsernameStatus', 'decision'),
		changeOf(firstText(account, 'oldStatus'), firstText(account, 'newStatus')),
		firstText(account, 'message', 'rejectionReason', 'removedReason', 'violationType'),
	];
	return {
		event: 'account.updated',
		text: parts.filter((part) => part !== null).join(': ') || null,
		business: changedBusiness(type, account),
		account,
	};
}

/** What changed about a customer: the contact itself, a note, a preference, an opt-out. */
export function contactDraft(type: string, contact: JsonObject): YCloudDraft {
	const phone = firstText(contact, 'phoneNumber', 'contactPhoneNumber');
	const userId = firstText(contact, 'userId');
	return {
		event: 'contact.updated',
		text: textOfContact(type, contact),
		from: addressOf(phone) ?? userId,
		contact: {
			phone: phoneOf(phone),
			// A note's `username` is its author's.
			name: firstText(contact, 'contactName', 'nickName', 'realName'),
			id: userId,
		},
		business: businessOf(contact),
	};
}

/** Groups, calls, payments, other channels, and future types. */
export function otherDraft(payload: JsonObject): YCloudDraft {
	const what = [firstText(payload, 'type'), firstText(payload, 'status', 'controlState')];
	return {
		event: 'other',
		text: what.filter((part) => part !== null).join(': ') || null,
		contact: {
			phone: phoneOf(payload.recipientPhone) ?? phoneOf(payload.consumerPhoneNumber),
			name: null,
			id: null,
		},
		...groupOf(firstText(payload, 'groupId'), firstText(payload, 'subject')),
		business: businessOf(payload),
	};
}

function textOfContact(type: string, contact: JsonObject): string | null {
	switch (type) {
		case 'whatsapp.user.preferences': {
			const what = [firstText(contact, 'category'), firstText(contact, 'value')];
			return what.filter((part) => part !== null).join(': ') || firstText(contact, 'detail');
		}
		case 'contact.unsubscribe.created':
			return 'unsubscribed';
		case 'contact.unsubscribe.deleted':
			return 'subscribed again';
		case 'contact.attributes_changed':
			return Object.keys(objectOf(contact.changedAttributes)).join(', ') || null;
		default:
			return firstText(contact, 'content');
	}
}

function changeOf(from: string | null, to: string | null): string | null {
	return from && to ? `${from} → ${to}` : (to ?? from);
}

/** Our side, by the names that YCloud's objects have for it. */
function businessOf(payload: JsonObject): Item['business'] {
	return {
		phone: phoneOf(payload.businessPhoneNumber) ?? phoneOf(payload.displayPhoneNumber),
		phoneNumberId: firstText(payload, 'phoneNumberId', 'businessPhoneId', 'phoneId'),
		accountId: firstText(payload, 'wabaId'),
	};
}

/** In an object that is about our side, `id` is the id of what it is about. */
function changedBusiness(type: string, account: JsonObject): Item['business'] {
	const business = businessOf(account);
	const id = firstText(account, 'id');
	if (type.startsWith('whatsapp.business_account.')) {
		return { ...business, accountId: id ?? business.accountId };
	}
	return type.startsWith('whatsapp.phone_number.')
		? { ...business, phone: phoneOf(account.phoneNumber) ?? business.phone, phoneNumberId: id }
		: business;
}
