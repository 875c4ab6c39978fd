/** The last running task of each place. */
const lastTasks = new Map<string, Promise<unknown>>();

/**
 * Runs a task after every earlier task of the same place in this process has ended.
 *
 * n8n registers the triggers of a workflow in parallel, and people may publish several workflows at once. A
 * provider's configuration is read, changed, and written back, so two tasks at the same time would
 * overwrite each other's changes.
 *
 * @param place a lock: only one task may change it at a time
 * @returns the task's result; rejects if the task does
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

/** Resolves once no task is running. */
export async function allTasksEnded(): Promise<void> {
	while (lastTasks.size > 0) await Promise.all(lastTasks.values());
}
