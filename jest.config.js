// Not UTC, in which a time without a zone would be read right by chance.
process.env.TZ = 'Asia/Kolkata';

const typescript = {
	// The playground's installations hold packages of the same name.
	modulePathIgnorePatterns: ['<rootDir>/playground/\\.', '<rootDir>/dist/'],
	testEnvironment: 'node',
	// Types are checked by `npm run typecheck`; here they are only taken out.
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
};

module.exports = {
	projects: [
		{ ...typescript, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
		{
			...typescript,
			displayName: 'unit-zod4',
			testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
			// n8n decides which zod is there, so everything runs with the next one as well.
			moduleNameMapper: { '^zod$': 'zod4' },
		},
		{
			...typescript,
			displayName: 'integration',
			testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
			setupFiles: ['<rootDir>/test/support/n8n-environment.ts'],
		},
		{ ...typescript, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
		{ ...typescript, displayName: 'queue', testMatch: ['<rootDir>/test/queue/**/*.test.ts'] },
		{ ...typescript, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
	],
};
