import { EVENTS } from '../../nodes/shared/core/item/events';
import { ESCAPED_SUMMARY } from './escaped-summary';
import { jsonBlock, sampleItem } from './samples';

/** The page with an item of each event to paste into n8n's editor, as Markdown. */
export function sampleItemsPage(): string {
	return `<!-- Written by npm run sync from the samples in nodes/*/test/samples: change those. -->

# Sample items

n8n's editor knows the fields of a trigger only from an item, so before the first event there's nothing to drag. Paste one of
these as mock data, and the fields are there.

1. Open the trigger. In **Output**, below **Test this trigger**, click **set mock data**.
2. Replace everything in **Edit Output** with a sample from below, and click **Save**.
3. Connect the output of that event to a node and open this node. Its **Input** shows the item, and you can drag its fields. Click
   **Execute step** in this node twice to run it with the item. Unless it's connected to _Received_, n8n says at the first
   click that the node was not executed.

For a Slack message, don't drag \`summary\` alone. Customers write it, so escape it:

\`\`\`
${ESCAPED_SUMMARY}
\`\`\`

Good to know:

- Use **Execute step** in the node after the trigger. **Execute workflow** sends mock data through the first output, _Received_, whatever
  the item's event.
- To paste another sample, click **Unpin** in the trigger. If it still shows an item, close it and click **Clear
  execution** below the canvas. Then begin again.
- After a change of **Listen To**, n8n forgets the item the trigger showed. Click **Execute step** in it again.
- While mock data is pinned, the trigger doesn't wait for a test event: click **Unpin** first. Published workflows ignore mock data.
- Real items also have \`raw\`, the provider's own payload, unless you turn that option off. Below, only _Other_ shows it, because
  there it's the content. [The item](item.md) describes every field.

${EVENTS.map((entry) => section(entry)).join('\n\n')}
`;
}

function section({ event, label, description }: (typeof EVENTS)[number]): string {
	const { raw, ...fields } = sampleItem(event);
	const item = event === 'other' ? { ...fields, raw } : fields;
	return [`## ${label}`, `${description}: \`${event}\`.`, jsonBlock([item])].join('\n\n');
}
