import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** The folders of the table in docs/architecture.md, from its first row to its last. */
const FLOORS = [
	...readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8').matchAll(
		/^\| `(nodes\/[^`]+)\/` *\|/gm,
	),
].map(([, folder = '']) => folder);

/** Every file of the product, which tests and their samples aren't. */
const files = readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' })
	.map((path) => `nodes/${path.split(sep).join('/')}`)
	.filter((path) => path.endsWith('.ts') && !path.includes('/test/'));

/** Where a file is in the table: its row, and the folder itself. */
function placeOf(file: string): { floor: number; folder: string } {
	const floor = FLOORS.findIndex((folder, row) => row > 0 && file.startsWith(`${folder}/`));
	return floor > 0
		? { floor, folder: FLOORS[floor] ?? '' }
		: { floor: 0, folder: file.split('/').slice(0, 2).join('/') };
}

function importsOf(file: string): string[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	return [...text.matchAll(/(?:from |require\()'(\.{1,2}\/[^']+)'/g)]
		.map(([, path = '']) => relative(ROOT, join(ROOT, dirname(file), `${path}.ts`)))
		.map((path) => path.split(sep).join('/'));
}

it('has a row for every folder that holds shared code', () => {
	expect(FLOORS.length).toBeGreaterThan(5);
	expect(
		files.filter((file) => file.startsWith('nodes/shared/') && placeOf(file).floor === 0),
	).toEqual([]);
});

it('lets imports go down the table only, and from no provider to another', () => {
	const upwards = files.flatMap((file) =>
		importsOf(file)
			.filter((imported) => existsSync(join(ROOT, imported)))
			.filter((imported) => {
				const [from, to] = [placeOf(file), placeOf(imported)];
				return from.folder !== to.folder && from.floor >= to.floor;
			})
			.map((imported) => `${file} imports ${imported}`),
	);

	expect(upwards).toEqual([]);
});

/** The code around the product: `scripts/npm.ts` and what all tests share is at the bottom. */
it.each([
	['playground', ['proof/', 'scripts/', 'test/(?!kit/)']],
	['proof', ['playground/', 'scripts/', 'test/(?!kit/)']],
	['scripts', ['playground/', 'proof/', 'test/(?!kit/)']],
	['test', ['playground/', 'proof/']],
	['test/kit', ['scripts/(?!npm)', 'test/(?!kit/)']],
	['nodes', ['playground/', 'proof/', 'scripts/']],
])('lets nothing in %s import from %p', (folder, forbidden) => {
	// In the folders of playground/ are installations only.
	const recursive = folder !== 'playground';
	const upwards = readdirSync(join(ROOT, folder), { recursive, encoding: 'utf8' })
		.map((path) => `${folder}/${path.split(sep).join('/')}`)
		.filter((path) => /\.(ts|js)$/.test(path))
		.flatMap((file) => importsOf(file).map((imported) => `${file} imports ${imported}`))
		.filter((line) => new RegExp(` imports (${forbidden.join('|')})`).test(line));

	expect(upwards).toEqual([]);
});

it('has n8n known to the receiver, its setup and editor, and the files of a node only', () => {
	const importers = files.filter((file) =>
		/from 'n8n-/.test(readFileSync(join(ROOT, file), 'utf8')),
	);

	const allowed =
		/^nodes\/(shared\/n8n\/|[A-Z]\w*\/(\w+\.node|api|credential|credential-test|lists|[a-z]+-list|webhook)\.ts$)/;
	expect(importers.filter((file) => !allowed.test(file))).toEqual([]);
});
