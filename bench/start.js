// Compiles the benchmark as the package is compiled, and runs it with the Node.js that n8n runs with.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { nodeForN8n } = require('../playground/install');

function run(program, ...args) {
	const { status } = spawnSync(program, args, { stdio: 'inherit', cwd: join(__dirname, '..') });
	if (status !== 0) process.exit(status ?? 1);
}

run(process.execPath, 'node_modules/typescript/bin/tsc', '-p', 'bench/tsconfig.json');
run(nodeForN8n().node, '--expose-gc', 'bench/.build/bench/bench.js');
