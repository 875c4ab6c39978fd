import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { FakeApiServer, type FakeResponse } from '../../../test/kit/fake-api-server';
import type { LoopbackRequest } from '../../../test/kit/loopback-server';

/**
 * The requests of the Graph API that set, show and take away an alternate callback URL, on loopback and
 * as strict as "Webhook overrides" documents them: a Bearer token with the proof of the app's secret, a
 * version, no unknown parameter, no override before the app is subscribed to the account, and no URL that
 * does not respond to the verification request right away. And those that show what a token opens, page by page
 * ("debug_token", "assigned_whatsapp_business_accounts", "phone_numbers"). One exception: beside HTTPS addresses it takes those
 * of this machine.
 */

export const ACCESS_TOKEN = 'EAAplayground';
export const APP_SECRET = 'playground_meta';
export const APP_ID = '670843887433847';
export const PHONE_NUMBER_ID = '106540352242922';
export const ACCOUNT_ID = '102290129340398';
export const USER_ID = '122100000000001';

/** A number as the Graph API shows it in a list. */
export interface FakeNumber {
	id: string;
	display_phone_number: string;
	verified_name: string;
}

const MANAGEMENT = 'whatsapp_business_management';

/** What a list of numbers shows, each only where it is asked for. */
const NUMBER_FIELDS = ['id', 'display_phone_number', 'verified_name'];

const APP_URL = 'https://app.example.com/callback';
const LONGEST_URL = 200;
const CHALLENGE = '1158201444';

const overrideSchema = z
	.object({ override_callback_uri: z.string(), verify_token: z.string().min(1) })
	.strict();

const numberSchema = z
	.object({
		webhook_configuration: z.union([
			overrideSchema,
			z.object({ override_callback_uri: z.literal('') }).strict(),
		]),
	})
	.strict();

export class FakeMeta extends FakeApiServer {
	/** The alternate callback URL of the number and of the account. */
	number: string | null = null;
	account: string | null = null;

	/** Whether the app is subscribed to the account. */
	isSubscribed = true;

	/** Whether the app has a Callback URL, and is subscribed to the field messages. */
	receivesMessages = true;

	/** The secret that counts; another one once the App Secret was reset. */
	appSecret = APP_SECRET;

	/** Whether the app has "Require App Secret" on. */
	demandsProof = false;

	/** Whether it writes a URL in its own way: the host in lowercase, no default port. */
	rewritesUrls = false;

	/** The accounts that the token's user has as assets, by ID. */
	readonly accounts = new Map<string, { name: string; numbers: FakeNumber[] }>([
		[
			ACCOUNT_ID,
			{
				name: 'My Shop',
				numbers: [
					{
						id: PHONE_NUMBER_ID,
						display_phone_number: '+1 555-010-2030',
						verified_name: 'My Shop',
					},
				],
			},
		],
	]);

	/** What the token may do. */
	scopes = [MANAGEMENT, 'whatsapp_business_messaging'];

	/** The accounts that the permission is limited to; null where it isn't. */
	targets: string[] | null = [ACCOUNT_ID];

	/** As many as it returns in one part of a list, however many it is asked for. */
	mostInPart = 100;

	/** Addresses that cannot be reached from here, with the tokens by which they take a verification request. */
	readonly elsewhere = new Map<string, string>();

