import { createHmac } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import {
	firstText,
	isObject,
	objectOf,
	objectsOf,
	textOf,
	type JsonObject,
} from '../shared/core/values/json';
import type { ApiResponse, Send } from '../shared/n8n/api/send';
import { apiKeyOf } from '../shared/n8n/api/access';
import { ApiFault } from '../shared/n8n/api/fault';
import { fieldOf } from '../shared/n8n/api/credential-fields';
import {
	ask,
	askIfPresent,
	type DocumentedApi,
	type FaultRow,
} from '../shared/n8n/api/documented-api';
import { access } from './credential';

const VERSION = 'v25.0';

/** The permission that opens accounts and their numbers. */
const MANAGEMENT = 'whatsapp_business_management';

/** Longer callback URLs than this Meta doesn't accept ("Webhook overrides"). */
const LONGEST_URL = 200;

/** An alternate callback URL, and the token by which n8n recognizes Meta's verification request there. */
export interface Callback {
	url: string;
	verifyToken: string;
}

/**
 * Where the events of one number, or of one WhatsApp Business Account, go instead of to the app's own
 * Callback URL (WhatsApp Business Platform, "Webhook overrides"). Each method may throw an {@link ApiFault}.
 */
export interface Override {
	/** The alternate callback URL, or null. */
	read(): Promise<string | null>;
	write(callback: Callback): Promise<void>;
	clear(): Promise<void>;
}

/** The override of a phone number: its three requests go to the number itself. */
export function numberOverride(send: Send, phoneNumberId: string): Override {
	const path = pathOf(phoneNumberId);
	const set = async (configuration: JsonObject) => {
		const body = { webhook_configuration: configuration };
		await ask(GRAPH, send, { method: 'POST', path, body }, readSuccess);
	};
	return {
		async read() {
			const query = { fields: 'webhook_configuration' };
			const { webhook_configuration: urls } = await ask(
				GRAPH,
				send,
				{ method: 'GET', path, query },
				readNode(phoneNumberId),
			);
			return firstText(objectOf(urls), 'phone_number');
		},
		async write({ url, verifyToken }) {
			assertShort(url);
			const write = () => set({ override_callback_uri: url, verify_token: verifyToken });
			await withSubscription(send, write, () => accountOf(send, phoneNumberId));
		},
		clear: () => set({ override_callback_uri: '' }),
	};
}

/**
 * The override of a WhatsApp Business Account, which belongs to the app's subscription to it; the list
 * of subscriptions names other apps as well. Subscribing without an override takes it away.
 */
export function accountOverride(
	send: Send,
	accountId: string,
	{ appId, accessToken }: { appId: string; accessToken: string },
): Override {
	const path = subscriptionsOf(accountId);
	const readOurs = async () => {
		const apps = await ask(GRAPH, send, { method: 'GET', path }, (body) =>
			isObject(body) && Array.isArray(body.data) ? objectsOf(body.data) : undefined,
		);
		return apps.find((app) => firstText(objectOf(app.whatsapp_business_api_data), 'id') === appId);
	};
	return {
		async read() {
			const ours = await readOurs();
			return ours ? firstText(ours, 'override_callback_uri') : null;
		},
		async write({ url, verifyToken }) {
			assertShort(url);
			// What is set for another app than the one that is looked at would be lost.
			if (!(await readOurs())) await assertAppOf(send, accessToken, appId);
			const body = { override_callback_uri: url, verify_token: verifyToken };
			const write = () => ask(GRAPH, send, { method: 'POST', path, body }, readSuccess);
			await withSubscription(send, write, async () => accountId);
		},
		clear: () => subscribe(send, accountId),
	};
}

/** A WhatsApp Business Account. */
export interface Account {
	id: string;
	/** Null where the token doesn't show it. */
	name: string | null;
}

/** The most accounts of a token that are listed. */
const MOST_ACCOUNTS = 500;

/** As many as Meta returns in one part of a list. */
const PART = 100;

/**
 * The IDs of the WhatsApp Business Accounts that a token opens: those that its permission is for (Graph API,
 * "debug_token"). Where it isn't limited to some, those that its user has as assets (WhatsApp Business
 * Management API, "assigned_whatsapp_business_accounts"). Throws an {@link ApiFault}.
 */
