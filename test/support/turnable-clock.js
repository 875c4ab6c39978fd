// Preloaded into n8n by a test: a file says how many milliseconds a clock is ahead. TURNABLE_CLOCK
// names it for the monotonic clock, TURNABLE_DATE for the date.
const { readFileSync } = require('node:fs');

const { TURNABLE_CLOCK, TURNABLE_DATE } = process.env;
/** @param {string} file */
const ahead = (file) => Number(readFileSync(file, 'utf8'));

if (TURNABLE_CLOCK) {
	const now = performance.now.bind(performance);
	performance.now = () => now() + ahead(TURNABLE_CLOCK);
}

if (TURNABLE_DATE) {
	const RealDate = Date;
	const now = RealDate.now;
	// The date is asked for thousands of times a second.
	let shift = ahead(TURNABLE_DATE);
	setInterval(() => (shift = ahead(TURNABLE_DATE)), 100).unref();
	RealDate.now = () => now() + shift;
	// Not a subclass: dates that n8n's database makes are to be instances of it as well.
	globalThis.Date = new Proxy(RealDate, {
		construct: (target, args, newTarget) =>
			Reflect.construct(target, args.length > 0 ? args : [RealDate.now()], newTarget),
		apply: () => new RealDate(RealDate.now()).toString(),
	});
}