	protected async respond(request: LoopbackRequest, text: string): Promise<FakeResponse> {
		const url = new URL(request.url ?? '/', this.baseUrl);
		if (request.headers.authorization !== `Bearer ${ACCESS_TOKEN}`) {
			return rejection(401, 190, 'Invalid OAuth access token - Cannot parse access token');
		}
		const proof = url.searchParams.get('appsecret_proof');
		if (proof === null && this.demandsProof) {
			return rejection(400, 100, 'API calls from the server require an appsecret_proof argument');
		}
		if (proof !== null && proof !== this.proofOf(ACCESS_TOKEN)) {
			return rejection(400, 100, 'Invalid appsecret_proof provided in the API argument');
		}
		const path = /^\/v\d+\.0\/(.+)$/.exec(url.pathname)?.[1];
		if (path && /^v\d+\.0\//.test(path)) {
			return rejection(400, 2500, `Unknown path components: /${path.replace(/^[^/]+\//, '')}`);
		}
		const isList = /\/(phone_numbers|assigned_whatsapp_business_accounts)$/.test(path ?? '');
		const known = [
			...['fields', 'appsecret_proof'],
			...(path === 'debug_token' ? ['input_token'] : []),
			...(isList ? ['limit', 'after'] : []),
		];
		const unknown = [...url.searchParams.keys()].filter((name) => !known.includes(name));
		if (unknown.length > 0) return rejection(400, 100, `Unknown parameter: ${unknown.join()}`);
		switch (`${request.method} ${path}`) {
			case 'GET me':
				return { status: 200, body: { id: '1', name: 'n8n' } };
			case 'GET debug_token':
				return { status: 200, body: { data: this.token() } };
			case `GET ${PHONE_NUMBER_ID}`:
				return { status: 200, body: this.numberAsShown(url.searchParams.get('fields')) };
			case `POST ${PHONE_NUMBER_ID}`:
				return await this.changeNumber(text);
			case `GET ${ACCOUNT_ID}/subscribed_apps`:
				return { status: 200, body: { data: this.subscriptions() } };
			case `POST ${ACCOUNT_ID}/subscribed_apps`:
				return await this.subscribe(text);
			case `GET ${USER_ID}/assigned_whatsapp_business_accounts`:
				return this.part(
					url,
					[...this.accounts].map(([id, { name }]) => ({ id, name })),
					['id', 'name'],
				);
			default:
				return request.method === 'GET' ? this.showAccount(url, path) : NOT_THERE;
		}
	}

	private token() {
		const targets = this.targets === null ? {} : { target_ids: this.targets };
		return {
			app_id: APP_ID,
			type: 'SYSTEM_USER',
			application: 'Playground',
			is_valid: true,
			scopes: this.scopes,
			granular_scopes: this.scopes.map((scope) => ({ scope, ...targets })),
			user_id: USER_ID,
		};
	}

	/** An account, or the numbers of one. */
	private showAccount(url: URL, path = ''): FakeResponse {
		const [id = '', edge, ...more] = path.split('/');
		const account = this.accounts.get(id);
		if (!account || more.length > 0) return NOT_THERE;
		if (edge === 'phone_numbers') return this.part(url, account.numbers, NUMBER_FIELDS);
		if (edge !== undefined) return NOT_THERE;
		const asked = url.searchParams.get('fields') ?? 'id';
		return { status: 200, body: pick({ id, name: account.name }, asked.split(',')) };
	}

	/** A part of a list, with the cursors around it; the link to the next part has the token in it. */
	private part(url: URL, nodes: readonly object[], known: readonly string[]): FakeResponse {
		const asked = (url.searchParams.get('fields') ?? 'id').split(',');
		const unknown = asked.find((field) => !known.includes(field));
		if (unknown !== undefined) {
			return rejection(400, 100, `(#100) Tried accessing nonexisting field (${unknown})`);
		}
		const cursor = (index: number) => Buffer.from(`after ${index}`).toString('base64');
		const after = url.searchParams.get('after');
		const start = after === null ? 0 : nodes.findIndex((_, index) => cursor(index) === after) + 1;
		if (after !== null && start === 0) return rejection(400, 100, 'Invalid cursors values');
		const limit = Math.min(Number(url.searchParams.get('limit') ?? 25), this.mostInPart);
		const end = Math.min(start + limit, nodes.length);
		const data = nodes.slice(start, end).map((node) => pick(node, asked));
		if (data.length === 0) return { status: 200, body: { data } };
		const next =
			end < nodes.length
				? { next: `${url.href}&access_token=${ACCESS_TOKEN}&after=${cursor(end - 1)}` }
				: {};
		const cursors = { before: cursor(start), after: cursor(end - 1) };
		return { status: 200, body: { data, paging: { cursors, ...next } } };
	}

	private proofOf(token: string): string {
		return createHmac('sha256', this.appSecret).update(token).digest('hex');
	}

