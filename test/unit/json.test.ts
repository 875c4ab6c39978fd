import { flowReplyOf } from '../../nodes/shared/core/item/flow-reply';
import {
	booleanOf,
	firstObject,
	firstText,
	holdsExactly,
	isObject,
	numberOf,
	objectFromJson,
	objectOf,
	objectsOf,
	textOf,
} from '../../nodes/shared/core/values/json';
import { wamidOf } from '../../nodes/shared/core/item/wamid';

it('takes for an object neither null nor a list nor a plain value', () => {
	for (const value of [null, undefined, [], [{}], 'text', 7, true]) {
		expect(isObject(value)).toBe(false);
		expect(objectOf(value)).toEqual({});
	}
	expect(isObject({})).toBe(true);
	expect(objectOf({ a: 1 })).toEqual({ a: 1 });
});

it.each([
	[['a', 'b'], true],
	[['b', 'a', 'a'], true],
	[['a'], false],
	[['a', 'b', 'c'], false],
	[['a', 7], false],
	['ab', false],
	[undefined, false],
])('tells whether %j is a list of "a" and "b"', (value, expected) => {
	expect(holdsExactly(value, ['a', 'b'])).toBe(expected);
});

it('finds the objects of a list, whatever else is in it', () => {
	expect(objectsOf([{ a: 1 }, null, 'text', [], { b: 2 }])).toEqual([{ a: 1 }, { b: 2 }]);
	expect(objectsOf({ a: {} })).toEqual([]);
	expect(objectsOf('text')).toEqual([]);
});

it.each([
	['text', 'text'],
	[' ', ' '],
	['', null],
	[0, '0'],
	[-1.5, '-1.5'],
	[Infinity, null],
	[NaN, null],
	[9007199254740991, '9007199254740991'],
	// What parsing makes of 9007199254740993, too.
	[9007199254740992, null],
	[-9007199254740992, null],
	[1e21, null],
	[0.1, '0.1'],
	[true, null],
	[{}, null],
	[null, null],
])('reads %p as the text %p', (value, expected) => {
	expect(textOf(value)).toBe(expected);
});

it('takes the first field that holds what is looked for, in the order of the names', () => {
	const object = { a: '', b: {}, c: 'text', d: 7, e: { f: 1 } };

	expect(firstText(object, 'a', 'b', 'd', 'c')).toBe('7');
	expect(firstText(object, 'a', 'b')).toBeNull();
	expect(firstObject(object, 'a', 'c', 'e', 'b')).toEqual({ f: 1 });
	expect(firstObject(object, 'a', 'c')).toBeNull();
});

it.each([
	[12.5, 12.5],
	['12.5', 12.5],
	[' 7 ', 7],
	[0, 0],
	['0', 0],
	['', null],
	[' ', null],
	['seven', null],
	[Infinity, null],
	['Infinity', null],
	[true, null],
	[null, null],
	[[7], null],
])('reads %p as the number %p', (value, expected) => {
	expect(numberOf(value)).toBe(expected);
});

it('reads a boolean only where there is one', () => {
	expect([true, false, 'true', 1, null].map(booleanOf)).toEqual([true, false, null, null, null]);
});

it.each([
	['{"a":1}', { a: 1 }],
	[{ a: 1 }, { a: 1 }],
	['[1]', {}],
	['"text"', {}],
	['{"a":', {}],
	[['{"a":1}'], {}],
	[undefined, {}],
])('reads %p as the object %p', (value, expected) => {
	expect(objectFromJson(value)).toEqual(expected);
});

it('tells WhatsApp’s id of a message from any other', () => {
	expect(['wamid.1', 'wamid_1', 'x.wamid.1', '', 7, null].map(wamidOf)).toEqual([
		'wamid.1',
		'wamid_1',
		null,
		null,
		null,
		null,
	]);
});

describe('a Flow’s reply', () => {
	const answers = { flow_token: 'tok_1', email: 'a@example.com' };

	it.each([
		['nfm_reply', { nfm_reply: { name: 'flow', response_json: JSON.stringify(answers) } }],
		['nfmReply', { nfmReply: { name: 'flow', responseJson: JSON.stringify(answers) } }],
		['an object of answers', { nfm_reply: { name: 'flow', response_json: answers } }],
	])('is read from %s', (_, interactive) => {
		expect(flowReplyOf({ interactive })).toEqual({ id: 'tok_1', name: 'flow', fields: answers });
	});

	it('is a form without answers where only its type is there', () => {
		expect(flowReplyOf({ interactive: { type: 'nfm_reply' } })).toEqual({
			id: null,
			name: null,
			fields: {},
		});
	});

	it('is not what a button or a message without a button says', () => {
		expect(flowReplyOf({ interactive: { type: 'button_reply' } })).toBeUndefined();
		expect(flowReplyOf({ interactive: 'nfm_reply' })).toBeUndefined();
		expect(flowReplyOf({})).toBeUndefined();
	});
});
