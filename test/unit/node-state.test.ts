import type { IWebhookFunctions } from 'n8n-workflow';
import { nodeStateOf } from '../../nodes/shared/n8n/receive/node-state';

const DAY = 24 * 60 * 60_000;

const contextOf = (workflowId: string, nodeId: string) =>
	({
		getWorkflow: () => ({ id: workflowId }),
		getNode: () => ({ id: nodeId }),
	}) as unknown as IWebhookFunctions;

const stateOf = (nodeId: string, workflowId = 'workflow') =>
	nodeStateOf(contextOf(workflowId, nodeId));

let clock: jest.SpyInstance;

beforeEach(() => {
	clock = jest.spyOn(performance, 'now');
});

afterEach(() => {
	clock.mockRestore();
});

it('remembers each node of each workflow by itself', () => {
	const states = [stateOf('a'), stateOf('b'), stateOf('a', 'another workflow')];

	expect(new Set(states).size).toBe(states.length);
	expect(stateOf('a')).toBe(states[0]);
});

it('forgets the nodes that were not called for seven days once another node is added', () => {
	const callAt = (time: number, nodeId: string) => {
		clock.mockReturnValue(time);
		return stateOf(nodeId);
	};
	const unused = callAt(0, 'unused');
	const used = callAt(0, 'used');
	callAt(DAY, 'used');

	callAt(7 * DAY - 1, 'added in time');
	expect(callAt(7 * DAY - 1, 'unused')).toBe(unused);

	callAt(8 * DAY, 'used');
	callAt(14 * DAY - 1, 'added later');
	expect(callAt(14 * DAY - 1, 'unused')).not.toBe(unused);
	expect(callAt(14 * DAY - 1, 'used')).toBe(used);
});
