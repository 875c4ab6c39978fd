import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { PINGMATE } from '../../nodes/PingMate/pingmate';
import { EVENTS } from '../../nodes/shared/core/events';
import type { RefusalReason } from '../../nodes/shared/core/signature';
import { headline, notAnObject, refusal, undecidedCopy } from '../../nodes/shared/n8n/problem';
import { secondWebhookSecretField, webhookSecretField } from '../../nodes/shared/n8n/secret-fields';
import { PLAYED_PROVIDERS, sampleNames } from '../../playground/sample-deliveries';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

/**
 * The documents name commands, paths, outputs, options and log lines. Here they are held against the code, so
 * that neither changes without the other. Links between the documents are checked by `npm run lint`.
 */

const PROJECT = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');

const filesIn = (folder: string, ending: string): string[] =>
	existsSync(join(PROJECT, folder))
		? readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
				.filter((file) => file.endsWith(ending))
				.map((file) => `${folder}/${file}`)
		: [];

const DOCUMENTS = [
	'README.md',
	'CONTRIBUTING.md',
	...filesIn('docs', '.md'),
	...filesIn('examples', '.md'),
].map((file) => ({ file, text: read(file) }));

interface PackageJson {
	scripts: Record<string, string>;
}
const { scripts } = JSON.parse(read('package.json')) as PackageJson;

/** The text outside fenced blocks. */
const proseOf = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '');