export async function listAccountIds(send: Send, accessToken: string): Promise<string[]> {
	const query = { input_token: accessToken };
	const token = await ask(
		GRAPH,
		send,
		{ method: 'GET', path: pathOf('debug_token'), query },
		(body) => {
			const { data } = objectOf(body);
			return isObject(data) && Array.isArray(data.scopes) ? data : undefined;
		},
	);
	if (!(token.scopes as unknown[]).includes(MANAGEMENT)) throw lacksManagement();
	const granted = objectsOf(token.granular_scopes).find(({ scope }) => scope === MANAGEMENT);
	const targets = granted?.target_ids;
	if (Array.isArray(targets)) {
		return targets.flatMap((id) => textOf(id) ?? []).slice(0, MOST_ACCOUNTS);
	}
	const userId = firstText(token, 'user_id');
	return userId === null ? [] : await listAssignedIds(send, userId);
}

async function listAssignedIds(send: Send, userId: string): Promise<string[]> {
	const path = `${pathOf(userId)}/assigned_whatsapp_business_accounts`;
	const ids: string[] = [];
	let after: string | undefined;
	do {
		const part = await askForPart(send, path, 'id', after);
		ids.push(...part.nodes.flatMap((node) => firstText(node, 'id') ?? []));
		after = part.after;
	} while (after !== undefined && ids.length < MOST_ACCOUNTS);
	return ids;
}

/** An account by its ID. Throws an {@link ApiFault}. */
export async function readAccount(send: Send, id: string): Promise<Account> {
	const request = { method: 'GET', path: pathOf(id), query: { fields: 'id,name' } } as const;
	const node = await askIfPresent(GRAPH, send, request, readNode(id), isNotShown);
	return { id, name: node && firstText(node, 'name') };
}

/** A phone number of an account. */
export interface PhoneNumber {
	id: string;
	/** As Meta writes it, such as `+1 555-010-2030`. */
	displayNumber: string | null;
	verifiedName: string | null;
}

/**
 * A part of an account's phone numbers; none where the token doesn't show the account. Throws an {@link ApiFault}.
 *
 * @param after where the part begins, as the part before it says; the first unless given
 */
export async function listNumbers(
	send: Send,
	accountId: string,
	after?: string,
): Promise<{ numbers: PhoneNumber[]; after?: string }> {
	const path = `${pathOf(accountId)}/phone_numbers`;
	const part = await askForPart(send, path, 'id,display_phone_number,verified_name', after);
	return {
		numbers: part.nodes.map((node) => ({
			id: String(node.id),
			displayNumber: firstText(node, 'display_phone_number'),
			verifiedName: firstText(node, 'verified_name'),
		})),
		...(part.after === undefined ? {} : { after: part.after }),
	};
}

/** A part of a list of nodes that all have an ID; no nodes where the token doesn't show what has the list. */
interface Part {
	nodes: JsonObject[];
	/** What the next part is asked for with; undefined where this is the last. */
	after?: string;
}

/** Asks for a part of a list ("Paginated results"). The link to the next part isn't used: it has the token in it. */
async function askForPart(
	send: Send,
	path: string,
	fields: string,
	after: string | undefined,
): Promise<Part> {
	const query = { fields, limit: String(PART), ...(after === undefined ? {} : { after }) };
	const readPart = (body: unknown): Part | undefined => {
		const { data, paging } = objectOf(body);
		if (!Array.isArray(data)) return undefined;
		const nodes = objectsOf(data).filter((node) => firstText(node, 'id') !== null);
		if (nodes.length < data.length) return undefined;
		const { next, cursors } = objectOf(paging);
		const cursor = next === undefined ? null : firstText(objectOf(cursors), 'after');
		return { nodes, ...(cursor === null ? {} : { after: cursor }) };
	};
	const request = { method: 'GET', path, query } as const;
	return (await askIfPresent(GRAPH, send, request, readPart, isNotShown)) ?? { nodes: [] };
}

function lacksManagement(): ApiFault {
	return new ApiFault(
		`The Access Token lacks the permission ${MANAGEMENT}`,
		'Generate it with the permissions whatsapp_business_management and whatsapp_business_messaging, for a system user that has the app and the WhatsApp account as assets.',
	);
}

