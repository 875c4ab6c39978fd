/**
 * A page with its generated blocks written anew. A block stands between `<!-- providers:begin <name> -->`
 * and `<!-- providers:end -->`.
 *
 * @param blocks what the page's blocks hold, by name: all that it has, and no other
 */
export function withBlocks(page: string, blocks: Record<string, string>): string {
	const missing = new Set(Object.keys(blocks));
	const written = page.replace(
		/(<!-- providers:begin (\S+) .*?-->\n)[\s\S]*?(<!-- providers:end -->)/g,
		(_, begin: string, name: string, end: string) => {
			const content = blocks[name];
			if (content === undefined) throw new Error(`Nothing generates the block "${name}".`);
			missing.delete(name);
			return `${begin}\n${content}\n\n${end}`;
		},
	);
	if (missing.size > 0) {
		throw new Error(`The page has no block ${[...missing].map((name) => `"${name}"`).join(', ')}.`);
	}
	return written;
}
