import { setTimeout as sleep } from 'node:timers/promises';
import { readItems } from '../../nodes/shared/core/read/read-delivery';
import { sampleOf, type DiscoveredProvider } from '../../test/kit/providers';
import { signedHeaders, withNewIds } from '../../test/kit/sample-deliveries';
import { post } from '../../test/kit/post';
import type { Schedule } from '../../test/kit/simulator';
import { waitBefore } from './schedules';

/** A published workflow to which a provider sends. */
export interface Flow {
	provider: DiscoveredProvider;
	/** Of its trigger, at each process that takes deliveries. */
	path: string;
	/** What its events are counted under. */
	group: string;
}

/** One request of a sender; without a status when there was no answer in time. */
export interface Attempt {
	startedAt: number;
	endedAt: number;
	status?: number;
	/** Whether n8n answered 200 in place of the trigger, since it was only starting. */
	isFromStart?: boolean;
}

/** What n8n answers with 200, to whatever is asked, from when it listens until its database is migrated. */
const STARTING_UP = 'n8n is starting up';

/** An event, and what the sender has seen of it. */
export interface SentEvent {
	flow: Flow;
	eventId: string;
	schedule: Schedule;
	attempts: Attempt[];
	/** Whether the sender takes it for delivered. */
	isAnswered: boolean;
}

/** Sends new events of all flows at a steady rate, each until it is answered or its sender gives up. */
export class Load {
	readonly events: SentEvent[] = [];
	private readonly senders: Promise<void>[] = [];
	private timer: NodeJS.Timeout | undefined;

	/**
	 * @param flows each gets its event in turn
	 * @param bases the processes that take deliveries, as a load balancer spreads them; a repetition
	 *   reaches the next one
	 */
	constructor(
		private readonly flows: readonly Flow[],
		private readonly bases: readonly string[],
		private readonly perSecond: number,
	) {
		this.resume();
	}

	/** Sends nothing new for now. */
	pause(): void {
		clearInterval(this.timer);
	}

	resume(): void {
		this.pause();
		this.timer = setInterval(() => {
			this.senders.push(this.sendNext());
		}, 1000 / this.perSecond);
	}

	/** Sends nothing new any more, and waits until every sender is done. */
	async stop(): Promise<void> {
		this.pause();
		await Promise.all(this.senders);
	}

	private async sendNext(): Promise<void> {
		const count = this.events.length;
		const flow = this.flows[count % this.flows.length] as Flow;
		const { provider } = flow;
		const body = withNewIds(provider, sampleOf(provider, 'message.received').rawBody);
		const schedule = provider.simulator.schedule;
		const eventId = eventIdOf(provider, body);
		const event: SentEvent = { flow, eventId, schedule, attempts: [], isAnswered: false };
		this.events.push(event);
		const firstBase = Math.floor(count / this.flows.length) + count;
		for (let n = 0; n < schedule.attempts; n++) {
			const wait = waitBefore(schedule, n);
			if (n > 0) await sleep(wait * 1000);
			const base = this.bases[(firstBase + n) % this.bases.length] as string;
			const attempt = await attemptAt(base + flow.path, provider, body, schedule);
			event.attempts.push(attempt);
			const { status = 0 } = attempt;
			event.isAnswered = schedule.wants200 ? status === 200 : status >= 200 && status < 300;
			if (event.isAnswered || schedule.final?.includes(status)) return;
		}
	}
}

/** What the trigger calls the message in a delivery. */
function eventIdOf(provider: DiscoveredProvider, rawBody: Buffer): string {
	const headers = signedHeaders(provider, '', rawBody);
	const delivery = { rawBody, headers, url: '', receivedAt: Date.now() };
	const [item] = readItems(provider.provider, delivery) ?? [];
	if (!item) throw new Error(`${provider.id}: no event in a delivery`);
	return item.eventId;
}

async function attemptAt(
	url: string,
	provider: DiscoveredProvider,
	body: Buffer,
	{ timeoutSeconds }: Schedule,
): Promise<Attempt> {
	const startedAt = Date.now();
	try {
		const signal = AbortSignal.timeout(timeoutSeconds * 1000);
		const headers = signedHeaders(provider, url, body);
		const { status, body: text } = await post(url, body, headers, signal);
		return { startedAt, endedAt: Date.now(), status, isFromStart: text.includes(STARTING_UP) };
	} catch {
		return { startedAt, endedAt: Date.now() };
	}
}