/** Makes sure that the Access Token and the App Secret belong together and are valid. */
export async function checkToken(send: Send): Promise<string> {
	await ask(GRAPH, send, { method: 'GET', path: pathOf('me') }, (body) =>
		isObject(body) && textOf(body.id) !== null ? true : undefined,
	);
	return 'Meta accepted the Access Token and the App Secret';
}

/**
 * Adds `appsecret_proof` to each request: HMAC-SHA256 of the Access Token under the App Secret (Graph
 * API, "Secure requests"). An app may demand it, and then rejects every request without it; where it
 * doesn't, Meta checks it all the same. So a wrong App Secret is found here, and not by the first
 * delivery. While the App Secret is being rotated, either secret may be the one that counts.
 */
export function withAppSecretProof(send: Send, credential: ICredentialDataDecryptedObject): Send {
	const accessToken = apiKeyOf(access, credential);
	const secrets = ['webhookSecret', 'secondWebhookSecret']
		.map((field) => fieldOf(credential, field).trim())
		.filter((secret) => secret !== '');
	// Unpublishing needs the Access Token only.
	if (secrets.length === 0) return send;
	return async (request) => {
		const sendWith = async (secret: string) => {
			const proof = createHmac('sha256', secret).update(accessToken).digest('hex');
			return await send({ ...request, query: { ...request.query, appsecret_proof: proof } });
		};
		const [first = '', second] = secrets;
		const response = await sendWith(first);
		return second !== undefined && isAboutProof(response) ? await sendWith(second) : response;
	};
}

const pathOf = (id: string) => `/${VERSION}/${encodeURIComponent(id)}`;

const subscriptionsOf = (accountId: string) => `${pathOf(accountId)}/subscribed_apps`;

/** `{"success": true}`. */
const readSuccess = (body: unknown) => (objectOf(body).success === true ? true : undefined);

/** What the Graph API shows of a node, which has the ID that was asked for in it. */
const readNode = (id: string) => (body: unknown) =>
	isObject(body) && textOf(body.id) === id ? body : undefined;

function assertShort(url: string): void {
	if (url.length <= LONGEST_URL) return;
	throw new ApiFault(
		`The Webhook URL has ${url.length} characters, and Meta accepts ${LONGEST_URL}`,
		'Give n8n a shorter address, or set Webhook Setup to Manual.',
	);
}

/**
 * Sets an override. Meta accepts none before the app is subscribed to the account, so where it says that
 * the app isn't, this subscribes it and tries again. (Subscribing beforehand would take away an override
 * that is there.)
 */
async function withSubscription(
	send: Send,
	write: () => Promise<unknown>,
	findAccount: () => Promise<string | null>,
): Promise<void> {
	await write().catch(async (error: unknown) => {
		const isSubscribed = !(error instanceof ApiFault) || error.message !== NOT_SUBSCRIBED.message;
		const accountId = isSubscribed ? null : await findAccount();
		if (accountId === null) throw error;
		await subscribe(send, accountId);
		await write();
	});
}

/** Subscribes the token's app to an account, with no override. */
async function subscribe(send: Send, accountId: string): Promise<void> {
	await ask(GRAPH, send, { method: 'POST', path: subscriptionsOf(accountId) }, readSuccess);
}

/** The WhatsApp Business Account of a number: its health status names it ("Messaging health status"). */
async function accountOf(send: Send, phoneNumberId: string): Promise<string | null> {
	const query = { fields: 'health_status' };
	const request = { method: 'GET', path: pathOf(phoneNumberId), query } as const;
	const { health_status: health } = await ask(GRAPH, send, request, readNode(phoneNumberId));
	const account = objectsOf(objectOf(health).entities).find(
		({ entity_type: type }) => type === 'WABA',
	);
	return account ? firstText(account, 'id') : null;
}

/** Throws where Meta says that the token belongs to another app (Graph API, "debug_token"). */
async function assertAppOf(send: Send, accessToken: string, appId: string): Promise<void> {
	const query = { input_token: accessToken };
	const response = await send({ method: 'GET', path: pathOf('debug_token'), query });
	const actual = firstText(objectOf(objectOf(response.body).data), 'app_id');
	if (actual === null || actual === appId) return;
	throw new ApiFault(
		`The Access Token belongs to the app ${actual}, and the App ID in the credential is ${appId}`,
		'Enter the App ID of the app that the token was generated for: App Dashboard → App settings → Basic → App ID.',
	);
}

