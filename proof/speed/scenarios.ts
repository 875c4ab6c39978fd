import { providerById } from '../../playground/providers';
import type { WireDelivery } from '../load';
import type { Receiver } from '../../playground/workflow-parts';
import type { Contenders } from './contenders';
import { forged, newMessages, repeated, unselected } from './deliveries';

/** How many events a delivery has. */
export const BATCHES = [1, 10, 100, 1_000];

/** The provider whose deliveries all contenders can take. */
export const provider = providerById('meta');

/** What the contenders are called. */
export const LABELS: Record<keyof Contenders, string> = {
	ours: 'these nodes',
	webhook: 'Webhook',
	builtIn: 'WhatsApp Trigger',
	byHand: 'by hand',
};

/** One kind of delivery to one receiver. */
export interface Scenario {
	name: string;
	receiver: Receiver;
	next: () => WireDelivery;
	/** How many events each delivery has. */
	events: number;
	/** What n8n must answer to every one. */
	answer: number;
	/** Whether each delivery is one execution; else none is, but for the report of a refusal. */
	isExecuted: boolean;
}

/** What a contender's accepted deliveries of so many events are called. */
export const nameOf = (contender: keyof Contenders, batch: number) =>
	`${LABELS[contender]}, ${batch === 1 ? '1 event' : `${batch.toLocaleString('en-US')} events`}`;

/** Deliveries of so many events that a contender accepts. */
export const accepted = (
	contenders: Contenders,
	contender: keyof Contenders,
	batch: number,
): Scenario => ({
	name: nameOf(contender, batch),
	receiver: contenders[contender],
	next: newMessages(provider, batch),
	events: batch,
	answer: 200,
	isExecuted: true,
});

export const REFUSED = 'refused (401)';
export const REPEATED = 'repeated';
export const UNSELECTED = 'unselected';

/** Deliveries that somebody signed who has not the secret. */
export const refused = ({ ours }: Contenders): Scenario => ({
	name: REFUSED,
	receiver: ours,
	next: forged(provider),
	events: 1,
	answer: 401,
	isExecuted: false,
});

/**
 * All that is measured in one n8n.
 *
 * @param isWhole whether the other contenders get batches too
 */
export function scenariosOf(contenders: Contenders, isWhole: boolean): Scenario[] {
	const { ours } = contenders;
	const turnedAway = { receiver: ours, events: 1, isExecuted: false };
	const all = Object.keys(LABELS) as (keyof Contenders)[];
	return [
		...all.map((contender) => accepted(contenders, contender, 1)),
		refused(contenders),
		{ ...turnedAway, name: REPEATED, next: repeated(provider), answer: 200 },
		{ ...turnedAway, name: UNSELECTED, next: unselected(provider), answer: 200 },
		...BATCHES.slice(1).flatMap((batch) =>
			(isWhole ? all : (['ours'] as const)).map((contender) =>
				accepted(contenders, contender, batch),
			),
		),
	];
}
