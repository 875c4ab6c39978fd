// Not UTC, in which a time without a zone would be read right by chance.
process.env.TZ = 'Asia/Kolkata';

const typescript = {
	// The playground's installations hold packages of the same name.
	modulePathIgnorePatterns: ['<rootDir>/playground/\\.', '<rootDir>/dist/'],
	testEnvironment: 'node',
	// Types are checked by `npm run typecheck`; here they are only taken out.
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
};

// A provider's own tests are in its folder, and those of the proof in its: the name of their file says
// which need n8n-core or a real n8n. What takes long and rarely breaks, wherever it is, runs every night.
const INTEGRATION = '.integration.test.ts';
const NIGHTLY = '.nightly.test.ts';

module.exports = {
	projects: [
		{
			...typescript,
			displayName: 'unit',
			testMatch: [
				'<rootDir>/test/unit/**/*.test.ts',
				'<rootDir>/{nodes,proof}/**/test/*.test.ts',
				`!**/*.*.test.ts`,
			],
		},
		{
			...typescript,
			displayName: 'integration',
			testMatch: [
				'<rootDir>/test/integration/**/*.test.ts',
				`<rootDir>/nodes/**/test/*${INTEGRATION}`,
			],
			setupFiles: ['<rootDir>/test/support/n8n-environment.ts'],
		},
		// All in a real n8n, as those of the night are.
		...['e2e', 'queue', 'browser'].map((name) => ({
			...typescript,
			displayName: name,
			testMatch: [
				`<rootDir>/test/${name}/**/*.test.ts`,
				`<rootDir>/proof/test/*.${name}.test.ts`,
				`!**/*${NIGHTLY}`,
			],
		})),
		{
			...typescript,
			displayName: 'nightly',
			testMatch: [`<rootDir>/{test,proof}/**/*${NIGHTLY}`],
		},
	],
};
