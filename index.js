// The package's face for require(): the node and credential classes, as listed for n8n.
const { n8n } = require('./package.json');

module.exports = Object.assign(
	{},
	...[...n8n.nodes, ...n8n.credentials].map((file) => require(`./${file}`)),
);
