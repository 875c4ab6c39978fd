import { installServers } from '../kit/n8n/install-servers';

/**
 * `describe` for tests that need PostgreSQL and Redis. Where they are missing and cannot be installed
 * from here, the tests are skipped with a word on what to install; in CI this is an error, since where
 * nobody looks at the output nothing may be left out.
 */
export function describeWithServers(title: string, tests: () => void): void {
	const toInstall = installServers();
	if (toInstall && process.env.CI) throw new Error(`"${title}" cannot run: ${toInstall}`);
	if (toInstall) console.warn(`"${title}" is skipped: ${toInstall}, then run it again.`);
	(toInstall ? describe.skip : describe)(title, tests);
}
