import type { ApiAccess } from '../../nodes/shared/n8n/api/access';
import { Place, type Setting } from '../../nodes/shared/n8n/setup/claims';
import {
	isHeld,
	leavePlace,
	takePlace,
	type Holder,
	type StoredClaim,
} from '../../nodes/shared/n8n/setup/hold-place';
import { ourUrl } from '../../nodes/shared/n8n/setup/our-url';
import { isSameUrl } from '../../nodes/shared/n8n/setup/same-url';

const FOREIGN = 'https://crm.example.com/whatsapp';
const N8N = 'https://n8n.example.com';

/** A node that is published or tested, by a name: `a` is published, `a-test` is its test. */
type Node = 'a' | 'b' | 'c' | 'a-test' | 'b-test';

const NODES: readonly Node[] = ['a', 'b', 'c', 'a-test'];

const urlOf = (node: Node, testHost = N8N) => {
	const [id = '', test] = node.split('-');
	return test ? `${testHost}/webhook-test/${id}/webhook` : `${N8N}/webhook/${id}/webhook`;
};

/** A provider with room for one webhook, and the n8n that takes and leaves it. */
class World {
	/** The URL that the provider has. */
	current: string | null;
	/** What n8n listens to. */
	readonly live = new Set<string>();
	readonly log: string[] = [];
	/** URLs that it was given although n8n listened there no more. */
	readonly deadWrites: string[] = [];
	private place = new Place<Setting>();
	private readonly stored = new Map<Node, StoredClaim<Setting> & { below: readonly Setting[] }>();

	constructor(
		foreign: string | null,
		private readonly options: { canClear: boolean; reachesItself: boolean; testHost?: string },
	) {
		this.current = foreign;
	}

	/** Ends the process of n8n: a test is lost, and what is stored with the workflows stays. */
	restart(): void {
		this.place = new Place();
		for (const url of this.live) if (url.includes('/webhook-test/')) this.live.delete(url);
	}

	private urlOf(node: Node): string {
		return urlOf(node, this.options.testHost);
	}

	async start(node: Node, isStarting = false): Promise<void> {
		this.live.add(this.urlOf(node));
		const holder = this.holderOf(node, isStarting);
		if (!(await isHeld(holder))) await takePlace(holder);
	}

	async end(node: Node): Promise<void> {
		// n8n takes its own URL away first.
		this.live.delete(this.urlOf(node));
		await leavePlace(this.holderOf(node));
	}

	holderOf(node: Node, isStarting = false): Holder<Setting> {
		const url = this.urlOf(node);
		const [id = ''] = node.split('-');
		const isTest = node.endsWith('-test');
		return {
			access: { displayName: 'Provider' } as ApiAccess,
			slot: {
				place: 'place',
				subject: 'the number',
				read: async () => (this.current === null ? null : { url: this.current }),
				write: async (setting) => {
					const isDead = setting.url.startsWith(N8N) && !this.live.has(setting.url);
					if (isDead) this.deadWrites.push(setting.url);
					this.current = setting.url;
				},
				clear: async () => {
					if (this.options.canClear) this.current = null;
					return this.options.canClear;
				},
				desired: (desired) => ({ url: desired }),
				differences: (current, desired) =>
					current && isSameUrl(current.url, desired.url) ? [] : ['URL'],
				deserialize: (stored) => stored as Setting,
			},
			place: this.place,
			owner: { workflowId: id, nodeId: '1', nodeName: `Trigger ${id}`, name: `node ${id}`, isTest },
			url,
			own: ourUrl(url, { hasWebhookId: true }),
			isStarting,
			stored: {
				read: async () => (isTest ? null : (this.stored.get(node) ?? null)),
				write: async (claim) => {
					if (!isTest) this.stored.set(node, claim);
				},
				clear: () => this.stored.delete(node),
			},
			isPublished: async (other) => (this.options.reachesItself ? this.live.has(other) : null),
			warn: (text) => this.log.push(text),
		};
	}
}

/** Every order in which each node starts and ends once. */
function orders(nodes: readonly Node[]): Node[][] {
	const left = new Map(nodes.map((node) => [node, 2]));
	const found: Node[][] = [];
	const visit = (order: Node[]) => {
		if (order.length === 2 * nodes.length) found.push(order);
		for (const [node, times] of left) {
			if (times === 0) continue;
			left.set(node, times - 1);
			visit([...order, node]);
			left.set(node, times);
		}
	};
	visit([]);
	return found;
}

