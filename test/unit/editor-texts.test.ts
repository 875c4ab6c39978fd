import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { EVENTS, outputCountOf } from '../../nodes/shared/core/item/events';
import { documentUrl } from '../../nodes/shared/n8n/editor/documentation';
import { rejection } from '../../nodes/shared/n8n/receive/problem';
import { credentialOf } from '../../scripts/sync/classes';
import { PROVIDERS_UNDER_TEST, testCredential } from '../support/providers';

const PROJECT = join(__dirname, '..', '..');

/** n8n's linter for packages that are verified wants a hint to stay on two lines. */
const LONGEST_HINT = 120;

/** A property with those of its collections. */
const withNested = (properties: readonly INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) => [
		property,
		...withNested((property.options ?? []).filter((option) => 'displayName' in option) as never),
	]);

describe.each(PROVIDERS_UNDER_TEST)("$displayName in n8n's editor", (under) => {
	const { provider, Trigger } = under;
	const { description } = new Trigger();
	const credential = credentialOf(under);
	const properties = withNested([...description.properties, ...credential.properties]);

	it('names its secret by the same word in the field, the test and a rejection', async () => {
		const field = credential.properties.find(({ name }) => name === 'webhookSecret');
		const { message } = await testCredential(under, {}, { ...under.simulator.credential });

		expect(field?.displayName).toBe(provider.secret.label);
		expect(message).toContain(`The ${provider.secret.label} is empty. `);
		expect(rejection(provider, 'secret_missing', {}).cause).toBe(
			`the credential has no ${provider.secret.label}`,
		);
	});

	it('has hints that are short enough to be read', () => {
		const hints = properties.flatMap(({ hint }) => hint ?? []);

		expect(hints.length).toBeGreaterThan(0);
		expect(hints.filter((hint) => hint.length >= LONGEST_HINT)).toEqual([]);
	});

	it("numbers the steps of its setup, in the only tag for it that n8n's notice shows", () => {
		const notices = properties.filter(({ type }) => type === 'notice');

		expect(notices.length).toBeGreaterThan(0);
		for (const { displayName } of notices) {
			const steps = displayName.split('</ul>').slice(0, -1);
			expect(steps.map((step) => /^<ul>(\d)\. [A-Z][^<>]+\.$/.exec(step)?.[1])).toEqual(
				['1', '2', '3', '4'].slice(0, steps.length),
			);
			expect(steps.length).toBeGreaterThanOrEqual(3);
		}
	});

	it('links to documents that there are', () => {
		const texts = JSON.stringify([description, credential]);
		const paths = Array.from(
			texts.matchAll(new RegExp(`${documentUrl('')}([^"\\\\]+)`, 'g')),
			([, path = '']) => path,
		);

		expect(new Set(paths)).toEqual(
			new Set([
				'docs/sample-items.md',
				'docs/troubleshooting.md',
				`nodes/${under.folder}/README.md`,
			]),
		);
		expect(paths.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
	});

	describe('the hint at an event that left by an output further down', () => {
		const outputs = EVENTS.slice(0, outputCountOf(provider.emits));

		/** Evaluates the condition as n8n does, with one item on the output of an event. */
		const isShown = (event: string | null, nodeName = description.defaults.name): boolean => {
			const hint = description.hints?.find(({ location }) => location === 'outputPane');
			const code = /^=\{\{(.+)\}\}$/.exec(hint?.displayCondition ?? '')?.[1] ?? '';
			const node = (name: string) => {
				if (name !== nodeName) throw new Error(`Referenced node ${name} doesn't exist`);
				return {
					all: (output: number) => (outputs[output]?.event === event ? [{ json: {} }] : []),
				};
			};
			// eslint-disable-next-line @typescript-eslint/no-implied-eval -- an expression is code
			return (new Function('$', `return ${code}`) as (lookUp: typeof node) => boolean)(node);
		};

		it.each(outputs.slice(1))('is shown for $event', ({ event }) => {
			expect(isShown(event)).toBe(true);
		});

		it('is not shown for the first output, which n8n shows, nor where there is no item', () => {
			expect(isShown('message.received')).toBe(false);
			expect(isShown(null)).toBe(false);
		});
	});
});
