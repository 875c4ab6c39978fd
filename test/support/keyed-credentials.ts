import type { ICredentialType } from 'n8n-workflow';

/** A credential whose key an HTTP Request node can use, as a provider's page describes it. */
export interface KeyedCredential {
	type: string;
	keyField: string;
	data: Record<string, string>;
	/** What the provider gets, by hand. */
	headers: Record<string, string>;
	/** What a person reads whose credential has no key. */
	withoutKey: { message: string; description: string };
}

/** Every credential that has a key. */
export const KEYED_CREDENTIALS: readonly KeyedCredential[] = [
	{
		type: 'chakraHqWebhookApi',
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of ChakraHQ', apiKey: 'chakra-token' },
		headers: { Authorization: 'Bearer chakra-token' },
		withoutKey: {
			message: 'The ChakraHQ credential has no Access Token',
			description:
				"n8n didn't send the request. Open the credential and enter the Access Token. In ChakraHQ, create a key under API Keys, open it, and copy the token under Access Tokens.",
		},
	},
	{
		type: 'chatMitraWebhookApi',
		keyField: 'apiKey',
		data: { webhookSecret: 'secret-of-chatmitra', apiKey: 'chatmitra-token' },
		headers: { Authorization: 'Bearer chatmitra-token' },
		withoutKey: {
			message: 'The ChatMitra credential has no API Token',
			description:
				"n8n didn't send the request. Open the credential and enter the API Token. Copy it from ChatMitra: Dashboard → Settings → API & Integrations.",
		},
	},
	{
		type: 'chirpApi',
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of Chirp', apiKey: 'sk_live_app_chirp' },
		headers: { Authorization: 'Bearer sk_live_app_chirp' },
		withoutKey: {
			message: 'The Chirp credential has no App Key',
			description:
				"n8n didn't send the request. Open the credential and enter the App Key. Copy it from your application in Chirp. It begins with sk_live_app_ or sk_test_app_.",
		},
	},
	{
		type: 'dialog360WebhookApi',
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of 360dialog', apiKey: 'd360-key' },
		headers: { 'D360-API-KEY': 'd360-key' },
		withoutKey: {
			message: 'The 360dialog credential has no API Key',
			description:
				"n8n didn't send the request. Open the credential and enter the API Key. Generate it for the number in the 360dialog Hub.",
		},
	},
	{
		type: 'evolutionWebhookApi',
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of Evolution', apiKey: 'evolution-key' },
		headers: { apikey: 'evolution-key' },
		withoutKey: {
			message: 'The Evolution API credential has no API Key',
			description:
				"n8n didn't send the request. Open the credential and enter the API Key. It is the instance's key in the manager, or the global AUTHENTICATION_API_KEY.",
		},
	},
	{
		type: 'metaWebhookApi',
		keyField: 'accessToken',
		data: { webhookSecret: 'secret-of-meta', verifyToken: 'a token', accessToken: 'meta-token' },
		headers: { Authorization: 'Bearer meta-token' },
		withoutKey: {
			message: 'The Meta credential has no Access Token',
			description:
				"n8n didn't send the request. Open the credential and enter the Access Token. Make one for a system user in Meta Business Suite: Settings → System users → Generate token.",
		},
	},
	{
		type: 'twilioWebhookApi',
		keyField: 'accountSid',
		data: { webhookSecret: 'auth-token', accountSid: 'AC00000000000000000000000000000000' },
		// printf '%s' 'AC00000000000000000000000000000000:auth-token' | base64
		headers: {
			Authorization: 'Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDphdXRoLXRva2Vu',
		},
		withoutKey: {
			message: 'The Twilio credential has no Account SID',
			description:
				"n8n didn't send the request. Open the credential and enter the Account SID. Copy it from the Twilio Console: Account Dashboard → Account Info → Account SID.",
		},
	},
	{
		type: 'wahaWebhookApi',
		keyField: 'apiKey',
		data: { webhookSecret: 'secret of WAHA', apiKey: 'waha-key' },
		headers: { 'X-Api-Key': 'waha-key' },
		withoutKey: {
			message: 'The WAHA credential has no API Key',
			description:
				"n8n didn't send the request. Open the credential and enter the API Key. Copy it from WAHA's setting WAHA_API_KEY. If your WAHA has no key, enter any text.",
		},
	},
	{
		type: 'yCloudWebhookApi',
		keyField: 'apiKey',
		data: { webhookSecret: 'whsec_ycloud', apiKey: 'ycloud-key' },
		headers: { 'X-API-Key': 'ycloud-key' },
		withoutKey: {
			message: 'The YCloud credential has no API Key',
			description:
				"n8n didn't send the request. Open the credential and enter the API Key. Copy it from YCloud: Developers → API Keys.",
		},
	},
];

/** Whether n8n offers a credential under Predefined Credential Type of its HTTP Request node. */
export function hasKey({ authenticate }: Pick<ICredentialType, 'authenticate'>): boolean {
	return authenticate !== undefined;
}
