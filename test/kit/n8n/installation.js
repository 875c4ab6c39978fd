// Where the n8n of the playground and the tests is installed, and the Node.js that runs it. Loaded
// before anything is installed, so it uses nothing but Node.js.

const { delimiter, dirname, join } = require('node:path');

const PLAYGROUND = join(__dirname, '..', '..', '..', 'playground');

const NODE_FOR_N8N = 24;

/**
 * An installation beside the project's own. Its manifest and lock file are not called package.json
 * and package-lock.json, and its folder begins with a dot: n8n's scanner rejects a repository with a
 * second package.json, and does not look into such folders.
 *
 * @param {string} name
 */
const sideInstallation = (name) => ({
	folder: join(PLAYGROUND, `.${name}`),
	manifest: join(PLAYGROUND, 'packages', `${name}.json`),
	lock: join(PLAYGROUND, 'packages', `${name}.lock.json`),
});

/** A version or a tag of n8n on npm, such as "latest"; without it, the locked one. */
const { N8N_VERSION } = process.env;

const LOCKED_N8N = sideInstallation('n8n');
const N8N = N8N_VERSION
	? { ...LOCKED_N8N, folder: `${LOCKED_N8N.folder}-${N8N_VERSION.replace(/[^\w.-]/g, '_')}` }
	: LOCKED_N8N;
const NODE = sideInstallation('node24');

/** Where this process's n8n and its nodes are once they are installed. */
const N8N_MODULES = join(N8N.folder, 'node_modules');

/**
 * The Node.js that runs n8n, and where its headers are when they came with it.
 *
 * @returns {{ node: string, headers: string | null }}
 */
function nodeForN8n() {
	if (Number(process.versions.node.split('.')[0]) >= NODE_FOR_N8N) {
		return { node: process.execPath, headers: null };
	}
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const folder = join(NODE.folder, 'node_modules', `node-${platform}-${process.arch}`);
	const node = join(folder, 'bin', platform === 'win' ? 'node.exe' : 'node');
	return { node, headers: folder };
}

/** The environment in which n8n's Node.js is the first that programs find. */
function environmentForN8n() {
	const { node } = nodeForN8n();
	return { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) };
}

module.exports = {
	environmentForN8n,
	LOCKED_N8N,
	N8N,
	N8N_MODULES,
	N8N_VERSION,
	NODE,
	NODE_FOR_N8N,
	nodeForN8n,
};
