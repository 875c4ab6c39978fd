import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import schema from '../../docs/item.schema.json';
import type { Item } from '../../nodes/shared/core/item/item';
import { fixturesOf, PROVIDERS_UNDER_TEST } from '../support/providers';

const PROJECT = join(__dirname, '..', '..');

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const validate = ajv.compile(schema);

/** What the JSON Schema has against a value, each fault with its place. */
function faultsOf(value: unknown): string[] {
	validate(value);
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('npm run sync', () => {
	it('has nothing to write: package.json, names and tables are those of the folders', () => {
		// In a process of its own, as a person starts it.
		const { status, stderr } = spawnSync(
			process.execPath,
			[require.resolve('tsx/cli'), join(PROJECT, 'scripts', 'sync.ts'), '--check'],
			{ encoding: 'utf8' },
		);

		expect(stderr).toBe('');
		expect(status).toBe(0);
	}, 60_000);
});

describe('the JSON Schema', () => {
	const items = PROVIDERS_UNDER_TEST.flatMap((provider) =>
		fixturesOf(provider).flatMap(({ items }) => items),
	);

	it('accepts every item of the samples', () => {
		expect(items.length).toBeGreaterThan(200);
		expect(items.flatMap((item) => faultsOf(item).map((fault) => [item.eventId, fault]))).toEqual(
			[],
		);
	});

	const sample = items[0] as Item;

	it.each<[string, unknown, string]>([
		[
			'without eventId',
			{ ...sample, eventId: undefined },
			" must have required property 'eventId'",
		],
		[
			'with an empty eventId',
			{ ...sample, eventId: '' },
			'/eventId must NOT have fewer than 1 characters',
		],
		[
			'with an event of its own',
			{ ...sample, event: 'message.seen' },
			'/event must be equal to one of the allowed values',
		],
		[
			'with a time that is none',
			{ ...sample, occurredAt: 'noon' },
			'/occurredAt must match format "date-time"',
		],
		['with a field of its own', { ...sample, extra: 1 }, ' must NOT have additional properties'],
		[
			'with a contact that lacks its name',
			{ ...sample, contact: { phone: null, id: null } },
			"/contact must have required property 'name'",
		],
	])('rejects an item %s', (_, item, fault) => {
		expect(faultsOf(JSON.parse(JSON.stringify(item)))).toContain(fault);
	});
});
