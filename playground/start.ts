import Table from 'cli-table3';
import { program } from 'commander';
import { join } from 'node:path';
import { N8nClient, OWNER } from '../test/kit/n8n/client';
import { installPackage, isPortTaken, startN8n } from '../test/kit/n8n/server';
import { PROVIDERS } from '../test/kit/providers';
import { TRIGGER, webhookPath } from '../test/kit/n8n/sample-workflow';
import { setUp, show, type Row } from '../test/kit/n8n/show';
import type { FakeApi } from '../test/kit/simulator';

program
	.name('npm start --')
	.description('A real n8n with this package in it, fed with signed sample deliveries.')
	.option('--once', 'end after the table; exit code 0 only if every row is as it should be')
	.option('--port <port>', 'the port of n8n on 127.0.0.1', '5678')
	.option('--data <folder>', "n8n's user folder", join(__dirname, '.data'))
	.parse();

const options = program.opts<{ once?: boolean; port: string; data: string }>();

async function main(): Promise<boolean> {
	const port = Number(options.port);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new Error(`--port takes a number from 1 to 65535, not "${options.port}"`);
	}
	if (await isPortTaken(port)) {
		throw new Error(
			`Port ${port} is taken, perhaps by another playground. Stop that, or choose another: npm start -- --port ${port + 1}`,
		);
	}

	step('Packing the package and installing the tarball into n8n');
	const { filename, files, size } = installPackage(options.data);
	detail(`${filename}: ${files.length} files, ${(size / 1000).toFixed(1)} kB`);

	step('Starting n8n');
	const server = await startN8n({ folder: options.data, port });
	const apis: FakeApi[] = [];
	try {
		detail(`${server.url}, its log in ${server.logFile}`);
		const client = new N8nClient(server.url);
		await client.login();

		const rows: Row[] = [];
		for (const provider of PROVIDERS) {
			step(`${provider.displayName}: publishing its sample workflow, delivering samples`);
			const api = await provider.simulator.startApi?.();
			if (api) apis.push(api);
			const workflowId = await setUp(client, server.url, provider, api?.credential);
			for (const line of api?.log ?? []) {
				detail(`${provider.displayName}'s API: ${line.slice(0, 100)}`);
			}
			await show(client, server.url, provider, workflowId, (row) => {
				rows.push(row);
				detail(`${row.isRight ? '✔' : '✖'} ${row.delivery}: ${row.status}`);
			});
		}
		printTable(rows);
		const areAllRight = rows.every(({ isRight }) => isRight);
		console.log(
			areAllRight
				? `All ${rows.length} rows are as they should be.`
				: 'Rows marked ✖ are not as they should be.',
		);
		if (!options.once) await stayUp(server.url);
		return areAllRight;
	} finally {
		step('Stopping n8n');
		await server.stop();
		for (const api of apis) await api.stop();
	}
}

function printTable(rows: Row[]): void {
	const table = new Table({
		head: ['', 'Provider', 'Delivery', 'HTTP', 'Execution', 'Output'],
		style: { head: [], border: [], compact: true },
	});
	for (const row of rows) {
		const { provider, delivery, status, execution, output, isRight } = row;
		table.push([isRight ? '✔' : '✖', provider, delivery, status, execution, output]);
	}
	console.log(`\n${table.toString()}`);
}

async function stayUp(url: string): Promise<void> {
	console.log(`\nn8n stays up until you press Ctrl-C.\n`);
	console.log(`  Editor:   ${url}/home/workflows`);
	console.log(`  Login:    ${OWNER.email}`);
	console.log(`  Password: ${OWNER.password}\n`);
	for (const provider of PROVIDERS) {
		console.log(`  ${provider.displayName}: ${url}${webhookPath(provider)}`);
	}
	const first = PROVIDERS.find(({ simulator }) => !simulator.startApi) ?? PROVIDERS[0];
	if (!first) return;
	console.log('\n  Another delivery:');
	console.log(
		`  npm run deliver -- ${first.id} message.received --fresh --url ${url}${webhookPath(first)}`,
	);
	console.log(
		`  The workflow to look at: "${first.displayName}: every event by its output", the trigger "${TRIGGER}".\n`,
	);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			// Not once: npm passes Ctrl-C on as well, and the second must not end this before n8n has ended.
			process.on(signal, () => {
				resolve();
			});
		}
	});
}

function step(text: string): void {
	console.log(`▶ ${text}`);
}

function detail(text: string): void {
	console.log(`  ${text}`);
}

main().then(
	(isRight) => {
		process.exitCode = isRight ? 0 : 1;
	},
	(error: unknown) => {
		console.error(`✖ ${error instanceof Error ? error.message : String(error)}`);
		process.exitCode = 1;
	},
);
