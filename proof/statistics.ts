/** The median of some numbers. */
export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const [low = NaN, high = NaN] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
	return (low + high) / 2;
}

export const sum = (numbers: readonly (number | undefined)[]): number =>
	numbers.reduce<number>((total, number) => total + (number ?? 0), 0);

/** A whole number as it is, and another with three digits. */
export function short(value: number): string {
	if (!Number.isFinite(value)) return 'none';
	if (Number.isInteger(value)) return value.toLocaleString('en-US');
	if (value >= 100) return Math.round(value).toLocaleString('en-US');
	return value.toFixed(value >= 10 ? 1 : 2);
}