/** What stands in backticks, on one line. */
const spansOf = (text: string) =>
	Array.from(proseOf(text).matchAll(/`([^`]+)`/g), ([, span]) => (span ?? '').replace(/\s+/g, ' '));

/** The lines of fenced blocks. */
const fencedLinesOf = (text: string) =>
	Array.from(text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm), ([, block]) => block ?? '').flatMap(
		(block) => block.split('\n'),
	);

/** The rows of the tables of a document, or of its section with this heading, as lists of cells. */
function rowsOf(text: string, heading?: string): string[][] {
	const start = heading === undefined ? 0 : text.indexOf(`\n${heading}\n`);
	if (start < 0) throw new Error(`There is no "${heading ?? ''}"`);
	const rest = text.slice(start + 1 + (heading?.length ?? 0));
	const end = heading === undefined ? -1 : rest.search(/^#{1,3} /m);
	return (end < 0 ? rest : rest.slice(0, end))
		.split('\n')
		.filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
		.map((line) => line.split('|').slice(1, -1))
		.map((cells) => cells.map((cell) => cell.trim()));
}

/** A table under a heading, told by the first cell of its head; without the head. */
function tableOf(text: string, heading: string, head: string): string[][] {
	const rows = rowsOf(text, heading);
	const first = rows.findIndex(([cell]) => cell === head);
	if (first < 0) throw new Error(`There is no table "${head}" under "${heading}"`);
	const width = rows[first]?.length;
	const body = rows.slice(first + 1);
	const next = body.findIndex((row) => row.length !== width);
	return next < 0 ? body : body.slice(0, next);
}

const document = (file: string) => {
	const found = DOCUMENTS.find((candidate) => candidate.file === file);
	if (!found) throw new Error(`There is no ${file}`);
	return found.text;
};

describe('commands', () => {
	/** The options that a script's program declares, with those of commander itself. */
	function optionsOf(script: string): Set<string> {
		const program = /tsx (\S+)/.exec(scripts[script] ?? '')?.[1];
		const source = program === undefined ? '' : read(program);
		const declared = Array.from(source.matchAll(/ption\(\s*'(--[a-z-]+)/g), ([, option]) => option);
		return new Set(['--help', ...declared.flatMap((option) => option ?? [])]);
	}

	/** npm's own commands need no script, but for these two. */
	const COMMAND =
		/^(?:npm (?:run )?(?<script>(?<=run )[\w:]+|start|test)\b|npx (?<program>[\w-]+))(?<rest>.*)$/;

	const commands = DOCUMENTS.flatMap(({ file, text }) =>
		[...spansOf(text), ...fencedLinesOf(text)].flatMap((line) => {
			const { script, program, rest = '' } = COMMAND.exec(line.trim())?.groups ?? {};
			if (script === undefined && program === undefined) return [];
			return [{ file, line: line.trim(), script, program, words: rest.trim().split(/\s+/) }];
		}),
	);

	it('are there to be checked', () => {
		expect(commands.length).toBeGreaterThan(10);
	});

	it.each(commands)('$file: $line', ({ script, program, words }) => {
		if (program !== undefined) {
			expect(readdirSync(join(PROJECT, 'node_modules', '.bin'))).toContain(program);
			return;
		}
		expect(Object.keys(scripts)).toContain(script);

		const options = words.filter((word) => /^--./.test(word));
		for (const option of options) expect([...optionsOf(script ?? '')]).toContain(option);
		if (script !== 'deliver' || options[0] === '--help') return;
		const [provider, sample] = words.filter((word) => !word.startsWith('-'));
		const played = PLAYED_PROVIDERS.find(({ id }) => id === provider);
		expect(played?.id).toBe(provider);
		if (played && sample !== undefined) expect(sampleNames(played)).toContain(sample);
	});

	const lone = DOCUMENTS.flatMap(({ file, text }) =>
		spansOf(text)
			// Those on the page about scaling are n8n's.
			.filter((span) => /^--\w/.test(span) && file !== 'docs/scaling.md')
			.map((option) => ({ file, option: option.split(' ')[0] })),
	);

	it.each(lone)('$file: $option', ({ option }) => {
		const known = ['start', 'deliver', 'inspect'].flatMap((script) => [...optionsOf(script)]);
		expect(known).toContain(option);
	});
});

describe('paths', () => {
	const PATH =
		/^(?:nodes|credentials|test|playground|docs|bench|examples|\.ci|\.github)\/[\w./-]+$/;
	/** The page about adding a provider has one that is not there; its files are called like ChatMitra's. */
	const likeChatMitra = (path: string) => [
		path,
		path.replace(/Example/g, 'ChatMitra').replace(/example/g, 'chatmitra'),
		path.replace(/Example/g, 'ChatMitra').replace(/example/g, 'chatMitra'),
	];
	/** Made by a run. */
	const isMade = (path: string) => path.startsWith('playground/.data');

	const paths = DOCUMENTS.flatMap(({ file, text }) =>
		[...spansOf(text), ...fencedLinesOf(text).map((line) => line.split(' ')[0] ?? '')]
			.filter((span) => PATH.test(span) && !isMade(span) && !span.includes('docs/example'))
			.map((path) => ({ file, path })),
	);

	it('are there to be checked', () => {
		expect(paths.length).toBeGreaterThan(10);
	});

	it.each(paths)('$file: $path', ({ path }) => {
		expect(likeChatMitra(path).some((candidate) => existsSync(join(PROJECT, candidate)))).toBe(
			true,
		);
	});

	/** As GitHub makes it of a heading: lower case, punctuation left out, hyphens for spaces. */
	const anchorOf = (heading: string) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.trim()
			.replace(/\s/g, '-');

	const REPOSITORY = 'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers';
	const links = ['nodes', 'credentials']
		.flatMap((folder) => [...filesIn(folder, '.ts'), ...filesIn(folder, '.json')])
		.flatMap((file) =>
			Array.from(
				read(file).matchAll(/https:\/\/github\.com\/n8n-nodes-whatsapp-triggers\/[^'"\s)<\\]+/g),
				([link]) => ({ file, link }),
			),
		);

	it('are linked to from every credential and every codex file', () => {
		const linking = new Set(links.map(({ file }) => file));
		const wanted = [...filesIn('credentials', '.ts'), ...filesIn('nodes', '.node.json')];
		expect(wanted.filter((file) => !linking.has(file))).toEqual([]);
	});

	it.each(links)('$file: $link', ({ link }) => {
		const [path = '', anchor] = link.replace(`${REPOSITORY}/blob/main/`, '').split('#');
		expect(existsSync(join(PROJECT, path))).toBe(true);
		if (anchor === undefined) return;
		const headings = Array.from(read(path).matchAll(/^#+ (.+)$/gm), ([, heading]) => heading ?? '');
		expect(headings.map(anchorOf)).toContain(anchor);
	});
});

const nodes = PROVIDERS_UNDER_TEST.map(({ provider, Trigger }) => ({
	provider,
	description: new Trigger().description,
}));

describe('README.md', () => {
	const readme = document('README.md');

	it('lists every output with its event and the providers that have it', () => {
		const [, ...rows] = rowsOf(readme, '## Providers, events and outputs').filter(
			(row) => row.length === 7,
		);
		const [head = []] = rowsOf(readme, '## Providers, events and outputs');
		const columns = head.slice(3).map((cell) => /\[(.+?)\]/.exec(cell)?.[1]);

		expect(columns.sort()).toEqual(nodes.map(({ provider }) => provider.displayName).sort());
		expect(rows.map(([label, event]) => [label, event])).toEqual(
			EVENTS.map(({ event, label }) => [label, `\`${event}\``]),
		);
		for (const { provider } of nodes) {
			const column = 3 + head.slice(3).findIndex((cell) => cell.includes(provider.displayName));
			const ticked = rows.filter((row) => row[column] === '✓').map(([, event]) => event);
			expect(ticked).toEqual(provider.events.map((event) => `\`${event}\``));
		}
	});

	it('names the node of each provider', () => {
		const rows = rowsOf(readme, '## Providers, events and outputs').filter(
			(row) => row.length === 4,
		);
		expect(rows.slice(1).map(([provider, node]) => [provider, node])).toEqual(
			nodes
				.map(({ provider, description }) => [provider.displayName, description.displayName])
				.sort(),
		);
	});

	it('lists the options of the nodes with their defaults', () => {
		for (const { description } of nodes) {
			const options = description.properties.find(({ name }) => name === 'options')?.options ?? [];
			const inCode = (options as INodeProperties[]).map(({ displayName, default: value }) => [
				displayName,
				typeof value === 'boolean' ? (value ? 'on' : 'off') : JSON.stringify(value),
			]);
			const rows = tableOf(readme, '### Options', 'Option');
			expect(rows.map(([name, value]) => [name, value]).sort()).toEqual(inCode.sort());
		}
	});
});

