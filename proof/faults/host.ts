import type { FakeSlack } from '../../test/support/services/slack';
import type { Recorder } from '../../test/support/recorder';
import type { Flow } from './sender';

/** How many events a second an n8n is sent, all providers together. */
export const PER_SECOND = 3;

/**
 * Settings of every n8n here. Its older expression engine takes a fraction of the time and memory, so that
 * a small machine that does other things as well is busy with the fault and not with the flows.
 */
export const LIGHT_SETTINGS = { N8N_EXPRESSION_ENGINE: 'legacy' };

/** An n8n that is to suffer faults, with its flows and what they reach. */
export interface Host {
	/** How n8n runs, as the table says it. */
	readonly n8n: string;
	/** The processes that take deliveries. */
	readonly bases: readonly string[];
	readonly flows: readonly Flow[];
	/** How many events a second it is sent. */
	readonly perSecond: number;
	/** Takes the ids of the events that were executed. */
	readonly recorder: Recorder;
	/** Hears of what recover-after-crash has retried. */
	readonly slack: FakeSlack;
}

/** Something that happens to an n8n. */
export interface Fault<H extends Host> {
	name: string;
	/** Does it, and mends it, so that n8n takes deliveries again. */
	happen(host: H): Promise<void>;
	/** Whether executions crash by it, which recover-after-crash tells when it has retried them. */
	crashes?: true;
	/** How long lost events are waited for; 45 seconds unless given. */
	settlesWithinMs?: number;
	/** Groups of flows of which n8n loses events that it has answered 200, and why. */
	loses?: Readonly<Record<string, string>>;
}
