const { projects } = require('./jest.config');

// The unit tests: what tells a mutant of the core within a second. Not the random ones, which would
// tell it by chance, and slowly.
module.exports = { ...projects[0], testPathIgnorePatterns: ['properties.test.ts'] };
