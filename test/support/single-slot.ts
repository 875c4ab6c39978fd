import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { TEST_URL, URL_OF_NODE, type hookContext } from './hook-context';

/** How a provider with room for one webhook is tested: its node, and a fake of its API. */
export interface SingleSlotUnderTest<Setting extends { url: string }> {
	/** The methods of the node's webhook, from the modules as they are loaded now. */
	loadWebhook: () => Promise<
		Record<'checkExists' | 'create' | 'delete', (this: IHookFunctions) => Promise<boolean>>
	>;
	/** The node, published or in a test. */
	node: (change: { isTest?: boolean; staticData?: IDataObject }) => ReturnType<typeof hookContext>;
	/** What is set at the provider. */
	read: () => Setting | null;
	/** Sets it as somebody else does. */
	write: (setting: Setting) => void;
	/** What somebody else has set there: a URL of crm.example.com, in whose query there is a secret. */
	foreign: Setting;
	/** Whether the provider has a way to leave nothing there. */
	canClear: boolean;
}

/**
 * What holds for every provider with room for one webhook, in each order in which publishing and
 * testing can come: what stood there before stands there again in the end.
 */
export function describeSingleSlot<Setting extends { url: string }>({
	loadWebhook,
	node,
	read,
	write,
	foreign,
	canClear,
}: SingleSlotUnderTest<Setting>): void {
	type Node = ReturnType<typeof hookContext>;
	const call = async (method: 'checkExists' | 'create' | 'delete', { context }: Node) =>
		await (await loadWebhook())[method].call(context);
	/** As n8n does it: nothing is created that is there already. */
	const start = async (started: Node) => {
		if (!(await call('checkExists', started))) await call('create', started);
	};
	const end = async (ended: Node) => {
		await call('delete', ended);
	};
	/** n8n shows a test nothing of what the published node remembers, nor the other way round. */
	const test = () => node({ isTest: true });

	/** What n8n has stored of what a node remembers. */
	const stored = ({ staticData }: Node) => JSON.parse(JSON.stringify(staticData)) as IDataObject;

	describe('what stood there before', () => {
		beforeEach(() => {
			write(foreign);
		});

		it('is put back, and of its address no log has more than the host', async () => {
			const published = node({});

			await start(published);
			expect(read()?.url).toBe(URL_OF_NODE);
			expect(published.log).toEqual([
				expect.stringContaining('Its events went to crm.example.com before'),
			]);
			expect(published.log.join()).not.toContain(new URL(foreign.url).search);

			await end(node({ staticData: stored(published) }));
			expect(read()).toEqual(foreign);
		});

		it('is forgotten with that', async () => {
			const published = node({});
			await start(published);
			await end(published);

			expect(published.staticData).toEqual({ webhooksBefore: {} });
		});

		it('is put back after a test, too', async () => {
			const listening = test();

			await start(listening);
			expect(read()?.url).toBe(TEST_URL);
			await end(listening);

			expect(read()).toEqual(foreign);
		});

		it('is put back after a test that was started twice, of which n8n knows the second', async () => {
			await start(test());
			const listening = test();
			await start(listening);
			await end(listening);

			expect(read()).toEqual(foreign);
		});

		it('is put back when a test ran while the workflow was published', async () => {
			const published = node({});
			await start(published);
			const listening = test();

			await start(listening);
			expect(read()?.url).toBe(TEST_URL);
			await end(listening);
			expect(read()?.url).toBe(URL_OF_NODE);
			expect(await call('checkExists', published)).toBe(true);
			expect(listening.log).toEqual([]);

			await end(published);
			expect(read()).toEqual(foreign);
		});

		it('is put back when the workflow was published while a test listened', async () => {
			const listening = test();
			await start(listening);
			const published = node({});

			await start(published);
			await end(listening);
			expect(read()?.url).toBe(URL_OF_NODE);

			await end(node({ staticData: stored(published) }));
			expect(read()).toEqual(foreign);
		});

		it('is put back when the workflow was published and unpublished while a test listened', async () => {
			const listening = test();
			await start(listening);
			const published = node({});
			await start(published);
			await end(published);
			await end(listening);

			expect(read()).toEqual(foreign);
		});

		it('is put back when the workflow is unpublished while a test listens', async () => {
			const published = node({});
			await start(published);
			const listening = test();
			await start(listening);
			await end(published);
			await end(listening);

			expect(read()).toEqual(foreign);
		});

		it('is put back when the workflow was published anew while a test listened', async () => {
			const published = node({});
			await start(published);
			const listening = test();
			await start(listening);
			await end(published);
			await start(published);
			await end(listening);
			expect(read()?.url).toBe(URL_OF_NODE);

			await end(published);
			expect(read()).toEqual(foreign);
		});

		it('is put back when n8n ended while a test listened beside the published workflow', async () => {
			const published = node({});
			await start(published);
			await start(test());
			jest.resetModules();

			const restarted = node({ staticData: stored(published) });
			await start(restarted);
			expect(read()?.url).toBe(URL_OF_NODE);
			await end(restarted);

			expect(read()).toEqual(foreign);
		});

		it('is put back when publishing ends half-way, of which n8n stores nothing', async () => {
			await start(node({}));
			await end(node({}));

			expect(read()).toEqual(foreign);
		});

		it('is put back where it is the same workflow of another n8n', async () => {
			const other = { ...foreign, url: URL_OF_NODE.replace('n8n.', 'other-n8n.') };
			write(other);
			const published = node({});
			await start(published);
			expect(published.log).toEqual([expect.stringContaining('other-n8n.example.com before')]);
			await end(published);

			expect(read()).toEqual(other);
		});
	});

	describe('nothing', () => {
		it('is left where nothing stood before, in whatever order, where there is a way to', async () => {
			const listening = test();
			await start(listening);
			const published = node({});
			await start(published);
			await end(listening);
			await start(test());
			await end(published);
			await end(test());

			expect(read()?.url ?? null).toBe(canClear ? null : URL_OF_NODE);
		});
	});

	describe('what somebody else has put there since', () => {
		it.each([
			['unpublished', () => node({})],
			['no longer tested', test],
		])('is left alone when the workflow is %s', async (_, made) => {
			const started = made();
			await start(started);
			write(foreign);
			await end(started);

			expect(read()).toEqual(foreign);
			expect(started.log).toEqual([]);
		});

		it('is put back when a test takes it, and the workflow is published anew meanwhile', async () => {
			const published = node({});
			await start(published);
			write(foreign);
			const listening = test();
			await start(listening);
			await end(published);
			await start(published);
			await end(listening);
			await end(published);

			expect(read()).toEqual(foreign);
		});
	});
}
