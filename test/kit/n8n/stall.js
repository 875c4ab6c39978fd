// Preloaded into n8n by a test: keeps its event loop busy for as many milliseconds as the file says that
// STALL names, once, and then deletes the file.
const { readFileSync, rmSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const file = process.env.STALL ?? '';

function look() {
	let milliseconds;
	try {
		milliseconds = Number(readFileSync(file, 'utf8'));
	} catch {
		return;
	}
	rmSync(file);
	const end = performance.now() + milliseconds;
	while (performance.now() < end);
}

// n8n's other threads are preloaded with this as well; only the main one is the event loop.
if (file && isMainThread) setInterval(look, 100).unref();
