import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { EVENTS } from '../../nodes/shared/core/item/events';
import {
	headline,
	notAnObject,
	rejection,
	undecidedCopy,
} from '../../nodes/shared/n8n/receive/problem';
import { secondWebhookSecretField } from '../../nodes/shared/n8n/editor/credential-properties';
import { credentialData, PROVIDERS, sampleNames } from '../kit/providers';
import { providerUnderTest, PROVIDERS_UNDER_TEST } from '../support/providers';

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
	'proof/RESULTS.md',
	...filesIn('docs', '.md'),
	...filesIn('examples', '.md'),
	...filesIn('nodes', '.md'),
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
		const played = PROVIDERS.find(({ id }) => id === provider);
		expect(played?.id).toBe(provider);
		if (played && sample !== undefined) expect(sampleNames(played)).toContain(sample);
	});

	const lone = DOCUMENTS.flatMap(({ file, text }) =>
		spansOf(text)
			// Those on the page about performance are n8n's.
			.filter((span) => /^--\w/.test(span) && file !== 'docs/performance.md')
			.map((option) => ({ file, option: option.split(' ')[0] })),
	);

	it.each(lone)('$file: $option', ({ option }) => {
		const known = ['start', 'deliver', 'inspect'].flatMap((script) => [...optionsOf(script)]);
		expect(known).toContain(option);
	});
});

