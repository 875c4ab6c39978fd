import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AllResults, Table } from './page';
import { short } from './statistics';

const IMAGES = join(__dirname, '..', 'docs', 'images');

const WIDTH = 720;
const LABELS = 270;
const BAR = 16;
const LARGEST = WIDTH - LABELS - 80;

interface Chart {
	title: string;
	/** What the bars of each color are. */
	series: string[];
	groups: { label: string; values: number[] }[];
}

/** Writes the charts of docs/benchmarks.md. */
export function writeCharts({ speed, bodies, faults }: AllResults): void {
	if (!speed || !bodies || !faults) throw new Error('speed, bodies and faults make the charts');
	const rate = (database: string, name: string) =>
		cell(speed.tables[`${database} rates`], name, 'Events per second');
	const ratesOf = (names: string[]) =>
		names.map((name) => ({
			label: name.replace(', 1 event', ''),
			values: ['SQLite', 'PostgreSQL'].map((database) => rate(database, name)),
		}));
	const oneEvent = ['these nodes', 'Webhook', 'WhatsApp Trigger', 'by hand'];
	write('benchmark-speed', {
		title: 'Events per second, one event per delivery',
		series: ['SQLite', 'PostgreSQL'],
		groups: ratesOf([
			...oneEvent.map((name) => `${name}, 1 event`),
			...['rejected (401)', 'duplicate', 'unselected'],
		]),
	});
	write('benchmark-large-bodies', {
		title: 'Milliseconds in which n8n answers nothing else',
		series: ['median', 'longest'],
		groups: (bodies.tables.bodies?.rows ?? []).map(([label, , ...values]) => ({
			label: String(label),
			values: values.map(Number),
		})),
	});
	write('benchmark-faults', {
		title: 'Events during a fault, n8n in one process',
		series: ['sent', 'answered 200', 'executed'],
		groups: (faults.tables.faults?.rows ?? [])
			.filter(([, n8n]) => String(n8n).startsWith('one process'))
			.map(([fault, , , ...values]) => ({
				label: String(fault),
				values: values.slice(0, 3).map(Number),
			})),
	});
}

/** The number in a row and a column of a table. */
function cell(table: Table | undefined, row: string, column: string): number {
	const found = table?.rows.find(([name]) => name === row);
	return Number(found?.[table?.head.indexOf(column) ?? NaN]);
}

/** Horizontal bars in colors that can be read on a light and on a dark page. */
function write(name: string, { title, series, groups }: Chart): void {
	const most = Math.max(...groups.flatMap(({ values }) => values));
	const parts = [`<text class="title" x="0" y="16">${title}</text>`];
	series.forEach((label, index) => {
		const x = LABELS + index * 120;
		parts.push(`<rect class="s${index}" x="${x}" y="30" width="12" height="12"/>`);
		parts.push(`<text x="${x + 18}" y="41">${label}</text>`);
	});
	let y = 58;
	for (const { label, values } of groups) {
		const middle = y + (values.length * BAR) / 2 + 4;
		parts.push(`<text x="${LABELS - 10}" y="${middle}" text-anchor="end">${label}</text>`);
		for (const [index, value] of values.entries()) {
			const width = Math.max(1, Math.round((value / most) * LARGEST));
			parts.push(
				`<rect class="s${index}" x="${LABELS}" y="${y}" width="${width}" height="${BAR - 2}"/>`,
				`<text x="${LABELS + width + 6}" y="${y + BAR - 4}">${short(value)}</text>`,
			);
			y += BAR;
		}
		y += 10;
	}
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" aria-label="${title}">
<style>
text { font: 12px sans-serif; fill: #1f2328; }
.title { font-size: 15px; font-weight: bold; }
.s0 { fill: #128c7e; }
.s1 { fill: #e36f10; }
.s2 { fill: #5b7fd6; }
@media (prefers-color-scheme: dark) { text { fill: #f0f6fc; } }
</style>
${parts.join('\n')}
</svg>
`;
	writeFileSync(join(IMAGES, `${name}.svg`), svg);
}
