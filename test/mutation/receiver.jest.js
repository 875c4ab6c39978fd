const { projects } = require('../../jest.config');

const unit = project('unit');
const integration = project('integration');

// What tells a mutant of the receiver and of the providers' automatic setup: the nodes over HTTP, and the
// unit tests. Not the random ones, and not those of the built package, in which no mutant is.
module.exports = {
	...integration,
	rootDir: '../..',
	testMatch: [...unit.testMatch, ...integration.testMatch],
	testPathIgnorePatterns: ['(properties|documents|item-docs|examples|package|publish).test.ts'],
};

/** @param {string} name */
function project(name) {
	const found = projects.find(({ displayName }) => displayName === name);
	if (!found) throw new Error(`jest.config.js has no project "${name}"`);
	return found;
}
