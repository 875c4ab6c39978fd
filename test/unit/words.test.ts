import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

const filesOf = (...patterns: string[]) =>
	execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
		cwd: ROOT,
		encoding: 'utf8',
	})
		.split('\n')
		.filter((file) => file !== '');

/** What a native maintainer wouldn't write, with the words to use, and whether the documents are free of it. */
const WORDS: readonly { banned: RegExp; use: string; documents?: true }[] = [
	{ banned: /\brefus(e|es|ed|ing|al|als)\b/i, use: 'reject', documents: true },
	{ banned: /\bof (its|his|her|their|our|yours?) own\b/i, use: 'its own …, a separate …' },
	{ banned: /\b(stands|stood)\b/i, use: 'is, appears' },
	{ banned: /[,;:] else\b|\belse says\b/i, use: 'otherwise' },
	{ banned: /\broll(s|ed|ing)?\b/i, use: 'rotate' },
	{ banned: /\banew\b|\bonce more\b/i, use: 'again' },
	{ banned: /\bfor ever\b/i, use: 'forever' },
	{ banned: /\bput(s|ting)? off\b/i, use: 'defer', documents: true },
	{ banned: /\bpatience\b/i, use: 'timeout' },
	{ banned: /\bmeanwhile\b/i, use: 'in the meantime' },
	{ banned: /\bwhite space\b/i, use: 'whitespace' },
	{ banned: /\b(lower|upper) case\b/i, use: 'lowercase, uppercase', documents: true },
	{ banned: /\brepetitions?\b/i, use: 'duplicate, retry' },
	{ banned: /\bon the wire\b/i, use: 'in the request' },
	{ banned: /\bbeside\b/i, use: 'next to' },
	{ banned: /\btold (apart|of|by|twice|once)\b/i, use: 'distinguish, report' },
	{ banned: /\be-mail/i, use: 'email' },
	{ banned: /\b(does|do|did|is|are|was|were|has|have) not\b|\bcannot\b/i, use: 'a contraction' },
];

/** Sentences that keep such a word: other tests pin them, or somebody else wrote them. */
const EXCEPTIONS = [
	'a long random text of your own',
	'another name of your own that begins with X-',
	'comes out of its own output',
	'has a meaning of its own in HTTP',
	'does not send',
	'does not exist|unsupported',
	'is not a web address',
];

const COMMENT = /\/\*\*.*?\*\/|(?<=^|\s)\/\/[^\n]*/gs;
const STRING = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

/** The comments and the strings of a source file, as lines of words. */
function textsOf(source: string): string[] {
	const comments = source.match(COMMENT) ?? [];
	const strings = source.replace(COMMENT, '').match(STRING) ?? [];
	return [...comments, ...strings.filter((text) => text.includes(' '))].map((text) =>
		text.replace(/\s+(\*|\/\/)?\s*/g, ' '),
	);
}

/** The prose of a document, without code. */
function proseOf(document: string): string[] {
	return document
		.replace(/```.*?```/gs, '')
		.replace(/`[^`]*`/g, '')
		.split(/\n{2,}/);
}

function found(file: string, texts: readonly string[], words: typeof WORDS): string[] {
	return texts.flatMap((text) => {
		const own = EXCEPTIONS.reduce((rest, exception) => rest.replaceAll(exception, ''), text);
		return words.flatMap(({ banned, use }) => {
			const [word] = banned.exec(own) ?? [];
			return word === undefined ? [] : [`${file}: "${word}", say ${use}: ${text.slice(0, 120)}`];
		});
	});
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

it('writes comments and strings of the product as a native maintainer would', () => {
	const sources = filesOf('nodes/*.ts', 'credentials/*.ts').filter(
		(file) => !file.includes('/test/'),
	);

	expect(sources.length).toBeGreaterThan(100);
	expect(sources.flatMap((file) => found(file, textsOf(read(file)), WORDS))).toEqual([]);
});

it('writes the documents without the words that they are free of', () => {
	const words = WORDS.filter(({ documents }) => documents);
	const pages = filesOf('README.md', 'docs/*.md', 'nodes/*/README.md');

	expect(pages.length).toBeGreaterThan(10);
	expect(pages.flatMap((file) => found(file, proseOf(read(file)), words))).toEqual([]);
});
