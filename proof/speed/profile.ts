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
