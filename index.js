// What require('n8n-nodes-whatsapp-triggers') gives: the classes of all nodes and credentials. n8n
// itself loads them one by one, by the same lists in package.json.
const { n8n } = require('./package.json');

const files = [...n8n.credentials, ...n8n.nodes];
module.exports = Object.assign({}, ...files.map((file) => require(`./${file}`)));
