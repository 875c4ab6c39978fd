const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** Removes what an earlier build left, so that no file outlives its source. */
function clean() {
	return rm('dist', { recursive: true, force: true });
}

/** Copies what tsc does not compile: icons and codex files. */
function copy() {
	return src('nodes/**/*.{svg,node.json}', { encoding: false }).pipe(dest('dist/nodes'));
}

module.exports = { clean, copy };
