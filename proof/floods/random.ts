/** Random choices of which a seed makes the same again (mulberry32). */
export class Random {
	constructor(private state: number) {}

	/** From 0 to 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number below another. */
	below = (end: number): number => Math.floor(this.next() * end);

	pick = <T>(list: readonly T[]): T => list[this.below(list.length)] as T;

	/** Up to 30 printable characters. */
	text = (): string =>
		Array.from({ length: this.below(31) }, () => String.fromCharCode(32 + this.below(95))).join('');
}
