import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import { idIn, idParameter } from '../../nodes/shared/n8n/editor/id-parameter';
import { issuesOf } from '../support/node-parameters';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

const property = idParameter({
	displayName: 'Session',
	name: 'session',
	listMethod: 'searchSessions',
	initial: 'default',
	placeholder: 'e.g. default',
});

/** What a node reads where a workflow has these parameters, completed as n8n does it. */
function readFrom(parameters: INodeParameters): string {
	const completed = NodeHelpers.getNodeParameters([property], parameters, true, false, null, null);
	return idIn({ getNodeParameter: (name: string) => completed?.[name] }, 'session');
}

it.each<[string, INodeParameters, string]>([
	['chosen', { session: { __rl: true, mode: 'list', value: 'a', cachedResultName: 'b' } }, 'a'],
	['typed', { session: { __rl: true, mode: 'id', value: ' a b ' } }, 'a b'],
	['the number that an expression gives', { session: { __rl: true, mode: 'id', value: 7 } }, '7'],
	['plain text', { session: ' shop ' }, 'shop'],
	['empty text', { session: '' }, ''],
	['emptied', { session: { __rl: true, mode: 'list', value: '' } }, ''],
	['missing, as in a new node', {}, 'default'],
])('an ID is read where it is %s', (_, parameters, id) => {
	expect(readFrom(parameters)).toBe(id);
});

const withLists = PROVIDERS_UNDER_TEST.flatMap(({ displayName, nodeType, Trigger }) => {
	const { description, methods } = new Trigger();
	return description.properties
		.filter(({ type }) => type === 'resourceLocator')
		.map(({ name, modes = [], displayOptions }) => ({
			displayName,
			name,
			description,
			listMethods: methods?.listSearch ?? {},
			method: modes[0]?.typeOptions?.searchListMethod,
			node: {
				...{ id: '1', name: 'Trigger', type: nodeType, typeVersion: 2, position: [0, 0] as const },
				parameters: Object.fromEntries(
					Object.entries(displayOptions?.show ?? {}).map(([shown, values]) => [
						shown,
						values?.[0] as string,
					]),
				),
			} as unknown as INode,
		}));
});

it('is how four IDs are given', () => {
	expect(withLists.map(({ displayName, name }) => `${displayName}: ${name}`).sort()).toEqual([
		'Evolution API: instance',
		'Meta: accountId',
		'Meta: phoneNumberId',
		'WAHA: session',
	]);
});

describe.each(withLists)('$name of $displayName', (parameter) => {
	const { name, node, description, listMethods, method } = parameter;
	const issuesWith = (value: unknown) =>
		Object.keys(
			issuesOf({ ...node, parameters: { ...node.parameters, [name]: value } }, description),
		);

	it('has the list that it names', () => {
		expect(listMethods[String(method)]).toBeInstanceOf(Function);
	});

	it('is required, and may be plain text', () => {
		expect(issuesWith({ __rl: true, mode: 'list', value: '' })).toContain(name);
		expect(issuesWith('')).toContain(name);
		expect(issuesWith('106540352242922')).not.toContain(name);
		expect(issuesWith({ __rl: true, mode: 'id', value: '106540352242922' })).not.toContain(name);
	});

	it('is checked where it is typed only if all of the provider’s IDs look alike', () => {
		const typed = issuesWith({ __rl: true, mode: 'id', value: '+1 555 0102030' });
		expect(typed.includes(name)).toBe(description.name === 'metaTrigger');
	});
});
