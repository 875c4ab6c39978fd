import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeChirp } from '../../playground/fake-chirp';
import { N8nClient, type Workflow } from '../../playground/n8n-client';
import { freePort, installPackage, startN8n, type N8nServer } from '../../playground/n8n-server';
import {
	deliver,
	playedProvider,
	sampleBody,
	withNewIds,
	type PlayedProvider,
} from '../../playground/sample-deliveries';
import { FakeGoogleSheets } from '../support/services/google-sheets';
import { FakeHubSpot } from '../support/services/hubspot';
import { Outgoing } from '../support/services/outgoing';
import { FakeSlack } from '../support/services/slack';

jest.setTimeout(300_000);

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const CHANNEL = '#whatsapp-alerts';
const SPREADSHEET = '1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-abcde';
const CHIRP_APP_KEY = `sk_live_app_${'examples'.repeat(3)}`;

const hubSpot = new FakeHubSpot('pat-eu1-examples');
const slack = new FakeSlack('xoxb-examples', [CHANNEL]);
const sheets = new FakeGoogleSheets('ya29.examples', SPREADSHEET);

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-examples-'));
let outgoing: Outgoing;
let chirp: FakeChirp;
let server: N8nServer;
let client: N8nClient;
let port: number;
const credentials: Record<string, { id: string; name: string }> = {};

async function start(): Promise<void> {
	server = await startN8n({ folder, port, environment: outgoing.environment });
	client = new N8nClient(server.url);
	await client.login();
}

beforeAll(async () => {
	outgoing = await Outgoing.start([hubSpot, slack, sheets]);
	chirp = await FakeChirp.start(CHIRP_APP_KEY, 100);
	installPackage(folder);
	port = await freePort();
	await start();
	for (const [type, data] of Object.entries({
		hubspotAppToken: { appToken: 'pat-eu1-examples' },
		slackApi: { accessToken: 'xoxb-examples' },
		googleSheetsOAuth2Api: {
			clientId: 'examples',
			clientSecret: 'examples',
			oauthTokenData: { access_token: 'ya29.examples', token_type: 'Bearer' },
		},
	})) {
		credentials[type] = await client.saveCredential({ name: type, type, data });
	}
	for (const id of ['chakrahq', 'chatmitra', 'pingmate', 'chirp']) {
		const provider = playedProvider(id);
		credentials[provider.credentialType] = await client.saveCredential({
			name: provider.displayName,
			type: provider.credentialType,
			data: {
				webhookSecret: provider.secret,
				previousWebhookSecret: '',
				...provider.credential,
				...(id === 'chirp' && { apiKey: CHIRP_APP_KEY, baseUrl: chirp.baseUrl }),
			},
		});
	}
});

afterAll(async () => {
	await server.stop();
	await chirp.stop();
	await outgoing.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** An example in n8n, as its sticky note says to set it up. */
class Running {
	private constructor(
		readonly workflow: Workflow,
		private readonly provider: PlayedProvider,
		private readonly webhookId: string,
	) {}

	static async start(file: string): Promise<Running> {
		const workflow = JSON.parse(readFileSync(join(EXAMPLES, `${file}.json`), 'utf8')) as Workflow;
		const provider = playedProvider(file.split('-').at(-1) ?? '');
		for (const node of workflow.nodes) {
			const type = credentialTypeOf(node, provider);
			const credential = type === undefined ? undefined : credentials[type];
			if (type !== undefined && credential) node.credentials = { [type]: credential };
			if (node.type === 'n8n-nodes-base.googleSheets') {
				const url = `https://docs.google.com/spreadsheets/d/${SPREADSHEET}/edit?gid=0#gid=0`;
				node.parameters.documentId = { __rl: true, mode: 'url', value: url };
			}
		}
		workflow.id = await client.publishWorkflow(workflow);
		const webhookId =
			workflow.nodes.find(({ type }) => type === provider.nodeType)?.webhookId ?? '';
		const running = new Running(workflow, provider, webhookId);
		await until(async () => (await deliver(running.url, Buffer.from('{}'), {})).status === 401);
		outgoing.take();
		return running;
	}

	get url(): string {
		return `${server.url}/webhook/${this.webhookId}/webhook`;
	}

	/** Clicks "Execute workflow" on one of the example's other triggers. */
	async executeFrom(trigger: string): Promise<void> {
		await this.afterNextExecution(async () => {
			const { data } = (await client.request(
				'GET',
				`/rest/workflows/${this.workflow.id ?? ''}`,
			)) as {
				data: Workflow;
			};
			await client.request('POST', `/rest/workflows/${this.workflow.id ?? ''}/run`, {
				workflowData: { ...data, pinData: {} },
				triggerToStartFrom: { name: trigger },
			});
		});
	}

	/** Delivers a sample, or the body that is made of it, signed; returns what left n8n for it. */
	async deliver(sample: string, change: (text: string) => string = (text) => text) {
		const body = Buffer.from(
			change(withNewIds(sampleBody(this.provider, sample)).toString('utf8')),
		);
		return await this.deliverBody(body);
	}

	async deliverBody(body: Buffer) {
		outgoing.take();
		await this.afterNextExecution(async () => {
			const { status } = await deliver(
				this.url,
				body,
				this.provider.sign(body, this.provider.secret),
			);
			if (status !== 200) throw new Error(`answered ${status}`);
		});
		return outgoing.take();
	}

	private async afterNextExecution(step: () => Promise<void>): Promise<void> {
		const id = this.workflow.id ?? '';
		const known = new Set((await client.executions(id)).map((execution) => execution.id));
		await step();
		await until(async () => {
			const execution = (await client.executions(id)).find((one) => !known.has(one.id));
			if (execution?.status === 'error') {
				const { data } = (await client.request('GET', `/rest/executions/${execution.id}`)) as {
					data: { data: string };
				};
				throw new Error(`the execution failed: ${data.data.slice(0, 4_000)}`);
			}
			return execution?.status === 'success';
		});
	}

	async stop(): Promise<void> {
		await client.request('POST', `/rest/workflows/${this.workflow.id ?? ''}/deactivate`, {});
	}
}

/** The credential that a node asks for, as its parameters say. */
function credentialTypeOf(
	{ type, parameters }: Workflow['nodes'][number],
	provider: PlayedProvider,
): string | undefined {
	if (type === provider.nodeType) return provider.credentialType;
	if (type === 'n8n-nodes-base.hubspot') return 'hubspotAppToken';
	if (type === 'n8n-nodes-base.slack') return 'slackApi';
	if (type === 'n8n-nodes-base.googleSheets') return 'googleSheetsOAuth2Api';
	return parameters.nodeCredentialType as string | undefined;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error('waited for in vain');
		await sleep(150);
	}
}

describe.each(['crm-sync-chatmitra', 'crm-sync-chakrahq'])('%s', (file) => {
	let example: Running;

	beforeAll(async () => {
		hubSpot.reset();
		example = await Running.start(file);
		await example.executeFrom('Prepare HubSpot Once');
	});

	afterAll(() => example.stop());

	it('creates a contact for a new customer, with the message as a note', async () => {
		const requests = await example.deliver('message.received');
		console.log(JSON.stringify(requests, null, 1), hubSpot.contacts, hubSpot.notes);
		expect(hubSpot.contacts).toHaveLength(1);
	});
});
