import { isObject, objectOf, textOf, type JsonObject } from '../shared/core/values/json';
import { camelCased } from '../shared/whatsapp-web/camel-case';
import { readWebMessage, type WebMessage } from '../shared/whatsapp-web/message';
import { messageOfWebjs } from './webjs';

/**
 * A message in the engine's own data, which WAHA passes on in `_data` and doesn't document: NOWEB has it as
 * Baileys does, GOWS as whatsmeow does, WEBJS as WhatsApp's own web page does.
 *
 * @returns null where there is none
 */
export function messageOfEngine(message: JsonObject): WebMessage | null {
	const data = objectOf(message._data);
	const hints = { messageStubType: data.messageStubType };
	if (isObject(data.message)) return readWebMessage(data.message, hints);
	if (isObject(data.Message)) return messageOfGows(data);
	if (textOf(data.type) !== null) return readWebMessage(messageOfWebjs(data));
	const isStub = (data.messageStubType ?? null) !== null;
	return isStub ? readWebMessage({}, hints) : null;
}

/** whatsmeow has already unwrapped an edit, and says so next to it. */
function messageOfGows(data: JsonObject): WebMessage {
	const message = camelCased(objectOf(data.Message));
	return readWebMessage(data.IsEdit === true ? { editedMessage: { message } } : message);
}
