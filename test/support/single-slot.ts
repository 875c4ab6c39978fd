import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { TEST_URL, URL_OF_NODE, type HookChange, type hookContext } from './hook-context';

// Some of these load the modules again, and seal with a key that takes its time.
jest.setTimeout(60_000);

/** The methods of a node's webhook. */
export type WebhookMethods = Record<
	'checkExists' | 'create' | 'delete',
	(this: IHookFunctions) => Promise<boolean>
>;

/**
 * Expects a fault from registering, none when n8n then has what was registered deleted, and the fault again
 * when a published workflow is unpublished.
 */
export async function expectFault(
	webhook: WebhookMethods,
	context: IHookFunctions,
	message: string,
): Promise<void> {
	const fault = { message: expect.stringContaining(message) as string };
	await expect(webhook.checkExists.call(context)).rejects.toMatchObject(fault);
	await expect(webhook.create.call(context)).rejects.toMatchObject(fault);
	expect(await webhook.delete.call(context)).toBe(true);
	await expect(webhook.delete.call(context)).rejects.toMatchObject(fault);
}

/** How a provider with room for one webhook is tested: its node, and a fake of its API. */
export interface SingleSlotUnderTest<Setting extends { url: string }> {
	/** The methods of the node's webhook, from the modules as they are loaded now. */
	loadWebhook: () => Promise<WebhookMethods>;
	/** The node, published or in a test. */
	node: (
		change: Pick<HookChange, 'isTest' | 'staticData' | 'activation' | 'node'>,
	) => ReturnType<typeof hookContext>;
	/** What is set at the provider. */
	read: () => Setting | null;
	/** Sets it as somebody else does. */
	write: (setting: Setting) => void;
	/** From now on the provider writes a URL in its own way: the host in lowercase, no default port. */
	rewriteUrls: () => void;
	/** Makes the provider accept a URL of the node's n8n. */
	accept: (url: string) => void;
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
	rewriteUrls,
	accept,
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
		// The end of a test goes on after n8n has its answer.
		const { allTasksEnded } = await import('../../nodes/shared/n8n/setup/one-at-a-time');
		await allTasksEnded();
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
				expect.stringContaining('none to crm.example.com until this workflow is unpublished'),
			]);
			expect(published.log.join()).not.toContain(new URL(foreign.url).search);

			await end(node({ staticData: stored(published) }));
			expect(read()).toEqual(foreign);
		});

		it('is forgotten with that', async () => {
			const published = node({});
			await start(published);
			await end(published);

			expect(published.staticData).toEqual({});
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
			expect(published.log).toEqual([expect.stringContaining('none to other-n8n.example.com')]);
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

			expect(read()?.url ?? null).toBe(canClear ? null : TEST_URL);
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

	describe('several nodes', () => {
		/** The trigger of another workflow. */
		const other = (id: string, change: HookChange = {}) => {
			const url = URL_OF_NODE.replace('/1/', `/${id}/`);
			accept(url);
			return {
				url,
				...node({ node: { name: `Trigger ${id}`, workflowId: id, webhookId: id }, ...change }),
			};
		};

		beforeEach(() => {
			write(foreign);
		});

		it('of different workflows take the place from each other, and n8n’s log names both', async () => {
			await start(other('a'));
			const second = other('b');
			await start(second);

			expect(read()?.url).toBe(second.url);
			expect(second.log).toEqual([
				expect.stringMatching(/of node "Trigger b" .+ and none to node "Trigger a" of workflow/),
			]);
		});

		it.each([
			['in their own order', ['a', 'b', 'c']],
			['in the opposite order', ['c', 'b', 'a']],
		])('that are unpublished %s leave what was there before', async (_, order) => {
			const nodes = new Map(['a', 'b', 'c'].map((id) => [id, other(id)]));
			for (const published of nodes.values()) await start(published);
			for (const id of order) await end(nodes.get(id) ?? other(id));

			expect(read()).toEqual(foreign);
		});

		it('that are published at the same time and unpublished at the same time do so, too', async () => {
			const nodes = ['a', 'b', 'c', 'd', 'e'].map((id) => other(id));
			await Promise.all(nodes.map(start));
			expect(nodes.map(({ url }) => url)).toContain(read()?.url);
			expect(nodes.filter(({ log }) => log.length > 0)).toHaveLength(5);
			await Promise.all(nodes.map(end));

			expect(read()).toEqual(foreign);
		});

		it('give back a URL that a person entered, although it had been set automatically before', async () => {
			const first = other('a');
			await start(first);
			const automatic = read();
			await end(first);
			await start(other('a', { parameters: { webhookSetup: 'manual' } }));
			if (automatic) write(automatic);
			const second = other('b');
			await start(second);
			await end(second);

			expect(read()?.url).toBe(first.url);
		});

		it('of one workflow can only be one', async () => {
			const first = other('a');
			await start(first);
			const second = other('b', {
				node: { name: 'Second', workflowId: 'a', webhookId: 'b' },
			});

			await expect(start(second)).rejects.toMatchObject({
				message: expect.stringContaining('Only one trigger of a workflow can receive') as string,
				description: expect.stringContaining('The node "Trigger a" already does') as string,
			});
			await end(second);
			expect(read()?.url).toBe(first.url);
			await end(first);
			expect(read()).toEqual(foreign);
		});

		it('stay as they are when n8n starts again and activates all of them', async () => {
			const first = other('a');
			await start(first);
			const second = other('b');
			await start(second);
			jest.resetModules();

			const again = [first, second].map((published, index) =>
				other(index === 0 ? 'a' : 'b', { staticData: stored(published), activation: 'init' }),
			);
			for (const published of again) await start(published);
			expect(read()?.url).toBe(second.url);

			await end(again[1] ?? second);
			expect(read()?.url).toBe(first.url);
			await end(again[0] ?? first);
			expect(read()).toEqual(foreign);
		});

		it('leave no dead URL when n8n starts again and activates none of them', async () => {
			const first = other('a');
			await start(first);
			const second = other('b');
			await start(second);
			jest.resetModules();

			await end(other('a', { staticData: stored(first) }));
			await end(other('b', { staticData: stored(second) }));
			expect(read()).toEqual(foreign);
		});
	});

	it('is recognized where the provider writes the URL in another way', async () => {
		rewriteUrls();
		write(foreign);
		const url = 'https://N8N.example.com:443/webhook/1/webhook';
		accept(url);
		const published = node({});
		Object.assign(published.context, { getNodeWebhookUrl: () => url });

		await start(published);
		expect(await call('checkExists', published)).toBe(true);
		await end(published);

		expect(read()).toEqual(foreign);
	});

	it('is given back after a test of a node without a webhook ID', async () => {
		const path = 'workflow-1/trigger/webhook';
		const [url, testUrl] = ['webhook', 'webhook-test'].map((endpoint) =>
			URL_OF_NODE.replace('webhook/1/webhook', `${endpoint}/${path}`),
		);
		for (const accepted of [url, testUrl]) accept(accepted ?? '');
		const published = node({ node: { webhookId: null } });
		await start(published);
		expect(read()?.url).toBe(url);
		const listening = node({ node: { webhookId: null }, isTest: true });
		await start(listening);
		expect(read()?.url).toBe(testUrl);
		expect(listening.log).toEqual([]);
		await end(listening);

		expect(read()?.url).toBe(url);
	});
}
