// Preloaded into n8n by a test: a file says how many milliseconds its monotonic clock is ahead.
const { readFileSync } = require('node:fs');

const file = process.env.TURNABLE_CLOCK ?? '';
const now = performance.now.bind(performance);

performance.now = () => now() + Number(readFileSync(file, 'utf8'));
