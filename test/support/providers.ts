import type { ICredentialsDecrypted, INodeType } from 'n8n-workflow';
import type { Item } from '../../nodes/shared/core/item/item';
import type { Provider } from '../../nodes/shared/core/read/provider';
import { PROVIDERS, samplesOf, type DiscoveredProvider } from '../kit/providers';

/** A provider with the class of its node. */
export interface ProviderUnderTest extends DiscoveredProvider {
	Trigger: new () => INodeType;
}

/** Every provider of the package, for the tests that hold for all of them. */
export const PROVIDERS_UNDER_TEST: readonly ProviderUnderTest[] = PROVIDERS.map((discovered) => ({
	...discovered,
	Trigger: triggerOf(discovered),
}));

function triggerOf({ nodeFile }: DiscoveredProvider): new () => INodeType {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known only now
	const [Trigger] = Object.values(require(nodeFile) as Record<string, new () => INodeType>);
	if (!Trigger) throw new Error(`${nodeFile} exports no class`);
	return Trigger;
}

/** The provider of this folder, for what only it can show. */
export function providerUnderTest(id: string): ProviderUnderTest {
	const found = PROVIDERS_UNDER_TEST.find((candidate) => candidate.id === id);
	if (!found) throw new Error(`There is no provider "${id}"`);
	return found;
}

/** The provider as if each of its deliveries were authentic. */
export function authentic(provider: Provider): Provider {
	return { ...provider, verifier: { ...provider.verifier, verify: () => ({ ok: true }) } };
}

/** A sample delivery with the items that it must become, which were written by hand. */
export interface Fixture {
	name: string;
	rawBody: Buffer;
	items: Item[];
}

/**
 * The samples of a provider. One function reads Meta's format for all that relay it, so only Meta has
 * all samples of that format; another relay has the first of each event.
 */
export function fixturesOf(provider: DiscoveredProvider): Fixture[] {
	const fixtures = samplesOf(provider).map((sample) => ({
		...sample,
		items: sample.items as Item[],
	}));
	if (provider.id === 'meta') return fixtures;
	const seen = new Set<string>();
	return fixtures.filter(({ name, items }) => {
		if (!name.startsWith('meta-')) return true;
		const hasNew = items.some(({ event }) => !seen.has(event));
		for (const { event } of items) seen.add(event);
		return hasNew;
	});
}

/** The test of a node's credential, as n8n finds it. */
export async function testCredential(
	{ Trigger, credentialType }: ProviderUnderTest,
	context: unknown,
	data: ICredentialsDecrypted['data'],
): Promise<{ status: string; message: string }> {
	const trigger = new Trigger();
	const testName = trigger.description.credentials?.[0]?.testedBy as string;
	const test = trigger.methods?.credentialTest?.[testName];
	if (!test) throw new Error(`${credentialType} has no test`);
	const credential = { id: '1', name: 'test', type: credentialType, ...(data ? { data } : {}) };
	return await test.call(context as never, credential);
}
