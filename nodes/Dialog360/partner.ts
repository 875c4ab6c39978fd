import type { Draft } from '../shared/core/item/draft';
import type { EventName } from '../shared/core/item/events';
import { firstText, isObject, objectOf, textOf, type JsonObject } from '../shared/core/values/json';
import { phoneOf } from '../shared/core/values/phone';
import { changeDraft } from '../shared/meta/change';
import { kindOfField, type FieldKind } from '../shared/meta/fields';
import { businessOf, draftsOfLists, hasList } from '../shared/meta/normalize';

/**
 * A partner's webhooks (360dialog's partner documents, "Webhook Events"): `{ id, event, data }`. The
 * event is one of 360dialog's own, about a client or a channel, or has the name of a field of Meta's,
 * with that change's value in `data`.
 */

/** The name of a partner's event, or null where a body is none. */
export function partnerEventOf(body: JsonObject): string | null {
	return typeof body.event === 'string' && isObject(body.data) ? textOf(body.event) : null;
}

/** The drafts of a partner's event: one, or one for each element of the lists that Meta's value has. */
export function normalizePartner(name: string, body: JsonObject): Iterable<Draft> {
	const data = objectOf(body.data);
	const { kind, event } = kindOfEvent(name);
	const business = partnerBusiness(data);
	if (kind !== 'whole' && hasList(data)) {
		return draftsOfLists(data, {
			kind,
			providerEvent: name,
			business,
			entryTime: body.timestamp,
			rawOf: (cut) => ({ ...body, data: cut }),
		});
	}
	const draft = changeDraft(event, data, body.timestamp, business);
	const template = draft.template && { ...draft.template, ...partnerTemplate(data) };
	return [
		{ ...draft, ...(template ? { template } : {}), providerEvent: name, key: textOf(body.id) },
	];
}

/** 360dialog's own names for a template, where it doesn't have Meta's. */
function partnerTemplate(data: JsonObject): Partial<NonNullable<Draft['template']>> {
	if (data.message_template_name !== undefined) return {};
	return {
		id: firstText(data, 'id', 'template_id'),
		name: firstText(data, 'name', 'template_name'),
		language: firstText(data, 'language'),
		status: firstText(data, 'status', 'event'),
		reason: firstText(data, 'rejected_reason', 'reason'),
	};
}

/** What 360dialog's own events are about: clients, channels, numbers and the accounts that they belong to. */
const OWN = /^(channel|client|waba|number|partner|billing|balance|template_messaging)_/;

/** Those of them that are about a template: `waba_template_status_changed`. */
const OF_TEMPLATE = /^(channel|client|waba)_(message_)?template_(?!messaging)/;

function kindOfEvent(name: string): { kind: FieldKind; event: EventName } {
	if (OF_TEMPLATE.test(name)) return { kind: 'whole', event: 'template.updated' };
	return OWN.test(name) ? { kind: 'whole', event: 'account.updated' } : kindOfField(name);
}

/** Our side, as Meta's metadata or 360dialog's channel names it. */
function partnerBusiness(data: JsonObject) {
	const account = objectOf(data.waba_account);
	const accountId =
		firstText(account, 'external_id', 'id') ??
		firstText(data, 'waba_id', 'waba_account_id') ??
		// Next to Meta's metadata, it's the ID of Meta's entry.
		(isObject(data.metadata) ? firstText(data, 'id') : null);
	const business = businessOf(data, accountId);
	const number =
		firstText(data, 'phone_number') ?? firstText(objectOf(data.setup_info), 'phone_number');
	return { ...business, phone: business.phone ?? phoneOf(number) };
}
