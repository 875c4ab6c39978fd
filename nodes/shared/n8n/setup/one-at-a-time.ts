/** The last task of each place that is still running, successful or not. */
const lastTasks = new Map<string, Promise<unknown>>();

/**
 * Runs a task once every earlier task of the same place has ended, in this process.
 *
 * n8n registers the triggers of a workflow in parallel, and so do people who publish several workflows.
 * A provider's configuration is read, changed, and written back: two of these at the same time would
 * each undo what the other wrote.
 *
 * @param place what only one task may change at a time
 * @returns what the task returns; rejects as the task does
 */
export async function oneAtATime<T>(place: string, task: () => Promise<T>): Promise<T> {
	const previous = lastTasks.get(place) ?? Promise.resolve();
	const result = previous.then(task, task);
	const ended = result.then(
		() => undefined,
		() => undefined,
	);
	lastTasks.set(place, ended);
	void ended.then(() => {
		if (lastTasks.get(place) === ended) lastTasks.delete(place);
	});
	return await result;
}

/** Resolves when no task is running any more. */
export async function allTasksEnded(): Promise<void> {
	while (lastTasks.size > 0) await Promise.all(lastTasks.values());
}
