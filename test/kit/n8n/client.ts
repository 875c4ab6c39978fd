import { parse as parseFlatted } from 'flatted';
import { until } from '../until';

/** The owner of a playground's n8n. It listens on loopback only, so the login is no secret. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Playground1',
	firstName: 'Playground',
	lastName: 'Owner',
};

export interface Workflow {
	id?: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, { main: { node: string; type: 'main'; index: number }[][] }>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
	versionId?: string;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	webhookId?: string;
	notes?: string;
	notesInFlow?: boolean;
	retryOnFail?: boolean;
	credentials?: Record<string, { id: string | null; name: string }>;
}

export interface Execution {
	id: string;
	status: string;
	workflowId: string;
	/** The items that a node gave out; none when it did not run. */
	itemsOf: (nodeName: string) => { json: Record<string, unknown> }[];
	/** Why it failed, as n8n shows it: a title and the text below it. */
	error?: { message: string; description?: string };
}

interface RunData {
	resultData: {
		error?: { message: string; description?: string };
		runData: Record<string, { data?: { main?: ({ json: Record<string, unknown> }[] | null)[] } }[]>;
	};
}

/** A session with n8n's editor API, as the editor itself uses it. */
export class N8nClient {
	private cookie = '';

	constructor(private readonly url: string) {}

	/** Creates the owner, or logs in where there is one already. */
	async login(): Promise<void> {
		const { data } = (await this.request('GET', '/rest/settings')) as {
			data: { userManagement: { showSetupOnFirstLoad?: boolean } };
		};
		if (data.userManagement.showSetupOnFirstLoad) {
			await this.request('POST', '/rest/owner/setup', OWNER);
		} else {
			await this.request('POST', '/rest/login', {
				emailOrLdapLoginId: OWNER.email,
				password: OWNER.password,
			});
		}
	}

	/** Creates the credential, or overwrites the one of this name and type. */
	async saveCredential(credential: {
		name: string;
		type: string;
		data: Record<string, unknown>;
	}): Promise<{ id: string; name: string }> {
		const existing = await this.list<{ id: string; name: string; type: string }>(
			'/rest/credentials',
		);
		const id = existing.find(
			({ name, type }) => name === credential.name && type === credential.type,
		)?.id;
		const saved = (await (id
			? this.request('PATCH', `/rest/credentials/${id}`, credential)
			: this.request('POST', '/rest/credentials', credential))) as {
			data: { id: string; name: string };
		};
		return { id: saved.data.id, name: saved.data.name };
	}

	/** What n8n's test of a credential says. It is saved for that: older n8n test no other. */
	async testCredential(
		type: string,
		data: Record<string, unknown>,
	): Promise<{ status: string; message: string }> {
		const saved = await this.saveCredential({ name: 'Test', type, data });
		const response = (await this.request('POST', '/rest/credentials/test', {
			credentials: { ...saved, type, data },
		})) as { data: { status: string; message: string } };
		return response.data;
	}

	/** Creates the workflow, or overwrites the one of this name; publishes it. Returns its id. */
	async publishWorkflow(workflow: Workflow): Promise<string> {
		const existing = await this.list<{ id: string; name: string; isArchived: boolean }>(
			'/rest/workflows',
		);
		for (const { id, name, isArchived } of existing) {
			if (name !== workflow.name) continue;
			if (!isArchived) {
				await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
				await this.request('POST', `/rest/workflows/${id}/archive`, {});
			}
			await this.deleteWorkflow(id);
		}
		const { id, versionId } = await this.createWorkflow(workflow);
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
		return id;
	}

	/** Creates the workflow, unpublished. */
	async createWorkflow(workflow: Workflow): Promise<Workflow & { id: string }> {
		// n8n 2.41 knows that it is not active; older ones want to be told.
		const { data } = (await this.request('POST', '/rest/workflows', {
			...workflow,
			active: false,
		})) as { data: Workflow & { id: string } };
		return data;
	}

	/** Deletes an archived workflow. n8n answers 409 for as long as it is still unpublishing it. */
	private async deleteWorkflow(id: string): Promise<void> {
		await until(async () => {
			try {
				await this.request('DELETE', `/rest/workflows/${id}`);
				return true;
			} catch (error) {
				if (String(error).includes('answered 409')) return false;
				throw error;
			}
		});
	}

	/** Saves a changed workflow and publishes the new version, as the editor's Publish button does. */
	async republishWorkflow(id: string, workflow: Workflow): Promise<void> {
		const { data: current } = (await this.request('GET', `/rest/workflows/${id}`)) as {
			data: { versionId: string };
		};
		const { nodes, connections } = workflow;
		const { data } = (await this.request('PATCH', `/rest/workflows/${id}`, {
			nodes,
			connections,
			versionId: current.versionId,
		})) as { data: { versionId: string } };
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId: data.versionId });
	}

	/** Listens for a test event, as the editor's button Execute step does. */
	async executeStep(workflow: Workflow, nodeName: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${workflow.id ?? ''}/run`, {
			workflowData: workflow,
			destinationNode: { nodeName, mode: 'inclusive' },
		});
	}

	/** Stops listening for a test event. */
	async stopListening(workflow: Workflow): Promise<void> {
		await this.request('DELETE', `/rest/test-webhook/${workflow.id ?? ''}`);
	}

	/** The workflow's executions, newest first. */
	async executions(workflowId: string): Promise<{ id: string; status: string; mode: string }[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { data } = (await this.request('GET', `/rest/executions?filter=${filter}&limit=100`)) as {
			data: { results: { id: string; status: string; mode: string }[] };
		};
		return data.results;
	}

	/** One execution with what each node gave out. */
	async execution(id: string): Promise<Execution> {
		const { data } = (await this.request('GET', `/rest/executions/${id}`)) as {
			data: { id: string; status: string; workflowId: string; data: string };
		};
		const { resultData } = parseFlatted(data.data) as RunData;
		return {
			id: data.id,
			status: data.status,
			workflowId: data.workflowId,
			itemsOf: (nodeName) =>
				(resultData.runData[nodeName]?.[0]?.data?.main ?? []).flatMap((items) => items ?? []),
			...(resultData.error ? { error: resultData.error } : {}),
		};
	}

	/**
	 * Creates a key for n8n's public API, as the editor does under Settings → n8n API.
	 *
	 * @param scopes what it may do, such as `execution:list`
	 * @param expiresAt when it expires, in seconds since 1970; never unless given
	 */
	async createApiKey(
		label: string,
		scopes: readonly string[],
		expiresAt: number | null = null,
	): Promise<string> {
		const { data } = (await this.request('POST', '/rest/api-keys', {
			label,
			scopes,
			expiresAt,
		})) as { data: { rawApiKey: string } };
		return data.rawApiKey;
	}

	/** Sends a request to the editor's API; throws n8n's own message when it rejects. */
	async request(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				// n8n ends an idle connection after some seconds, which may be just when the next request is sent.
				connection: 'close',
				'browser-id': 'playground',
				cookie: this.cookie,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
		if (cookie) this.cookie = cookie;
		const text = await response.text();
		if (!response.ok)
			throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${text}`);
		return text === '' ? null : (JSON.parse(text) as unknown);
	}

	private async list<T>(path: string): Promise<T[]> {
		const { data } = (await this.request('GET', path)) as { data: T[] };
		return data;
	}
}