describe('paths', () => {
	const PATH =
		/^(?:nodes|credentials|test|playground|docs|proof|examples|\.ci|\.github)\/[\w./-]+$/;
	/** The page about adding a provider has one that is not there; its files are called like ChatMitra's. */
	const likeChatMitra = (path: string) => path.replaceAll('Example', 'ChatMitra');
	/** Made by a run and ignored by git, so a fresh clone doesn't have it. */
	const isMade = (path: string) => path.startsWith('playground/.');

	const paths = DOCUMENTS.flatMap(({ file, text }) =>
		[...spansOf(text), ...fencedLinesOf(text).map((line) => line.split(' ')[0] ?? '')]
			.filter((span) => PATH.test(span) && !isMade(span))
			.map((path) => ({ file, path })),
	);

	it('are there to be checked', () => {
		expect(paths.length).toBeGreaterThan(10);
	});

	it.each(paths)('$file: $path', ({ path }) => {
		expect(existsSync(join(PROJECT, likeChatMitra(path)))).toBe(true);
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
				read(file).matchAll(
					/https:\/\/github\.com\/n8n-nodes-whatsapp-triggers\/[^'"\s)<\\]+\/blob\/[^'"\s)<\\]+/g,
				),
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

describe('docs/adding-a-provider.md', () => {
	const section =
		/^## 1\. [\s\S]*?(?=^## 2\. )/m.exec(document('docs/adding-a-provider.md'))?.[0] ?? '';
	const [, example = ''] =
		/^export const provider: Provider = \{\n([\s\S]*?)^\};/m.exec(section) ?? [];
	const fields = (text: string) =>
		Array.from(text.matchAll(/^\t(\w+)(?:\?|:|\(|,)/gm), ([, field]) => field ?? '');
	const [, ofProvider = ''] =
		/^export interface Provider \{\n([\s\S]*?)^\}/m.exec(
			read('nodes/shared/core/read/provider.ts'),
		) ?? [];
	const described = Array.from(section.matchAll(/\*\*`(\w+)`\*\*/g), ([, field]) => field ?? '');

	it('names fields that a provider has', () => {
		const known = fields(ofProvider);
		expect(fields(example).length).toBeGreaterThan(5);
		expect([...fields(example), ...described].filter((field) => !known.includes(field))).toEqual(
			[],
		);
	});

	it('names every field of a provider', () => {
		expect(
			fields(ofProvider).filter((field) => ![...fields(example), ...described].includes(field)),
		).toEqual([]);
	});
});

describe('.github/CODEOWNERS', () => {
	// The example in its comment too, so that it can be copied.
	const owned = read('.github/CODEOWNERS')
		.split('\n')
		.flatMap((line) => /^(?:# )?(\/\S+) +@/.exec(line)?.[1] ?? []);

	it('names both the folder and the credential of a provider that has an owner', () => {
		const folders = PROVIDERS.map(({ folder }) => folder).filter((folder) =>
			owned.some((path) => path.includes(`/${folder}`)),
		);
		const wanted = folders.flatMap((folder) => [`/nodes/${folder}/`, `/credentials/${folder}*`]);

		expect(folders.length).toBeGreaterThan(0);
		expect([...owned].sort()).toEqual(wanted.sort());
	});

	it.each(owned)('names what is there: %s', (path) => {
		const [folder = '', name = ''] = path.slice(1).split('/');
		const begin = name.replace(/\*$/, '');
		expect(readdirSync(join(PROJECT, folder)).some((file) => file.startsWith(begin))).toBe(true);
	});
});

/** The errors that automatic setup has for every provider. */
const SHARED_SETUP = ['nodes/shared/n8n/api', 'nodes/shared/n8n/setup'];

const nodes = PROVIDERS_UNDER_TEST.map((discovered) => ({
	...discovered,
	description: new discovered.Trigger().description,
}));

describe('docs/options.md', () => {
	const page = document('docs/options.md');

	it('lists the options of the nodes with their defaults', () => {
		for (const { description } of nodes) {
			const options = description.properties.find(({ name }) => name === 'options')?.options ?? [];
			const inCode = (options as INodeProperties[]).map(({ displayName, default: value }) => [
				displayName,
				inWords(value),
			]);
			const rows = tableOf(page, '## Options', 'Option');
			expect(rows.map(([name, value]) => [name, value]).sort()).toEqual(inCode.sort());
		}
	});
});

/** A default as the page says it. */
function inWords(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (value === '') return 'empty';
	return Array.isArray(value) && value.length === 0 ? 'none' : JSON.stringify(value);
}

describe.each(nodes)('the page of $displayName', (discovered) => {
	const { provider, folder, description } = discovered;
	const page = document(`nodes/${folder}/README.md`);

	it('names the node and the header of the signature or secret', () => {
		expect(page).toContain(`**${description.displayName}**`);
		expect(page).toContain(`\`${provider.verifier.header(credentialData(discovered))}\``);
	});

	it('says which output an event comes out of, for every output it has and for no other', () => {
		const cells = rowsOf(page, '## Events').map(([, output = '']) => output);
		const named = EVENTS.filter(({ label }) =>
			cells.some((cell) => new RegExp(`\\b${label}\\b`).test(cell)),
		);

		expect(named.map(({ event }) => event)).toEqual(
			EVENTS.map(({ event }) => event).filter((event) => provider.emits.includes(event)),
		);
	});

	it('has the sections of every page, in their order', () => {
		const isAutomatic = description.properties.some(({ name }) => name === 'webhookSetup');
		const headings = Array.from(page.matchAll(/^##+ (.+)$/gm), ([line]) => line);

		expect(headings.filter((line) => /^## |^### If setup fails$/.test(line))).toEqual([
			'## Before you start',
			...(isAutomatic ? ['## Automatic setup', '### If setup fails'] : []),
			'## Manual setup',
			'## Events',
			'## Common issues',
			'## Retries',
			'## Verification',
			'## Rotate the secret',
			`## What ${discovered.displayName} doesn't document`,
		]);
	});
});

describe('the secrets of a credential', () => {
	const second = secondWebhookSecretField.displayName;
	const labels = new Set([second, ...PROVIDERS.map(({ provider }) => provider.secret.label)]);
	const namesIn = (file: string) =>
		new Set(
			Array.from(read(file).matchAll(/\*\*([^*]+)\*\*/g), ([, name = '']) =>
				name.replace(/\s+/g, ' '),
			).filter((name) => labels.has(name)),
		);

	it('are all named where it says how to change one', () => {
		expect(namesIn('docs/security.md')).toEqual(labels);
	});

	it.each(PROVIDERS)(
		'are called on the page of $displayName as in its credential',
		(discovered) => {
			const { folder, provider } = discovered;

			expect(namesIn(`nodes/${folder}/README.md`)).toEqual(
				new Set([provider.secret.label, second]),
			);
		},
	);
});

describe('docs/troubleshooting.md', () => {
	const page = document('docs/troubleshooting.md');

	const { provider } = providerUnderTest('pingmate');
	const mismatch = rejection(provider, 'header_mismatch', {});

	it.each([
		['one rejection', mismatch, 1],
		['several rejections', mismatch, 12],
		['a body that is no JSON object', notAnObject(provider), 1],
		['a copy that is deferred', undecidedCopy(), 1],
	])('quotes how the message about %s begins', (_, problem, count) => {
		const [begin = ''] = headline(provider, problem, count).split(':');
		const spans = spansOf(page);
		expect([begin, begin.replace('PingMate', '…')].some((text) => spans.includes(text))).toBe(true);
	});
});

describe.each([
	{ page: 'docs/troubleshooting.md', heading: '## Automatic setup fails', folders: SHARED_SETUP },
	...nodes
		.filter(({ description }) => description.properties.some(({ name }) => name === 'webhookSetup'))
		.map(({ folder }) => ({
			page: `nodes/${folder}/README.md`,
			heading: '### If setup fails',
			folders: [`nodes/${folder}`],
		})),
])('the errors of automatic setup in $page', ({ page, heading, folders }) => {
	/** The longest part of a message that isn't a value. */
	const fixedPartOf = (message: string) =>
		message
			.split(/\$\{[^}]*\}|…/)
			.map((part) => part.trim())
			.sort((a, b) => b.length - a.length)[0] ?? '';
	const quoted = tableOf(document(page), heading, 'Error').map(([cell = '']) => cell);
	const source = folders
		.flatMap((folder) => filesIn(folder, '.ts'))
		// A test of a credential and an HTTP Request node's request are no setup.
		.filter((file) => !/\/test\/|credential-test|authenticate/.test(file))
		.map(read)
		.join('\n');
	const messages = Array.from(
		// A fault's first argument, or the message of its row, in any of the three kinds of quotes.
		source.matchAll(/(?:new ApiFault\(|^\s*message:)\s*(?:'([^']+)'|"([^"]+)"|`([^`]+)`)/gm),
		([, single, double, template]) => single ?? double ?? template ?? '',
	);

	it('are there to be checked', () => {
		expect(messages.length).toBeGreaterThan(2);
	});

	it('are all quoted', () => {
		const isQuoted = (message: string) =>
			quoted.some((cell) => cell.includes(fixedPartOf(message)));
		expect(messages.filter((message) => !isQuoted(message))).toEqual([]);
	});

	it("aren't made up", () => {
		expect(quoted.filter((cell) => !source.includes(fixedPartOf(cell)))).toEqual([]);
	});
});
