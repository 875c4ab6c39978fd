import { itemJsonSchema, type FieldSchema } from './json-schema';
import { table } from './markdown';
import { outputsTable } from './outputs-table';
import { jsonBlock, sampleItem } from './samples';

/** The page that describes every field of the item, as Markdown. */
export function itemPage(): string {
	const { properties = {}, required = [] } = itemJsonSchema();
	const isRequired = ([name]: [string, FieldSchema]) => required.includes(name);
	const fields = Object.entries(properties);
	return `<!-- Written by npm run sync from nodes/shared/core/item/item.ts and events.ts: change those. -->

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

Null where the provider does not say. What somebody typed in a form is in \`form.fields\` only: a form can be filled in with
anybody's number, so \`contact\` and \`from\` are who WhatsApp or the provider says sent it.

${fieldsTable(fields.filter(isRequired))}

## Where they apply

These are not there at all unless they apply. A field within one of them is always there with it, null where unknown.

${fieldsTable(fields.filter((field) => !isRequired(field)))}

## What is too large for an item

n8n copies every value of an item several times, so large or deeply nested ones would slow down all of its workflows.

- **Nested more than 64 levels deep, or more than 100,000 values**: \`raw\` is JSON text, and \`form.fields\` and \`account\`
  are empty. Parse the text only if you have to.
- **More than 1,000 contact cards or products**: the item has the first 1,000, and an order's \`total\` is null.
- **More than 2,000 events in one delivery**: the first 2,000 are items. One more item comes out of Other, with the whole
  delivery in \`raw\`. The largest batch a provider documents has 1,000.

## What conversation.id is made of

\`<provider>:<our side>:<chat>\`, the same for received messages, replies, statuses, reactions, and edits. Our side is the phone
number's ID, the session, the instance, or our number, as the provider names it; it's empty if the provider never does. The chat
is a group's ID, or the customer's phone number without \`+\`, or the user ID if the delivery has no number. It's null if the
delivery doesn't say which chat it is or, unlike others of the provider, doesn't name our side: half of an ID would be another chat's.

A person's chat gets another ID if WhatsApp starts to name that person in another way: because they hide or change their number, or
because the chat moves to a user ID. To keep such chats together, store both IDs under a key of your own. Each provider's page says
when that happens, and which field of the send call takes \`replyTo\`. \`replyTo\` is null if the provider documents no way to
answer.

## What eventId is made of

\`<provider>:<event>:<key>\`. Two tries of one event have the same \`eventId\`, and two different events have different ones; what
cannot be told apart is listed below. The key is the first of these that there is:

1. The provider's own id of the event. PingMate has one.
2. For a message, its \`messageId\`. ChatMitra's \`message.sent\` and \`message.failed\`, which bring the message's content, have
   it, too. Where WhatsApp can't show a message, or the delivery only announces it, \`:placeholder\` follows. If the message
   comes later, it isn't dropped. A change or a reaction with the ID of the message it's about has form 5.
   WhatsApp Web has an id of its own for each message, and WAHA and Evolution API report one message under the customer's
   number and under the user ID. There the key is made of what stays the same: of WAHA the session, the direction, and
   WhatsApp's ID; of Evolution API the instance and WhatsApp's ID, and for a customer's message the chat as well, by its
   phone number if the delivery has it. In groups, channels and statuses the chat is part of the key, too.
3. For what became of a message, \`<messageId>:<status>\`, such as \`wamid.A:read\`. In a group the participant's phone number or
   user id follows, since each participant has a status. For a failure the error code follows where there is one, so a
   bare "failed" never hides the one that says why, in whichever order they come.
4. For a Twilio form without a message's ID, \`signed:sha256:\` and a hash of the text Twilio signed, so that the ID stays the
   same however the form is cut into fields. It's remembered for seven days.
5. Otherwise \`sha256:\` and the first 32 hexadecimal digits of the SHA-256 of \`raw\`, written as JSON without white space and
   with the keys of every object sorted. That is the key of templates, accounts, contacts and history, of payments and
   calls, of stages and statuses that are not known, and of messages without an id.

Ids that a provider sends as a number above 2^53 are not used: parsing rounds them, and two would become one. A key of more
than 256 characters is replaced by its SHA-256. A message or status that ChakraHQ delivers in both its formats has one
\`eventId\`, unless it has one of form 5: the two formats say it differently.

### How long it is remembered

With **Ignore Duplicates** a trigger drops an \`eventId\` that it has accepted, for seven days and up to 10,000 ids for each
node, in this process. Some events say neither which one they are nor when they happened: form 5, and \`occurredAt\` is
null. The same words a day later are another event then, so such an id is remembered for one hour only.

Told twice, since it is better than being dropped:

- What a provider changes between two tries. An attempt counter, the time of sending or a new id for each try makes two
  events of it, where the key is of form 5 or is that id.

Told once, since nothing tells one from the other:

- Two events of form 5 whose payloads say the same, within the hour or with the same time in them. ChatMitra's failures
  without a \`message_id\` are an example: the same text to the same number, failed for the same reason within one second.
- Two failures of one message with the same error code, or without any.
- In ChakraHQ's own format, the status of one message for several participants of a group, unless the payload says that it
  is of a group.

Behind the triggers n8n's **Remove Duplicates** node on \`eventId\` does it across restarts and several n8n processes. It knows
nothing of the hour: use it where events of form 5 do not matter, or clear its history in time.

## Answers of a form

\`form.fields\` has the answers by the name of their question. Where PingMate sends two questions of one name, the second
answer is under the name with \`(2)\` behind it, the third with \`(3)\`.

## A sample

${jsonBlock(sampleItem('message.received'))}
`;
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
		throw new Error(`${path} has no description in nodes/shared/core/item/item.ts`);
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
