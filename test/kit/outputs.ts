/**
 * The outputs as they were published, event and label by index: not the nodes' own table, which is
 * what the playground and the tests watch. Only ever append.
 */
export const OUTPUTS = [
	['message.received', 'Received'],
	['message.sent', 'Sent'],
	['message.delivered', 'Delivered'],
	['message.read', 'Read'],
	['message.failed', 'Failed'],
	['other', 'Other'],
	['form.submitted', 'Form'],
	['message.echo', 'Echo'],
	['template.updated', 'Template'],
	['account.updated', 'Account'],
	['contact.updated', 'Contact'],
] as const;
