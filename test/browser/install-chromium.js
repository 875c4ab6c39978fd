// Finds a Chromium or Chrome for the browser test, and installs one where there is none.
//
//   node test/browser/install-chromium.js

const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { delimiter, dirname, join } = require('node:path');

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const MAC_PATHS = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];

/** Where a browser may be, the likeliest first. */
function candidates() {
	const { env, platform } = process;
	const onPath = (env.PATH ?? '')
		.split(delimiter)
		.flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
	const installed = {
		darwin: MAC_PATHS,
		win32: WINDOWS_FOLDERS.map((name) =>
			join(env[name] ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
		),
	};
	return [
		...(platform === 'darwin' || platform === 'win32' ? installed[platform] : onPath),
		require('playwright-core').chromium.executablePath(),
	];
}

/**
 * Whether a browser is there and starts: some systems have a script of its name that only tells how to
 * install it. On Windows asking for the version would open a window.
 *
 * @param {string} path
 */
function works(path) {
	if (!existsSync(path)) return false;
	if (process.platform === 'win32') return true;
	return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

/** The path of a browser on this machine, or null. */
function findChromium() {
	const { CHROMIUM_PATH } = process.env;
	if (!CHROMIUM_PATH) return candidates().find(works) ?? null;
	if (works(CHROMIUM_PATH)) return CHROMIUM_PATH;
	throw new Error(
		`CHROMIUM_PATH is ${CHROMIUM_PATH}, and no browser starts there. Correct it, or unset it to let the usual places be searched.`,
	);
}

/** The path of the browser that the test starts; throws a message that says what to do. */
function chromiumPath() {
	const path = findChromium();
	if (path) return path;
	throw new Error('There is no Chromium. Run: node test/browser/install-chromium.js');
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
	console.log(`▶ ${[command, ...args].join(' ')}`);
	const { status } = spawnSync(command, args, {
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
	});
	return status === 0;
}

/** Installs Debian's Chromium where that is possible, else the one that Playwright brings. */
function installChromium() {
	const isRoot = process.getuid?.() === 0;
	const hasApt = process.platform === 'linux' && existsSync('/usr/bin/apt-get');
	if (isRoot && hasApt) {
		const apt = ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
		if (run('apt-get', ['update']) && run('apt-get', apt) && findChromium()) return;
	}
	const playwright = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js');
	const withLibraries = isRoot && hasApt ? ['--with-deps'] : [];
	run(process.execPath, [playwright, 'install', ...withLibraries, 'chromium']);
}

function main() {
	try {
		if (findChromium()) return;
		console.log('▶ Installing Chromium for the browser test');
		installChromium();
		if (findChromium()) return;
		throw new Error(
			'Chromium is not here and could not be installed. Install Chromium or Chrome, or set CHROMIUM_PATH to one, and run this again.',
		);
	} catch (error) {
		console.error(`✖ ${error instanceof Error ? error.message : String(error)}`);
		process.exitCode = 1;
	}
}

if (require.main === module) main();

module.exports = { chromiumPath };
