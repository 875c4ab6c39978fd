import type { Database } from '../instance';
import { table } from '../page';
import { median, short } from '../statistics';
import type { Engine, Round, Rounds } from './measure';
import { BATCHES, nameOf, REFUSED, REPEATED, UNSELECTED } from './scenarios';

/** What was measured of one n8n. */
export type MeasuredN8n = [database: Database, engine: Engine, rounds: Rounds];

/** How the rates of two scenarios compare, round by round. */
function ratio(rounds: Rounds, one: string, other: string): number[] {
	const base = rounds.get(other) ?? [];
	return (rounds.get(one) ?? []).map(({ rate }, round) => rate / (base[round]?.rate ?? NaN));
}

/** What was measured of each scenario. */
export function ratesTable(rounds: Rounds): string {
	return table(
		[
			'Deliveries',
			'Events a second',
			'Answer, p50',
			'p99',
			'answered otherwise',
			"n8n's processor time for a delivery",
		],
		[...rounds].map(([name, measured]) => {
			const middle = (key: keyof Round) => median(measured.map((round) => round[key]));
			return [
				name,
				short(middle('rate')),
				`${short(middle('p50'))} ms`,
				`${short(middle('p99'))} ms`,
				measured.reduce((sum, { turnedDown }) => sum + turnedDown, 0),
				`${short(middle('cpu'))} ms`,
			];
		}),
	);
}

const ours = (batch: number) => nameOf('ours', batch);

/** What is aimed at with lazy isolates. */
const TARGETS: [title: string, one: string, other: string, atLeast: number][] = [
	['accepted, against the bare Webhook node', ours(1), nameOf('webhook', 1), 0.95],
	["accepted, against n8n's WhatsApp Trigger", ours(1), nameOf('builtIn', 1), 2.5],
	['accepted, against the flow made by hand', ours(1), nameOf('byHand', 1), 3.5],
	['refused, against accepted', REFUSED, ours(1), 5],
	['100 events in one delivery, against one by one', ours(100), ours(1), 50],
];

const MORE_RATIOS: [title: string, one: string, other: string][] = [
	['repeated, against accepted', REPEATED, ours(1)],
	['unselected, against accepted', UNSELECTED, ours(1)],
	...BATCHES.slice(1).flatMap((batch): [string, string, string][] => [
		[
			`${batch.toLocaleString('en-US')} events in one delivery, against the bare Webhook node`,
			ours(batch),
			nameOf('webhook', batch),
		],
		[`the same, against n8n's WhatsApp Trigger`, ours(batch), nameOf('builtIn', batch)],
		[`the same, against the flow made by hand`, ours(batch), nameOf('byHand', batch)],
	]),
];

function ratioRow(rounds: Rounds, title: string, one: string, other: string): string[] {
	const ratios = ratio(rounds, one, other);
	if (ratios.length === 0 || ratios.some(Number.isNaN)) return [];
	return [
		title,
		...[Math.min(...ratios), median(ratios), Math.max(...ratios)].map((value) => short(value)),
	];
}

/** How the scenarios compare, and whether the targets were met. */
export function ratiosTable(rounds: Rounds): string {
	const rows = [
		...TARGETS.map(([title, one, other, atLeast]) => {
			const row = ratioRow(rounds, title, one, other);
			const isMet = median(ratio(rounds, one, other)) >= atLeast;
			return [...row, `${atLeast}: ${isMet ? 'met' : '**missed**'}`];
		}),
		...MORE_RATIOS.map(([title, one, other]) => [...ratioRow(rounds, title, one, other), '']),
	];
	return table(['Ratio of events a second', 'minimum', 'median', 'maximum', 'target'], rows);
}

/** n8n's speed with and without the setting, each against the same n8n's bare Webhook node. */
export function enginesTable(all: readonly MeasuredN8n[]): string {
	return table(
		['n8n', 'Webhook', 'these nodes', 'ratio', 'refused (401)', 'against accepted', '100 in one'],
		all.map(([database, engine, rounds]) => {
			const rate = (name: string) => short(median((rounds.get(name) ?? []).map((r) => r.rate)));
			const against = (one: string, other: string) => short(median(ratio(rounds, one, other)));
			return [
				`${database}, ${engine}`,
				rate(nameOf('webhook', 1)),
				rate(ours(1)),
				against(ours(1), nameOf('webhook', 1)),
				rate(REFUSED),
				against(REFUSED, ours(1)),
				rate(ours(100)),
			];
		}),
	);
}
