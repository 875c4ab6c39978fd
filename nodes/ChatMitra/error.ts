import { UNKNOWN_CODE } from '../shared/core/item/event-key';
import type { Item } from '../shared/core/item/item';
import { firstText, type JsonObject } from '../shared/core/values/json';

interface Reason {
	message: string;
	help: string;
}

/** The values of `fail_reason` with ChatMitra's meaning of each (its webhook guide); an open list. */
const REASONS = new Map<string, Reason>([
	[
		'invalid_phone_number',
		{
			message: "Phone number has invalid format or doesn't exist",
			help: 'Check the number: country code first, digits only, and the number has WhatsApp',
		},
	],
	[
		'insufficient_credits',
		{
			message: "Your account doesn't have enough credits",
			help: 'Add credits in ChatMitra, then send the message again',
		},
	],
	[
		'template_not_approved',
		{
			message: 'Template is pending approval or was rejected',
			help: 'Check the status of the template in ChatMitra and wait for its approval or change it',
		},
	],
	[
		'rate_limited',
		{
			message: 'Too many requests in a short time period',
			help: 'Wait, then send fewer messages at a time',
		},
	],
]);

/** Why a message failed, from ChatMitra's `fail_reason`. */
export function chatMitraError(body: JsonObject): NonNullable<Item['error']> {
	const code = firstText(body, 'fail_reason', 'failure_reason', 'reason', 'error');
	const reason = REASONS.get(code ?? '');
	return {
		code: code ?? UNKNOWN_CODE,
		message: reason?.message ?? code ?? 'ChatMitra gave no reason',
		details: null,
		help: reason?.help ?? null,
	};
}
