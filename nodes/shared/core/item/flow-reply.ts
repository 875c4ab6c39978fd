import type { Item } from './item';
import { firstObject, firstText, objectFromJson, objectOf, type JsonObject } from '../values/json';

/**
 * A completed WhatsApp Flow as a form, or undefined if the message isn't one.
 *
 * WhatsApp sends it as `interactive.nfm_reply`, whose `response_json` is JSON as a string (Cloud API
 * reference, "Flows"). The Flow's ID isn't in it; its token identifies the reply.
 */
export function flowReplyOf(message: JsonObject): Item['form'] {
	const interactive = objectOf(message.interactive);
	const reply = firstObject(interactive, 'nfm_reply', 'nfmReply');
	if (!reply && interactive.type !== 'nfm_reply') return undefined;
	const answers = reply ?? {};
	const fields = objectFromJson(answers.response_json ?? answers.responseJson);
	return {
		id: firstText(fields, 'flow_token'),
		name: firstText(answers, 'name'),
		fields,
	};
}
