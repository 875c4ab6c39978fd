import type { Workflow, WorkflowNode } from '../n8n/client';
import { PROVIDERS } from '../providers';
import { readExample } from './examples';

/**
 * An example as a user imports it, with credentials chosen in its nodes.
 *
 * @param credentials what to choose, by type of credential
 * @param changes texts that the user changes, such as an address
 */
export function importExample(
	file: string,
	credentials: Record<string, { id: string; name: string }>,
	changes: Record<string, string> = {},
): Workflow {
	let text = JSON.stringify(readExample(file));
	for (const [from, to] of Object.entries(changes)) {
		if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
		text = text.replaceAll(from, to);
	}
	const workflow = JSON.parse(text) as Workflow;
	for (const node of workflow.nodes) {
		const type = credentialTypeOf(node);
		if (type === undefined) continue;
		const credential = credentials[type];
		if (!credential) throw new Error(`${file} needs a credential of the type ${type}`);
		node.credentials = { [type]: credential };
	}
	return workflow;
}

/** The type of credential that a user has to choose in a node, if any. */
function credentialTypeOf({ type, credentials = {} }: WorkflowNode): string | undefined {
	switch (type) {
		case 'n8n-nodes-base.slack':
			return 'slackApi';
		case 'n8n-nodes-base.googleSheets':
			return 'googleSheetsOAuth2Api';
		default:
			return (
				PROVIDERS.find(({ nodeType }) => nodeType === type)?.credentialType ??
				Object.keys(credentials)[0]
			);
	}
}
