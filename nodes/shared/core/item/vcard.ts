import type { JsonObject } from '../values/json';

/**
 * A contact card in the form of WhatsApp's message object, from a vCard (RFC 2426 and RFC 6350): name,
 * phone numbers, and email addresses. WhatsApp adds a person's WhatsApp number as `waid`.
 */
export function contactOfVCard(vCard: string): JsonObject {
	// A line that begins with whitespace continues the previous one.
	const lines = vCard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
	const properties = lines.flatMap((line) => propertyOf(line) ?? []);
	const valuesOf = (name: string) => properties.filter((property) => property.name === name);
	return {
		name: { formatted_name: valuesOf('FN')[0]?.value ?? null },
		phones: valuesOf('TEL').map(({ parameters, value }) => ({
			phone: /\bwaid=(\d+)/i.exec(parameters)?.[1] ?? value,
		})),
		emails: valuesOf('EMAIL').map(({ value }) => ({ email: value })),
	};
}

/** `item1.TEL;type=CELL;waid=15550100:+1 555 0100`: a group, a name, parameters, and a value. */
function propertyOf(line: string): { name: string; parameters: string; value: string } | null {
	const colon = line.indexOf(':');
	if (colon < 0) return null;
	const [head = '', ...parameters] = line.slice(0, colon).split(';');
	const value = line
		.slice(colon + 1)
		.replace(/\\n/gi, ' ')
		.replace(/\\([,;\\])/g, '$1')
		.trim();
	const name = head.slice(head.lastIndexOf('.') + 1).toUpperCase();
	return { name, parameters: parameters.join(';'), value };
}