describe.each(nodes)('the page of $provider.displayName', ({ provider, description }) => {
	const page = document(`docs/${provider.id}.md`);

	it('names the node, the header and every output', () => {
		expect(page).toContain(`**${description.displayName}**`);
		expect(page).toContain(`\`${provider.signatureHeader}\``);
		const outputs = rowsOf(page, '## Events').flat().join(' ');
		for (const { event, label } of EVENTS) {
			if (provider.events.includes(event)) expect(outputs).toContain(label);
		}
	});

	it('has the sections that every page has', () => {
		const onEveryPage = [
			'Set up',
			'Events',
			'What is signed, and what is not',
			'Retries',
			'Rolling the secret',
			'Known gaps in its documents',
		];
		const headings = Array.from(page.matchAll(/^## (.+)$/gm), ([, heading = '']) => heading);
		expect(headings.filter((heading) => onEveryPage.includes(heading))).toEqual(onEveryPage);
	});
});

describe('the secrets of a credential', () => {
	const labels = [webhookSecretField('', ''), secondWebhookSecretField].map(
		({ displayName }) => displayName,
	);
	const named = DOCUMENTS.flatMap(({ file, text }) =>
		Array.from(text.matchAll(/\*\*((?:\w+\s+)?Webhook\s+Secret)\*\*/g), ([, name = '']) => ({
			file,
			name: name.replace(/\s+/g, ' '),
		})),
	);

	it('are both explained where it says how to change one', () => {
		const names = named.filter(({ file }) => file === 'docs/security.md').map(({ name }) => name);
		expect(new Set(names)).toEqual(new Set(labels));
	});

	it.each(named)('$file calls one $name, as the credential does', ({ name }) => {
		expect(labels).toContain(name);
	});
});

describe('docs/troubleshooting.md', () => {
	const page = document('docs/troubleshooting.md');

	const REASONS: Record<RefusalReason, true> = {
		secret_missing: true,
		secret_padded: true,
		signature_missing: true,
		signature_repeated: true,
		signature_malformed: true,
		signature_mismatch: true,
		body_unreadable: true,
	};
	const refusals = [
		...Object.keys(REASONS).map((reason) =>
			refusal(PINGMATE, reason as RefusalReason, { secrets: [] }),
		),
		refusal(PINGMATE, 'secret_missing', { secrets: [], unreadable: 'x' }),
	];

	const firstSpan = ([cell = '']: string[]) => /`([^`]+)`/.exec(cell)?.[1] ?? '';

	it('has a row for every cause of a refusal, in the words in which n8n shows it', () => {
		const rows = tableOf(page, '## 401: the delivery was refused', 'It says').map(firstSpan);
		// One cause begins like another: its row is the one that quotes more of it.
		const rowOf = (cause: string) =>
			rows.filter((row) => cause.includes(row)).sort((a, b) => b.length - a.length)[0];
		expect(refusals.map(({ cause }) => rowOf(cause)).sort()).toEqual(rows.sort());
	});

	it.each([
		['one refusal', refusals[0], 1],
		['several refusals', refusals[0], 12],
		['a body that is no JSON object', notAnObject(PINGMATE), 1],
		['a copy that is put off', undecidedCopy(), 1],
	])('quotes how the message about %s begins', (_, problem, count) => {
		if (!problem) throw new Error('There are no refusals');
		const [begin = ''] = headline(PINGMATE, problem, count).split(':');
		const spans = spansOf(page);
		expect([begin, begin.replace('PingMate', '…')].some((text) => spans.includes(text))).toBe(true);
	});

	it("quotes every message of Chirp's automatic setup as it is written", () => {
		const source = filesIn('nodes/Chirp', '.ts').map(read).join('\n');
		// What happened, in any of the three kinds of quotes: the first argument of a fault, or the first of
		// the two texts that a function returns for one.
		const messages = Array.from(
			source.matchAll(
				/(?:\bfault\(|\bwrong\(|new ChirpFault\(|return \[)\s*(?:'([^']+)'|"([^"]+)"|`([^`]+)`)/g,
			),
			([, single, double, template]) => single ?? double ?? template ?? '',
		);
		const rows = tableOf(page, "## Chirp's automatic setup", 'Message').map(firstSpan);

		expect(messages.length).toBeGreaterThan(8);
		for (const row of rows) {
			expect([row, messages.filter((message) => message.includes(row)).length]).toEqual([row, 1]);
		}
		expect(messages.filter((message) => !rows.some((row) => message.includes(row)))).toEqual([]);
	});
});