/** What the Graph API says of an error ("Handle errors"). */
function errorOf({ body }: ApiResponse): { code: number; message: string } {
	const error = objectOf(objectOf(body).error);
	return { code: Number(error.code), message: firstText(error, 'message') ?? '' };
}

const hasCode =
	(...codes: number[]) =>
	(response: ApiResponse) =>
		codes.includes(errorOf(response).code);

const isAboutProof = (response: ApiResponse) => /appsecret_proof/i.test(errorOf(response).message);

const NOT_SUBSCRIBED: FaultRow = {
	when: (response) => /must be subscribed/i.test(errorOf(response).message),
	message: "Your app at Meta doesn't receive the messages of this WhatsApp Business Account yet",
	advice:
		'In the App Dashboard, open WhatsApp → Configuration. Enter a Callback URL, click Verify and save, and subscribe to messages under Webhook fields. Then try again.',
};

const isMissing = (response: ApiResponse) =>
	errorOf(response).code === 100 &&
	/does not exist|unsupported (get|post) request/i.test(errorOf(response).message);

/** Whether Meta says that the token's permissions don't suffice. */
function lacksPermission(response: ApiResponse): boolean {
	const { code } = errorOf(response);
	return code === 3 || code === 10 || (code >= 200 && code < 300) || response.statusCode === 403;
}

/** Whether a token doesn't show something: Meta doesn't distinguish missing from not allowed. */
const isNotShown = (response: ApiResponse) =>
	!isAboutProof(response) && (isMissing(response) || lacksPermission(response));

/** Meta's Graph API. It says more by its codes than by its HTTP statuses. */
const GRAPH: DocumentedApi = {
	access,
	said: (body) => firstText(objectOf(objectOf(body).error), 'error_user_msg', 'message'),
	faults: [
		{
			when: isAboutProof,
			message: 'Meta rejected the App Secret',
			advice:
				"It isn't the secret of the app that the Access Token belongs to, or it was reset. Copy it from the App Dashboard: App settings → Basic → App secret → Show.",
		},
		{
			when: (response) =>
				hasCode(2500)(response) || /unknown path components/i.test(errorOf(response).message),
			message: 'The Base URL in the credential has more in it than the address of the Graph API',
			advice: `Set it to ${access.defaultBaseUrl}, without a version behind it.`,
		},
		NOT_SUBSCRIBED,
		{
			when: (response) => hasCode(190, 102)(response) || response.statusCode === 401,
			message: 'Meta rejected the Access Token',
			advice:
				'Make one for a system user in Meta Business Suite (Settings → System users → Generate token) and paste it into the credential. Or set Webhook Setup to Manual.',
		},
		{
			when: (response, { path }) => isMissing(response) && path.endsWith('/subscribed_apps'),
			message: 'The Access Token shows no WhatsApp Business Account with this ID',
			advice:
				"Copy the WhatsApp Business Account ID from the App Dashboard: WhatsApp → API Setup. If it's right, give the system user of the token this account as an asset.",
		},
		{
			when: isMissing,
			message: 'The Access Token shows no phone number with this ID',
			advice:
				"Copy the Phone Number ID from the App Dashboard: WhatsApp → API Setup. It isn't the number itself. If it's right, give the system user of the token the number's account as an asset.",
		},
		{
			when: lacksPermission,
			message: 'The Access Token lacks a permission',
			advice:
				'Generate it with the permissions whatsapp_business_management and whatsapp_business_messaging, for a system user that has the app and the WhatsApp account as assets.',
		},
		{
			when: (response) => hasCode(4, 17, 32, 613, 80007, 80008)(response),
			message: "Meta's rate limit was reached",
			advice: 'Wait a few minutes, then try again.',
		},
		{
			when: (response) =>
				hasCode(2200)(response) ||
				/callback verification|could not be validated/i.test(errorOf(response).message),
			message: "Meta couldn't verify the Webhook URL",
			advice:
				'Meta calls the URL right away. Check that n8n is reachable from the internet over HTTPS, and that N8N_WEBHOOK_URL (WEBHOOK_URL in older versions of n8n) is its public address.',
		},
		{
			when: (response) => hasCode(1, 2)(response),
			message: 'Meta reported a temporary internal error',
			advice: 'Try again later. Or set Webhook Setup to Manual.',
		},
	],
};
