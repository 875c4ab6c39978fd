// Lets Node.js require the sources as tsc writes them for the package: other tools add code of their
// own, which would be measured along. Providers are found by their sources, so there is no build.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const ts = require('typescript');

const { config } = ts.readConfigFile(`${__dirname}/tsconfig.json`, (file) =>
	readFileSync(file, 'utf8'),
);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, __dirname);

/** @type {Record<string, (module: { _compile: (code: string, file: string) => void }, file: string) => void>} */
const extensions = Reflect.get(Module, '_extensions');
const json = extensions['.json'];
// Behind .ts: a node's codex file has the name of the node, with this ending.
Reflect.deleteProperty(extensions, '.json');
extensions['.ts'] = (module, file) => {
	const source = readFileSync(file, 'utf8');
	const { outputText } = ts.transpileModule(source, { compilerOptions: options, fileName: file });
	module._compile(outputText, file);
};
if (json) extensions['.json'] = json;