/** Runs an order, in which a node's first turn is its start and its second its end. */
async function run(
	world: World,
	order: readonly Node[],
	afterEach: (holding: readonly Node[], step: number) => Promise<void> | void,
): Promise<void> {
	let holding: Node[] = [];
	for (const [step, node] of order.entries()) {
		if (holding.includes(node)) {
			await world.end(node);
			holding = holding.filter((other) => other !== node);
		} else {
			await world.start(node);
			holding = [...holding, node];
		}
		await afterEach(holding, step);
	}
}

describe.each([FOREIGN, null])('where the provider had %s before', (foreign) => {
	it('has the URL of the last node that started and has not ended, in all 2,520 orders', async () => {
		const all = orders(NODES);
		expect(all).toHaveLength(2520);
		for (const order of all) {
			const world = new World(foreign, { canClear: true, reachesItself: false });
			await run(world, order, (holding) => {
				const last = holding.at(-1);
				const expected = last ? urlOf(last) : foreign;
				if (world.current !== expected) {
					throw new Error(`${order.join(' ')}: ${world.current} after ${holding.join(' ')}`);
				}
			});
			expect(world.current).toBe(foreign);
			expect(world.deadWrites).toEqual([]);
		}
	});

	it.each([
		['reaches itself', true],
		['does not reach itself', false],
	])('never has a dead URL after n8n restarted at any time and %s', async (_, reachesItself) => {
		for (const [index, order] of orders(NODES).entries()) {
			const restartAfter = 1 + (index % (order.length - 1));
			const world = new World(foreign, { canClear: true, reachesItself });
			const done = order.slice(0, restartAfter);
			// The test ends with the process, so n8n doesn't end it later.
			const isLost = done.filter((node) => node === 'a-test').length === 1;
			const rest = order.slice(restartAfter).filter((node) => !(isLost && node === 'a-test'));
			await run(world, [...done, ...rest], (_holding, step) => {
				if (step + 1 === restartAfter) world.restart();
			});
			if (world.deadWrites.length > 0) {
				throw new Error(
					`${order.join(' ')}, restart after ${restartAfter}: ${world.deadWrites.join()}`,
				);
			}
			// Nobody tells the provider that a test ended with n8n, unless the node itself is unpublished.
			const isTestLeft = isLost && world.current === urlOf('a-test');
			if (world.current?.startsWith(N8N) && !isTestLeft) {
				throw new Error(`${order.join(' ')}: ${world.current} is left`);
			}
		}
	});
});

describe.each([
	['reaches itself', true],
	['does not reach itself', false],
])('where n8n restarted and %s', (_, reachesItself) => {
	const options = { canClear: true, reachesItself };

	it("gives a published node its place back after a test at the editor's address", async () => {
		const world = new World(FOREIGN, { ...options, testHost: 'https://editor.example.com' });
		await world.start('a');
		world.restart();
		await world.start('a-test');
		await world.end('a-test');
		expect(world.current).toBe(urlOf('a'));

		await world.end('a');
		expect(world.current).toBe(FOREIGN);
	});

	it("takes the place back from another node's test, which ended with n8n", async () => {
		const world = new World(FOREIGN, options);
		await world.start('a');
		await world.start('b-test');
		world.restart();
		await world.start('a', true);
		expect(world.current).toBe(urlOf('a'));

		await world.end('a');
		expect(world.current).toBe(FOREIGN);
	});

	it("leaves no URL of another node's test, which ended with n8n", async () => {
		const world = new World(FOREIGN, options);
		await world.start('a');
		await world.start('b-test');
		world.restart();
		await world.end('a');

		expect(world.current).toBe(FOREIGN);
	});
});

it('gives the place back to the same workflow of another n8n after a test', async () => {
	const other = urlOf('a').replace('n8n.', 'other-n8n.');
	const world = new World(other, { canClear: true, reachesItself: true });
	world.live.add(other);
	await world.start('a-test');
	await world.end('a-test');

	expect(world.current).toBe(other);
});
