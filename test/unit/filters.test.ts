import { Workflow, type INode, type INodeType, type IRunExecutionData } from 'n8n-workflow';
import { provider as meta } from '../../nodes/Meta/provider';
import { provider as pingMate } from '../../nodes/PingMate/provider';
import { createItem, type ItemSource } from '../../nodes/shared/core/item/create-item';
import type { Draft } from '../../nodes/shared/core/item/draft';
import { outputCountOf } from '../../nodes/shared/core/item/events';
import type { Item } from '../../nodes/shared/core/item/item';
import { addressKey } from '../../nodes/shared/core/read/addresses';
import {
	addressSet,
	NO_FILTERS,
	passesFilters,
	unusableEntry,
	type Filters,
} from '../../nodes/shared/core/read/filters';
import { deliveryParameters } from '../../nodes/shared/n8n/editor/parameters';
import { routeItems } from '../../nodes/shared/core/read/select';
import { ignoredHints } from '../../nodes/shared/n8n/editor/filter-parameters';
import { provider as waha } from '../../nodes/Waha/provider';

const item = (draft: Partial<Draft>, source: ItemSource = meta) =>
	createItem(source, { event: 'message.received', providerEvent: 'x', key: '1', ...draft }, {});

const PERSON = { contact: { phone: '+919876543210', name: null, id: null } };
const HIDDEN = { contact: { phone: null, name: null, id: 'US.13491208655302741918' } };
const GROUP = {
	...PERSON,
	to: '120363025246125486@g.us',
	chat: { kind: 'group', key: 'x', address: '120363025246125486@g.us' },
} as const;
const US = {
	business: { phone: '+918189222313', phoneNumberId: '106540352242922', accountId: 'shop' },
};

describe('a number that somebody typed', () => {
	it.each([
		['+919876543210'],
		['919876543210'],
		['+91 98765-43210'],
		['0091 98765 43210'],
		['(+91) 98765.43210'],
		['+91\u00a098765\u201143210'],
		['\u202a+91 98765 43210\u202c'],
		['+91 (0)98765 43210'],
		['＋９１ ９８７６５ ４３２１０'],
		['whatsapp:+919876543210'],
		['tel:+91-98765-43210'],
		['919876543210@c.us'],
		['919876543210@s.whatsapp.net'],
	])("is the same as the customer's: %s", (typed) => {
		expect(unusableEntry('onlyFrom', typed)).toBeNull();
		expect(addressKey(typed)).toBe(addressKey('+919876543210'));
	});

	it.each([
		['a name', 'Asha'],
		['a number without its country code', '098765 43210'],
		['too short a number', '12345'],
		['nothing but a country code', '+91'],
		['a sentence', 'my number 919876543210'],
		['a number with a letter in it', 'O1 98765 43210'],
		['a sign', '+'],
	])('can be no number and no ID: %s', (_, typed) => {
		expect(unusableEntry('onlyFrom', `+1 555 010 0100\n${typed}`)).toBe(typed);
	});

	it.each([
		['a user ID', 'US.13491208655302741918'],
		['a parent user ID', 'US.ENT.11815799212886844830'],
		['a LID', '123456789012345@lid'],
		['a group', '120363025246125486@g.us'],
		["a group of Meta's", 'Y2FwaV9ncm91cDoxMjM0NQ=='],
		['a phone number ID', '106540352242922'],
		['a longer ID', '1065403522429221234'],
	])('can be %s', (_, typed) => {
		expect(unusableEntry('onlyFrom', typed)).toBeNull();
		expect(addressKey(typed)).toBe(addressKey(typed.toUpperCase()));
	});

	it('can be the name of a session only where our numbers are meant', () => {
		expect(unusableEntry('onlyNumbers', 'shop')).toBeNull();
		expect(unusableEntry('onlyNumbers', 'my shop')).toBe('my shop');
	});

	it.each([[undefined], [null], [7], [{}], [[]], [['+1 555 010 0100', null]]])(
		'can be anything in a workflow edited as text: %j',
		(typed) => {
			expect(() => [unusableEntry('onlyFrom', typed), addressSet(typed)]).not.toThrow();
		},
	);
});

interface Case {
	name: string;
	filters: Partial<Record<keyof Filters, unknown>>;
	item: Item;
	passes: boolean;
}

const named = (name: string, filters: Case['filters'], draft: Partial<Draft>, passes: boolean) => ({
	name,
	filters,
	item: item({ ...US, ...draft }),
	passes,
});

