import { CHAKRAHQ } from '../../nodes/ChakraHq/chakrahq';
import { CHATMITRA } from '../../nodes/ChatMitra/chatmitra';
import { CHIRP } from '../../nodes/Chirp/chirp';
import { PINGMATE } from '../../nodes/PingMate/pingmate';
import { EVENTS } from '../../nodes/shared/core/events';
import type { ProviderId } from '../../nodes/shared/core/item';
import type { Provider } from '../../nodes/shared/core/provider';
import { itemJsonSchema, type FieldSchema } from './json-schema';
import { jsonBlock, sampleOf } from './samples';

const PROVIDER_BY_ID: Record<ProviderId, Provider> = {
	chakrahq: CHAKRAHQ,
	chatmitra: CHATMITRA,
	chirp: CHIRP,
	pingmate: PINGMATE,
};

const PROVIDERS = Object.values(PROVIDER_BY_ID);

/** The page that describes every field of the item, as Markdown. */
export function itemPage(): string {
	const { properties = {}, required = [] } = itemJsonSchema();
	const isRequired = ([name]: [string, FieldSchema]) => required.includes(name);
	const fields = Object.entries(properties);
	return `<!-- Written by npm run docs from nodes/shared/core/item.ts and events.ts: change those. -->

# The item

Each message, status or change becomes one item, the same for every provider. In an expression a field is
\`{{ $json.contact.phone }}\`, or you drag it from the input panel of the node that you are filling in. A batch of several
messages is one execution with several items.

Ready-made items to try things with are in [Sample items](sample-items.md). Programs may check items against the JSON
Schema in [item.schema.json](item.schema.json), which the package brings as \`dist/item.schema.json\`.

## Outputs

The field \`event\` decides by which output an item leaves. Outputs keep their index in all nodes for ever, so a workflow
can move from one provider to another without rewiring. An output whose event is not selected under **Listen To** stands
in brackets.

${outputsTable()}

## Always there

Null where the provider does not say.

${fieldsTable(fields.filter(isRequired))}

## Where they apply

These are not there at all unless they apply. A field within one of them is always there with it, null where unknown.

${fieldsTable(fields.filter((field) => !isRequired(field)))}

## What eventId is made of

\`<provider>:<event>:<key>\`. The key is the first of these that there is:

1. PingMate's own id of the event.
2. Of a status, \`<messageId>:<status>\`; in a group also \`:<participant>\`, since each participant has a status.
3. Of a message, its \`messageId\`.
4. \`sha256:\` and the first 32 hexadecimal digits of the SHA-256 over the provider's payload of this item.

A retry of the provider has the \`eventId\` of the first delivery; no other event has it. A message that ChakraHQ delivers
in both its formats has one \`eventId\`. A key of more than 256 characters is replaced by its SHA-256, in form 4.

The triggers drop an \`eventId\` that they have accepted. Behind them, n8n's **Remove Duplicates** node on \`eventId\` does it
across restarts and several n8n processes.

## A sample

${jsonBlock(sampleOf('message.received'))}
`;
}

function outputsTable(): string {
	const rows = EVENTS.map(({ event, label, description }, index) => {
		const having = PROVIDERS.filter(({ events }) => events.includes(event));
		const names =
			having.length === PROVIDERS.length
				? 'all'
				: having.map(({ displayName }) => displayName).join(', ');
		return [String(index), label, `\`${event}\``, description, names];
	});
	return table(['Index', 'Output', 'Event', 'Meaning', 'Providers'], rows);
}

function fieldsTable(fields: [string, FieldSchema][]): string {
	return table(
		['Field', 'Type', 'Meaning'],
		fields.flatMap(([name, field]) => rowsOf(name, field)),
	);
}

/** The row of a field, and those of the fields within it. */
function rowsOf(path: string, field: FieldSchema): string[][] {
	if (field.description === undefined) {
		throw new Error(`${path} has no description in nodes/shared/core/item.ts`);
	}
	const isList = field.items?.properties !== undefined;
	const within = Object.entries(field.properties ?? field.items?.properties ?? {});
	return [
		[`\`${path}\``, typeOf(field), field.description],
		...within.flatMap(([name, child]) => rowsOf(`${path}${isList ? '[]' : ''}.${name}`, child)),
	];
}

/** More names than these are better read where they are explained. */
const LISTED_NAMES = 4;

/** The type of a field in words. */
function typeOf({ type, enum: names, format, anyOf, items }: FieldSchema): string {
	if (anyOf) return anyOf.map(typeOf).join(' or ');
	if (names && names.length <= LISTED_NAMES) {
		return names.map((name) => `\`${name}\``).join(' or ');
	}
	if (format === 'date-time') return 'date and time';
	if (items) return `list of ${typeOf(items)}s`;
	if (type === undefined) return 'anything';
	return [type].flat().join(' or ');
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
