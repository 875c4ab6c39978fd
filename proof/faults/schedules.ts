/** How a provider delivers. Times are in seconds. */
export interface Schedule {
	/** How often it sends an event, the first time counted. */
	attempts: number;
	/** How long it waits before each repetition; the last one goes for those after it. */
	waits: readonly number[];
	/** How long it waits for a response. */
	patience: number;
	/** Whether only 200 is a success for it, and not every 2xx. */
	wants200?: true;
	/** Responses after which it sends nothing again. */
	final?: readonly number[];
}

/** Longer waits are shortened to this, which covers a shorter outage: the harder case. */
export const LONGEST_WAIT = 10;

const META: Schedule = { attempts: 12, waits: [2, 4, 8, 10], patience: 5, wants200: true };

/**
 * As the section "Retries" of each provider's page has it; where that leaves something open, the least
 * that the provider's words allow.
 */
const SCHEDULES: Readonly<Partial<Record<string, Schedule>>> = {
	chakrahq: { attempts: 1, waits: [], patience: 5 },
	chatmitra: { attempts: 3, waits: [10], patience: 30 },
	chirp: { attempts: 5, waits: [5, 10], patience: 5, wants200: true },
	'360dialog': META,
	evolution: { attempts: 10, waits: [5, 10], patience: 30, final: [400, 401, 403, 404, 422] },
	meta: META,
	pingmate: { attempts: 2, waits: [10], patience: 3 },
	twilio: { attempts: 1, waits: [], patience: 15 },
	waha: { attempts: 16, waits: [2], patience: 5 },
	ycloud: { attempts: 8, waits: [10], patience: 6 },
};

/** The schedule of a provider; one without an entry sends once. */
export const scheduleOf = (providerId: string): Schedule =>
	SCHEDULES[providerId] ?? { attempts: 1, waits: [], patience: 5 };