const CASES: Case[] = [
	named('a group, where direct chats are wanted', { chats: 'direct' }, GROUP, false),
	named('a group, where groups are wanted', { chats: 'groups' }, GROUP, true),
	named('a group, where all chats are wanted', { chats: 'all' }, GROUP, true),
	named('a person, where groups are wanted', { chats: 'groups' }, PERSON, false),
	named('a person, where direct chats are wanted', { chats: 'direct' }, PERSON, true),
	named(
		'a template, where groups are wanted',
		{ chats: 'groups' },
		{ event: 'template.updated' },
		true,
	),
	named('who may write', { onlyFrom: '+1 555 010 0100, 0091 98765 43210' }, PERSON, true),
	named('who may not write', { onlyFrom: '+1 555 010 0100' }, PERSON, false),
	named('who may write, by a user ID', { onlyFrom: 'us.13491208655302741918' }, HIDDEN, true),
	named('a hidden number, where numbers are given', { onlyFrom: '+1 555 010 0100' }, HIDDEN, false),
	named('one of a group that may', { onlyFrom: '120363025246125486@g.us' }, GROUP, true),
	named(
		'a template, where customers are chosen',
		{ onlyFrom: '+1 555 010 0100' },
		{ event: 'template.updated' },
		true,
	),
	named('who is ignored', { neverFrom: '(+91) 98765-43210' }, PERSON, false),
	named('someone who is not ignored', { neverFrom: '+1 555 010 0100' }, PERSON, true),
	named(
		'a template, where someone is ignored',
		{ neverFrom: '+1 555 010 0100' },
		{ event: 'template.updated' },
		true,
	),
	named('a group that is ignored', { neverFrom: '120363025246125486@g.us' }, GROUP, false),
	named('our number, as a number', { onlyNumbers: '+91 81892 22313' }, PERSON, true),
	named('our number, as an ID', { onlyNumbers: '106540352242922' }, PERSON, true),
	named('another number of ours', { onlyNumbers: '+91 81892 00000' }, PERSON, false),
	named('an account, which has several numbers', { onlyNumbers: 'shop' }, PERSON, false),
	{
		name: 'a session',
		filters: { onlyNumbers: 'shop' },
		item: item({ ...US, ...PERSON }, waha),
		passes: true,
	},
	named(
		'what does not say which number it is about',
		{ onlyNumbers: '+91 81892 22313' },
		{ business: { phone: null, phoneNumberId: null, accountId: '1' } },
		true,
	),
	named(
		'a type that is chosen',
		{ messageTypes: ['image', 'text'] },
		{ messageType: 'text' },
		true,
	),
	named('a type that is not chosen', { messageTypes: ['image'] }, { messageType: 'text' }, false),
	named(
		'a voice note, where audio is chosen',
		{ messageTypes: ['audio'] },
		{ messageType: 'voice' },
		true,
	),
	named(
		'a poll, where other types are chosen',
		{ messageTypes: ['other'] },
		{ messageType: 'poll_creation' },
		true,
	),
	named(
		'a text, where other types are chosen',
		{ messageTypes: ['other'] },
		{ messageType: 'text' },
		false,
	),
	named('a message without a type', { messageTypes: ['image'] }, {}, true),
	named(
		'an echo of another type',
		{ messageTypes: ['image'] },
		{ event: 'message.echo', messageType: 'text' },
		false,
	),
	named(
		'a status',
		{ messageTypes: ['image'] },
		{ event: 'message.read', messageType: 'text' },
		true,
	),
	named(
		'anything, where nothing is set',
		{ chats: 'direct', onlyFrom: '', messageTypes: [] },
		PERSON,
		true,
	),
];

const providerOf = ({ provider }: Item) =>
	[meta, waha, pingMate].find(({ id }) => id === provider) ?? meta;

describe('the filters', () => {
	it.each(CASES)('$passes for $name', ({ filters, item: given, passes }) => {
		const read: Filters = {
			...NO_FILTERS,
			...(filters.chats ? { chats: filters.chats as Filters['chats'] } : {}),
			onlyFrom: addressSet(filters.onlyFrom),
			neverFrom: addressSet(filters.neverFrom),
			onlyNumbers: addressSet(filters.onlyNumbers),
			messageTypes: new Set(filters.messageTypes as string[]),
		};

		expect(passesFilters(given, read, providerOf(given).chats.ourSide)).toBe(passes);
	});
});

/** The hints that n8n shows after a test that received an item. */
function shownHints({ filters, item: received }: Pick<Case, 'filters' | 'item'>): string[] {
	const { chats = NO_FILTERS.chats, ...options } = filters;
	const provider = providerOf(received);
	const name = 'Some Trigger';
	const parameters = { events: [received.event], chats, options };
	const node = { id: '1', name, type: 'x', typeVersion: 2, position: [0, 0], parameters } as INode;
	const nodeType = {
		description: { properties: deliveryParameters(provider) },
	} as unknown as INodeType;
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: { getByNameAndVersion: () => nodeType } as never,
	});
	const main = routeItems([received], outputCountOf(provider.emits)).map((items) =>
		items.map((json) => ({ json })),
	);
	const run = { resultData: { runData: { [name]: [{ data: { main } }] } } };
	return ignoredHints(name, provider).flatMap(({ displayCondition = '', message }) => {
		const isShown = workflow.expression.resolveSimpleParameterValue(
			displayCondition,
			{},
			run as unknown as IRunExecutionData,
			0,
			0,
			name,
			[],
			'manual',
			{},
		);
		return isShown === true ? [message] : [];
	});
}

describe('the hint after a test', () => {
	it.each(CASES)('says the same of $name as the filters', (given) => {
		expect(shownHints(given)).toHaveLength(given.passes ? 0 : 1);
	});
});
