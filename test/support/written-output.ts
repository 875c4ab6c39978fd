/** What the process writes to its outputs while something runs. */
export async function writtenBy(run: () => Promise<void>): Promise<string> {
	const written: string[] = [];
	const outputs = [process.stdout, process.stderr].map((stream) =>
		jest.spyOn(stream, 'write').mockImplementation((text) => {
			written.push(String(text));
			return true;
		}),
	);
	try {
		await run();
	} finally {
		for (const output of outputs) output.mockRestore();
	}
	return written.join('');
}
