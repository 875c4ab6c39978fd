const { projects } = require('./jest.config');

const [unit, , integration] = projects;

// What tells a mutant of the receiver and of Chirp's automatic setup: the nodes over HTTP, and the
// unit tests. Not the random ones, and not those of the built package, in which no mutant is.
module.exports = {
	...integration,
	testMatch: [...unit.testMatch, ...integration.testMatch],
	testPathIgnorePatterns: [
		'(properties|documents|item-docs|examples|package|check-publish).test.ts',
	],
};
