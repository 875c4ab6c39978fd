/** How a provider delivers. Times are in seconds. */
export interface Schedule {
	/** What its documents say, as the section "Retries" of its page in `nodes/` has it. */
	documented: string;
	/** What was taken where the documents leave it open. */
	taken: string;
	/** How often it sends an event, the first time counted. */
	attempts: number;
	/** What it waits before each repetition; the last one stands for those after it. */
	waits: readonly number[];
	/** How long it waits for an answer. */
	patience: number;
	/** Whether it takes 200 only for a success, and not every 2xx. */
	wants200?: true;
	/** Answers after which it sends nothing again. */
	final?: readonly number[];
}

/** A longer wait is shortened to this, which covers a shorter outage: the harder case. */
export const LONGEST_WAIT = 10;

const PATIENCE_TAKEN = 5;

/** Where nothing is documented, the least that the provider's words allow. */
export const SCHEDULES: Readonly<Record<string, Schedule>> = {
	chakrahq: {
		documented: 'no retries',
		taken: 'patience',
		attempts: 1,
		waits: [],
		patience: PATIENCE_TAKEN,
	},
	chatmitra: {
		documented: '3 attempts, perhaps 4, growing pauses, 30 s patience',
		taken: '3 attempts; the pauses',
		attempts: 3,
		waits: [10, 20],
		patience: 30,
	},
	chirp: {
		documented: '5 attempts, perhaps 6, growing pauses, 5 s patience; wants 200',
		taken: '5 attempts; the pauses',
		attempts: 5,
		waits: [5, 10, 20],
		patience: 5,
		wants200: true,
	},
	'360dialog': {
		documented: 'growing pauses for up to 7 days; wants 200',
		taken: '12 attempts; the pauses; patience',
		attempts: 12,
		waits: [2, 4, 8, 16],
		patience: PATIENCE_TAKEN,
		wants200: true,
	},
	evolution: {
		documented:
			'10 attempts, after 5 s, then twice as long each time up to 5 min, 30 s patience; 400, 401, 403, 404 and 422 are final',
		taken: '',
		attempts: 10,
		waits: [5, 10, 20, 40, 80, 160, 300],
		patience: 30,
		final: [400, 401, 403, 404, 422],
	},
	meta: {
		documented: 'growing pauses, reported for up to 7 days; wants 200',
		taken: '12 attempts; the pauses; patience',
		attempts: 12,
		waits: [2, 4, 8, 16],
		patience: PATIENCE_TAKEN,
		wants200: true,
	},
	pingmate: {
		documented: 'sent again, how often is not said; patience "a few seconds"',
		taken: 'one repetition; the pause; 3 s patience',
		attempts: 2,
		waits: [10],
		patience: 3,
	},
	twilio: {
		documented: 'by default no second attempt, 15 s patience',
		taken: '',
		attempts: 1,
		waits: [],
		patience: 15,
	},
	waha: {
		documented: 'sent again 15 times, 2 s apart',
		taken: 'patience',
		attempts: 16,
		waits: [2],
		patience: PATIENCE_TAKEN,
	},
	ycloud: {
		documented:
			'sent again after 10 s, 30 s, 5 min, 30 min, 1 h, 2 h and 2 h; within 6 s recommended',
		taken: '6 s patience',
		attempts: 8,
		waits: [10, 30, 300, 1800, 3600, 7200, 7200],
		patience: 6,
	},
};

/** The schedule of a provider; a new provider needs one. */
export function scheduleOf(providerId: string): Schedule {
	const schedule = SCHEDULES[providerId];
	if (!schedule) throw new Error(`proof/faults/schedules.ts has no schedule of ${providerId}`);
	return schedule;
}

/** How long a sender waits before an attempt, in this run. */
export function waitBefore({ waits }: Schedule, attempt: number): number {
	return Math.min(waits[Math.min(attempt, waits.length) - 1] ?? LONGEST_WAIT, LONGEST_WAIT);
}
