const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

/** Removes what an earlier build left, so that no file outlives its source. */
function clean() {
	return rm('dist', { recursive: true, force: true });
}

/** Copies what tsc does not compile: icons and codex files. */
function assets() {
	return src('nodes/*/*.{svg,node.json}', { encoding: false }).pipe(dest('dist/nodes'));
}

/** Copies the JSON Schema of the items, for programs that check them. */
function schema() {
	return src('docs/item.schema.json').pipe(dest('dist'));
}

/**
 * Deletes the compiled schema of the items: the nodes use only the types it gives, so the package needs
 * no zod.
 */
function removeItemSchema() {
	return rm('dist/nodes/shared/core/item/item.js');
}

module.exports = { clean, copy: parallel(assets, schema), removeItemSchema };