	/** Only what is asked for, and only the levels that are set. */
	private numberAsShown(fields: string | null): unknown {
		if (fields === 'health_status') {
			const entities = [
				{ entity_type: 'PHONE_NUMBER', id: PHONE_NUMBER_ID, can_send_message: 'AVAILABLE' },
				{ entity_type: 'WABA', id: ACCOUNT_ID, can_send_message: 'AVAILABLE' },
				{ entity_type: 'APP', id: APP_ID, can_send_message: 'AVAILABLE' },
			];
			return { health_status: { can_send_message: 'AVAILABLE', entities }, id: PHONE_NUMBER_ID };
		}
		if (fields !== 'webhook_configuration') return { id: PHONE_NUMBER_ID };
		const configuration = {
			...(this.number === null ? {} : { phone_number: this.number }),
			...(this.account === null ? {} : { whatsapp_business_account: this.account }),
			application: APP_URL,
		};
		return { webhook_configuration: configuration, id: PHONE_NUMBER_ID };
	}

	private async changeNumber(text: string): Promise<FakeResponse> {
		const change = numberSchema.safeParse(parsed(text));
		if (!change.success) return rejection(400, 100, 'Invalid parameter');
		const { webhook_configuration: configuration } = change.data;
		const problem = 'verify_token' in configuration ? await this.problemOf(configuration) : null;
		if (problem) return problem;
		const number = this.asWritten(configuration.override_callback_uri || null);
		if (!this.forgetsWrites) this.number = number;
		return changed(number);
	}

	/** Every app that is subscribed, another company's first. */
	private subscriptions(): unknown[] {
		const app = (id: string, name: string) => ({
			whatsapp_business_api_data: {
				id,
				link: `https://www.facebook.com/games/?app_id=${id}`,
				name,
			},
		});
		const others = {
			...app('111111111111111', 'Another app'),
			override_callback_uri: 'https://other.example.com/webhook',
		};
		if (!this.isSubscribed) return [others];
		const override = this.account === null ? {} : { override_callback_uri: this.account };
		return [others, { ...app(APP_ID, 'Playground'), ...override }];
	}

	private async subscribe(text: string): Promise<FakeResponse> {
		if (text === '') {
			this.account = null;
		} else {
			const change = overrideSchema.safeParse(parsed(text));
			if (!change.success) return rejection(400, 100, 'Invalid parameter');
			const problem = await this.problemOf(change.data);
			if (problem) return problem;
			if (!this.forgetsWrites) this.account = this.asWritten(change.data.override_callback_uri);
		}
		this.isSubscribed = true;
		return changed(this.account);
	}

	private asWritten(url: string | null): string | null {
		return url === null || !this.rewritesUrls ? url : new URL(url).href;
	}

	/** Why a callback URL is not taken: Meta asks it at once whether it is ours. */
	private async problemOf({
		override_callback_uri: url,
		verify_token: token,
	}: z.infer<typeof overrideSchema>): Promise<FakeResponse | null> {
		if (!this.isSubscribed || !this.receivesMessages) {
			return rejection(
				400,
				100,
				'(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account',
			);
		}
		if (url.length > LONGEST_URL) return rejection(400, 100, 'override_callback_uri is too long');
		if (!/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)) {
			return rejection(400, 100, 'override_callback_uri must be an HTTPS URL');
		}
		const isVerified = this.elsewhere.has(url)
			? this.elsewhere.get(url) === token
			: await confirmsChallenge(url, token);
		return isVerified
			? null
			: rejection(
					400,
					2200,
					'(#2200) Callback verification failed: the URL could not be validated',
				);
	}
}

const NOT_THERE = rejection(
	400,
	100,
	'Unsupported request. Object does not exist, or cannot be loaded due to missing permissions',
);

function pick(node: object, fields: readonly string[]) {
	return Object.fromEntries(Object.entries(node).filter(([name]) => fields.includes(name)));
}

/** Whether a callback URL answers the verification request as documented. */
async function confirmsChallenge(url: string, token: string): Promise<boolean> {
	const asked = new URL(url);
	asked.searchParams.set('hub.mode', 'subscribe');
	asked.searchParams.set('hub.challenge', CHALLENGE);
	asked.searchParams.set('hub.verify_token', token);
	try {
		const response = await fetch(asked, { redirect: 'error' });
		return response.status === 200 && (await response.text()) === CHALLENGE;
	} catch {
		return false;
	}
}

function changed(url: string | null): FakeResponse {
	return { status: 200, body: { success: true }, about: url ?? '(none)' };
}

/** An error as the Graph API writes it. */
export function rejection(status: number, code: number, message: string): FakeResponse {
	const type = code === 190 ? 'OAuthException' : 'GraphMethodException';
	return { status, body: { error: { message, type, code, fbtrace_id: 'Aplayground' } } };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}
