import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { machine } from './machine';
import type { Part } from './part';

const PAGE = join(__dirname, '..', 'docs', 'proof.md');

/** Writes the section of a part anew; the rest of the page stays. */
export async function writeSection(
	{ name }: Part,
	text: string,
	startedAt: Date,
	page = PAGE,
): Promise<void> {
	const minutes = Math.max(1, Math.round((Date.now() - startedAt.getTime()) / 60_000));
	const day = startedAt.toISOString().slice(0, 10);
	const head = `\`npm run proof -- ${name}\`, ${day}, ${minutes} min. ${machine()}`;
	const before = readFileSync(page, 'utf8');
	const section = new RegExp(`(<!-- proof:begin ${name} -->\n)[\\s\\S]*?(<!-- proof:end -->)`);
	if (!section.test(before)) throw new Error(`docs/proof.md has no section "${name}".`);
	const after = before.replace(
		section,
		(_, begin: string, end: string) => `${begin}\n${head}\n\n${text.trim()}\n\n${end}`,
	);
	const options = { ...(await resolveConfig(page)), filepath: page };
	writeFileSync(page, await format(after, options));
}

/** A Markdown table. */
export function table(
	head: readonly string[],
	rows: readonly (readonly (string | number)[])[],
): string {
	const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
