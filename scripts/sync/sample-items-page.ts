import { EVENTS } from '../../nodes/shared/core/item/events';
import { jsonBlock, sampleItem } from './samples';

/** The page with an item of each event to paste into n8n's editor, as Markdown. */
export function sampleItemsPage(): string {
	return `<!-- Written by npm run sync from the samples in nodes/*/test/samples: change those. -->

# Sample items

n8n's editor knows the fields of a trigger only from an item, and asks no trigger for a preview. Before the first event
there is nothing to drag. Paste one of these as mock data, and the fields are there.

1. Open the trigger. In **Output**, below **Test this trigger**, click **set mock data**.
2. Replace everything in **Edit Output** by a sample from below, and click **Save**.
3. Wire the output of that event to a node and open this node: its **Input** shows the item, and you can drag its fields.
   **Execute step** in this node, clicked twice, runs it with the item: unless it is wired to _Received_, n8n says at the first
   click that the node was not executed.

Good to know:

- Use **Execute step** in the node behind. **Execute workflow** sends mock data by the first output, _Received_, whatever
  the item's event.
- To paste another sample: in the trigger click **Unpin**; if it then still shows an item, close it and click **Clear
  execution** below the canvas. Then begin again.
- After a change of **Listen To** n8n forgets what the trigger showed: click **Execute step** in it again.
- While mock data is pinned, the trigger does not wait for a test event: **Unpin** it first. Published workflows ignore it.
- Real items also have \`raw\`, the provider's own payload, unless you turn that option off. Below only _Other_ shows it, since
  there it is what the item is about. [The item](item.md) describes every field.

${EVENTS.map((entry) => section(entry)).join('\n\n')}
`;
}

function section({ event, label, description }: (typeof EVENTS)[number]): string {
	const { raw, ...fields } = sampleItem(event);
	const item = event === 'other' ? { ...fields, raw } : fields;
	return [`## ${label}`, `${description}: \`${event}\`.`, jsonBlock([item])].join('\n\n');
}
