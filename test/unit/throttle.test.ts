import { Throttle } from '../../nodes/shared/core/throttle';
import { RefusalCounter } from '../../nodes/shared/n8n/refusal-counter';

const MINUTE = 60_000;

it('a throttle lets one through in each interval, with how many it stands for', () => {
	let now = 5;
	const throttle = new Throttle(MINUTE, () => now);
	const takenAt = (time: number) => {
		now = time;
		return throttle.take();
	};

	expect(takenAt(5)).toBe(1);
	expect(takenAt(6)).toBe(0);
	expect(takenAt(MINUTE + 4)).toBe(0);
	expect(takenAt(MINUTE + 5)).toBe(3);
	expect(takenAt(3 * MINUTE)).toBe(1);
});

it('refusals are told once a minute in the log and once an hour as an execution, each reason for itself', () => {
	let now = 0;
	const refusals = new RefusalCounter(() => now);
	const told = () => [
		refusals.takeForLog('proof_mismatch'),
		refusals.takeForReport('proof_mismatch'),
	];

	expect(told()).toEqual([1, 1]);
	for (let n = 0; n < 998; n++) expect(told()).toEqual([0, 0]);
	now = MINUTE;
	expect(told()).toEqual([999, 0]);
	expect(refusals.takeForReport('proof_missing')).toBe(1);
	now = 60 * MINUTE - 1;
	expect(told()).toEqual([1, 0]);
	now = 60 * MINUTE;
	expect(told()).toEqual([0, 1001]);
});
