import { canonicalJson } from '../../nodes/shared/core/values/canonical-json';

it.each([
	[{ b: 1, a: 2 }, '{"a":2,"b":1}'],
	[
		{ b: { d: [{ f: 1, e: null }], c: 'x' }, a: true },
		'{"a":true,"b":{"c":"x","d":[{"e":null,"f":1}]}}',
	],
	// As text, not as numbers: "10" before "9".
	[{ 9: 1, 10: 2 }, '{"10":2,"9":1}'],
	[{ 'a"': 'b"\n🙏' }, '{"a\\"":"b\\"\\n🙏"}'],
	[{ a: undefined, b: 1.5 }, '{"b":1.5}'],
	[[3, 1, 2], '[3,1,2]'],
	[JSON.parse('{"__proto__":{"b":1,"a":2}}'), '{"__proto__":{"a":2,"b":1}}'],
	['text', '"text"'],
	[null, 'null'],
])('writes %j as %s', (value, text) => {
	expect(canonicalJson(value)).toBe(text);
});
