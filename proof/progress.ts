const startedAt = Date.now();

/** Says what a long command is at, with the time since its start. */
export function step(message: string): void {
	const seconds = Math.round((Date.now() - startedAt) / 1000);
	const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
	console.log(`[${clock.padStart(6)}] ${message}`);
}
