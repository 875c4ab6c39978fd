import { Throttle } from '../../nodes/shared/core/remember/throttle';
import { RejectionCounter } from '../../nodes/shared/n8n/receive/rejection-counter';

const MINUTE = 60_000;

it('a throttle lets one through in each interval, with how many it counts', () => {
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

it('rejections are logged at most once per minute and reported at most once per hour, each reason by itself', () => {
	let now = 0;
	const rejections = new RejectionCounter(() => now);
	const counts = () => [
		rejections.takeForLog('header_mismatch'),
		rejections.takeForReport('header_mismatch'),
	];

	expect(counts()).toEqual([1, 1]);
	for (let n = 0; n < 998; n++) expect(counts()).toEqual([0, 0]);
	now = MINUTE;
	expect(counts()).toEqual([999, 0]);
	expect(rejections.takeForReport('header_missing')).toBe(1);
	now = 60 * MINUTE - 1;
	expect(counts()).toEqual([1, 0]);
	now = 60 * MINUTE;
	expect(counts()).toEqual([0, 1001]);
});
