import type { Profile } from '../inspector';

/** How much of the time something took of all in which the processor was not idle. */
export type Shares = Map<string, number>;

const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/;

/** Sums up a processor profile by the package whose code ran; Node.js's own parts by their names. */
export function sharesByPackage({ nodes, samples = [], timeDeltas = [] }: Profile): Shares {
	const packageOf = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
	const times: Shares = new Map();
	let busy = 0;
	for (const [index, sample] of samples.entries()) {
		const name = packageOf.get(sample) ?? 'unknown';
		if (name === '(idle)') continue;
		const time = timeDeltas[index] ?? 0;
		busy += time;
		times.set(name, (times.get(name) ?? 0) + time);
	}
	return new Map([...times].map(([name, time]) => [name, time / busy]));
}

function nameOf({ functionName, url }: Profile['nodes'][number]['callFrame']): string {
	const found = PACKAGE.exec(url)?.[1];
	if (found) return found;
	if (url.startsWith('node:')) return 'Node.js';
	// What V8 names itself: the garbage collector, native code, and idleness.
	if (functionName.startsWith('(')) return functionName;
	return 'Node.js';
}

/** How much of the time was spent within a package: in its own code, and in what that code called. */
export function shareWithin(
	{ nodes, samples = [], timeDeltas = [] }: Profile,
	name: string,
): number {
	const nodeById = new Map(nodes.map((node) => [node.id, node]));
	const parents = new Map(
		nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
	);
	const isWithin = (id: number | undefined): boolean => {
		const node = id === undefined ? undefined : nodeById.get(id);
		if (!node) return false;
		return nameOf(node.callFrame) === name || isWithin(parents.get(node.id));
	};
	let busy = 0;
	let within = 0;
	for (const [index, sample] of samples.entries()) {
		const node = nodeById.get(sample);
		if (!node || nameOf(node.callFrame) === '(idle)') continue;
		const time = timeDeltas[index] ?? 0;
		busy += time;
		if (isWithin(sample)) within += time;
	}
	return within / busy;
}
