// Runs the benchmark with the Node.js that n8n runs with.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { nodeForN8n } = require('../playground/install');

const args = ['--expose-gc', '--require', './bench/typescript.js', 'bench/bench.ts'];
const cwd = join(__dirname, '..');
const { status } = spawnSync(nodeForN8n().node, args, { stdio: 'inherit', cwd });
process.exitCode = status ?? 1;
