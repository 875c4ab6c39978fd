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
// which need n8n-core, and which a whole n8n.
const INTEGRATION = '.integration.test.ts';
const E2E = '.e2e.test.ts';

module.exports = {
	projects: [
		{
			...typescript,
			displayName: 'unit',
			testMatch: [
				'<rootDir>/test/unit/**/*.test.ts',
				'<rootDir>/{nodes,proof}/**/test/*.test.ts',
				`!**/*{${INTEGRATION},${E2E}}`,
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
		{
			...typescript,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts', `<rootDir>/proof/test/*${E2E}`],
		},
		{ ...typescript, displayName: 'queue', testMatch: ['<rootDir>/test/queue/**/*.test.ts'] },
		{ ...typescript, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
	],
};
