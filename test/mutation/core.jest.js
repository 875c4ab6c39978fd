const { projects } = require('../../jest.config');

// The unit tests: what tells a mutant of the core within a second. Not the random ones, which would
// tell it by chance, and slowly; nor those of the documents and examples.
module.exports = {
	...projects[0],
	rootDir: '../..',
	testPathIgnorePatterns: ['(properties|documents|item-docs|examples|publish).test.ts'],
};
