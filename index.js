// The package's face for require(): the node and credential classes, as `npm run build` made them.
module.exports = require('./dist');
