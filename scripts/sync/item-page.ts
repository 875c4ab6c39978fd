import { itemJsonSchema, type FieldSchema } from './json-schema';
import { table } from './markdown';
import { ESCAPED_SUMMARY } from './escaped-summary';
import { outputsTable } from './outputs-table';
import { jsonBlock, sampleItem } from './samples';

/** The page that describes every field of the item, as Markdown. */
export function itemPage(): string {
	const { properties = {}, required = [] } = itemJsonSchema();
	const isRequired = ([name]: [string, FieldSchema]) => required.includes(name);
	const fields = Object.entries(properties);
	return `<!-- Written by npm run sync from nodes/shared/core/item/item.ts and events.ts: change those. -->

# The item

Each message, status, or change becomes one item, the same for every provider. In an expression, a field is
\`{{ $json.contact.phone }}\`, or you drag it from the input panel of the node you're filling in. A batch of several
messages is one execution with several items.

To see the fields before the first event, use a [sample item](sample-items.md). Programs can check items against the JSON
Schema in [item.schema.json](item.schema.json), which the package includes as \`dist/item.schema.json\`.

## Outputs

The field \`event\` decides which output an item comes out of. Outputs keep their index in all nodes forever, so a workflow
can move from one provider to another without reconnecting anything. Outputs of events you didn't select under **Listen To**
appear in parentheses.

${outputsTable()}

## Always there

Fields are null if the provider doesn't send the value. Anything a person typed in a form is in \`form.fields\` only, because they can type
somebody else's number. \`contact\` and \`from\` are who WhatsApp or the provider says sent it.

${fieldsTable(fields.filter(isRequired))}

**\`summary\` isn't escaped**, and customers write it. In a Slack message, use

\`\`\`
${ESCAPED_SUMMARY}
\`\`\`

In Google Sheets, set the node's option **Cell Format** to **Let n8n format**. Other apps need
[other precautions](security.md#what-a-customer-writes-isnt-harmless).

**\`occurredAt\` is UTC.** For local time, in the time zone of the workflow's settings, use

\`\`\`
{{ ($json.occurredAt?.toDateTime() ?? $now).setZone($now.zoneName).toFormat('yyyy-MM-dd HH:mm') }}
\`\`\`

## Only if they apply

The item has these only if they apply. It then has all the fields within them, null if unknown.

${fieldsTable(fields.filter((field) => !isRequired(field)))}

## Reply and get files

The trigger only receives. To reply to a customer or to get a file, add n8n's **HTTP Request** node after it, set **Authentication** to
**Predefined Credential Type**, and select the credential type on your provider's page and your credential. n8n then sends the credential's key
[to the address in the node's **URL**](options.md#base-urls). If the key is empty, n8n doesn't send the request, and the node says what
to fill in.

- **Reply:** \`replyTo\` is the recipient as the provider's API takes it, in a group the group. It's null if the provider documents no
  way to reply.
- **Get a file:** \`media\` has its \`url\`, or an \`id\` that one more request turns into a URL. In the HTTP Request node, set **Options → Response →
  Response Format** to **File**. \`media.filename\` is null unless the sender's app names the file, so make up a name, for example from
  \`messageId\`. Voice notes have \`media.voice\`.

Your provider's page has the requests under **Replies and files**. To keep a workflow from replying to itself, see
[troubleshooting](troubleshooting.md#the-workflow-replies-to-itself).

## Large deliveries

n8n copies every value of an item several times, so large or deeply nested ones would slow down all of its workflows.

- **Nested more than 64 levels deep, or more than 100,000 values**: \`raw\` is JSON text, and \`form.fields\` and \`account\`
  are empty. Parse the text only if you need to.
- **More than 1,000 contact cards or products**: the item has the first 1,000, and an order's \`total\` is null.
- **More than 2,000 events in one delivery**: the first 2,000 are items. One more item comes out of Other, with the whole
  delivery in \`raw\`. The largest batch a provider documents has 1,000.

## What conversation.id is made of

\`<provider>:<our side>:<chat>\`, the same for received messages, replies, statuses, reactions, and edits.

- **Our side** is the phone number's ID, the session, the instance, or your number, as the provider names it. It's empty if the
  provider never does.
- **The chat** is a group's ID, or the customer's phone number without \`+\`, or the user ID if the delivery has no number.

It's null if the delivery doesn't say which chat it is or, unlike others of the provider, doesn't name our side: half of an ID would be
another chat's.

A person's chat gets another ID if WhatsApp starts to name that person in another way: because they hide or change their number, or
because the chat moves to a user ID. To keep such chats together, store both IDs under your own key. Each provider's page says
when that happens.

## What eventId is made of

\`<provider>:<event>:<key>\`. Two attempts to deliver one event have the same \`eventId\`, and two different events have different ones; the
exceptions are listed below. The key is the first of these that the event has:

1. The provider's own ID of the event, such as PingMate's.
2. For a message, its \`messageId\`. ChatMitra's \`message.sent\` and \`message.failed\`, which include the message's content, have
   it, too. If WhatsApp can't show a message, or the delivery only announces it, \`:placeholder\` follows. If the message
   arrives later, it isn't dropped. A change or a reaction with the ID of the message it's about has a hash (5) instead.
   WhatsApp Web has its own ID for each message, and WAHA and Evolution API report one message under the customer's
   number and under the user ID. There the key is made of the parts that stay the same: of WAHA the session, the direction, and
   WhatsApp's ID; of Evolution API the instance and WhatsApp's ID, and for a customer's message the chat as well, by its
   phone number if the delivery has it. In groups, channels, and statuses, the chat is part of the key, too.
3. For a status of a message, \`<messageId>:<status>\`, such as \`wamid.A:read\`. In a group, the participant's phone number or
   user ID follows, because each participant has a status. For a failure, the error code follows if there is one, so a
   bare "failed" never hides the one that says why, in whichever order they arrive.
4. For a Twilio form without a message's ID, \`signed:sha256:\` and a hash of the text Twilio signed, so that the ID stays the
   same however the form is cut into fields. It's remembered for seven days.
5. Otherwise \`sha256:\` and the first 32 hexadecimal digits of the SHA-256 of \`raw\`, written as JSON without whitespace and
   with the keys of every object sorted. That's the key of templates, accounts, contacts, and history, of payments and
   calls, of unknown stages and statuses, and of messages without an ID.

IDs that a provider sends as a number above 2^53 aren't used: parsing rounds them, and two would become one. A key of more
than 256 characters is replaced with its SHA-256. A message or status that ChakraHQ delivers in both its formats has one
\`eventId\`, unless its key is a hash (5), because the two formats differ.

For how long a trigger remembers an \`eventId\`, see [duplicates](duplicates.md#what-each-node-remembers). The hour there
applies if the key is a hash (5) and \`occurredAt\` is null.

Delivered twice, which is better than dropped:

- Events that the provider changes between two attempts. An attempt counter, the sending time, or a new ID for each attempt makes two
  events of one, if the key is a hash (5) or that ID.

Delivered once, because nothing distinguishes one from the other:

- Two events with a hash (5) whose payloads are the same, within the hour or with the same time in them. ChatMitra's failures
  without a \`message_id\` are an example: the same text to the same number, failed for the same reason within one second.
- Two failures of one message with the same error code, or without any.
- In ChakraHQ's own format, the status of one message for several participants of a group, unless the payload says that it's
  from a group.

**Remove Duplicates** knows nothing of the hour. Use it if events with a hash (5) don't matter, or clear its history in time.

## Answers of a form

\`form.fields\` has the answers by the name of their question. If PingMate sends two questions with one name, the second
answer is under the name followed by \`(2)\`, the third with \`(3)\`.

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
