import type { N8nClient } from '../kit/n8n/client';
import { credentialData, PROVIDERS } from '../kit/providers';
import type { FakeApi } from '../kit/simulator';
import { Instance } from '../kit/n8n/instance';
import { FakeGoogleSheets } from './services/google-sheets';
import { FakeHubSpot } from './services/hubspot';
import { Outgoing } from '../kit/services/outgoing';
import { FakeSlack } from '../kit/services/slack';

/** The Slack channel that the examples name for what somebody has to act on. */
export const CHANNEL = '#whatsapp-alerts';

/** The Slack channel that they name for what customers write. */
export const MESSAGES_CHANNEL = '#whatsapp-messages';

/** What the note of lead-capture has a person type into the first row. */
export const LEAD_HEADINGS = [
	'Date',
	'Name',
	'Phone',
	'WhatsApp ID',
	'Email (not verified)',
	'Campaign',
	'Source',
	'Message',
];

const SPREADSHEET = '1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-abcde';
const HUBSPOT_KEY = 'pat-eu1-examples';
const SLACK_TOKEN = 'xoxb-examples';
const GOOGLE_TOKEN = 'ya29.examples';

/**
 * An n8n with the package in it, in which examples run. What it asks of HubSpot, Slack and Google is
 * caught, what it asks of the providers' APIs goes to loopback, and a credential of each type is there
 * to be chosen.
 */
export class ExampleHost {
	readonly hubSpot = new FakeHubSpot(HUBSPOT_KEY);
	readonly slack = new FakeSlack(SLACK_TOKEN, [CHANNEL, MESSAGES_CHANNEL]);
	readonly sheets = new FakeGoogleSheets(GOOGLE_TOKEN, SPREADSHEET);
	/** What a user pastes into a Google Sheets node. */
	readonly spreadsheetUrl = `https://docs.google.com/spreadsheets/d/${SPREADSHEET}/edit?gid=0#gid=0`;
	/** What a user chooses in the editor, by type of credential. */
	readonly credentials: Record<string, { id: string; name: string }> = {};
	/** The APIs of the providers that have one, by the provider's id. */
	readonly apis = new Map<string, FakeApi>();
	private running?: { outgoing: Outgoing; n8n: Instance };

	async start(): Promise<void> {
		const outgoing = await Outgoing.start([this.hubSpot, this.slack, this.sheets]);
		this.running = { outgoing, n8n: await Instance.launch(outgoing.environment) };
		await this.saveCredentials();
	}

	/** Stops n8n and starts it again, on the same port and the same data. */
	async restart(): Promise<void> {
		await this.state.n8n.restart();
	}

	async stop(): Promise<void> {
		await this.running?.n8n.remove();
		await Promise.all([...this.apis.values()].map((api) => api.stop()));
		await this.running?.outgoing.stop();
	}

	/** n8n's user folder. */
	get folder(): string {
		return this.state.n8n.folder;
	}

	get url(): string {
		return this.state.n8n.url;
	}

	get client(): N8nClient {
		return this.state.n8n.client;
	}

	/** What n8n's requests to services are caught by. */
	get outgoing(): Outgoing {
		return this.state.outgoing;
	}

	/** The id of one of n8n's data tables, if there is one of this name: part of the name of its table in the database. */
	async tableId(name: string): Promise<string | undefined> {
		const { data } = (await this.client.request('GET', '/rest/data-tables-global')) as {
			data: { data: { id: string; name: string }[] };
		};
		return data.data.find((table) => table.name === name)?.id;
	}

	private get state() {
		if (!this.running) throw new Error('n8n has not been started');
		return this.running;
	}

	private async saveCredentials(): Promise<void> {
		const save = async (type: string, data: Record<string, unknown>) => {
			this.credentials[type] = await this.client.saveCredential({ name: type, type, data });
		};
		await save('hubspotAppToken', { appToken: HUBSPOT_KEY });
		await save('slackApi', { accessToken: SLACK_TOKEN });
		await save('googleSheetsOAuth2Api', {
			clientId: 'examples',
			clientSecret: 'examples',
			oauthTokenData: { access_token: GOOGLE_TOKEN, token_type: 'Bearer' },
		});
		for (const provider of PROVIDERS) {
			const api = await provider.simulator.startApi?.();
			if (api) this.apis.set(provider.id, api);
			await save(provider.credentialType, { ...credentialData(provider), ...api?.credential });
		}
	}
}
