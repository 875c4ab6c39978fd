import { createHmac } from 'node:crypto';
import { CHAKRAHQ } from '../../nodes/ChakraHq/chakrahq';
import { ChakraHqTrigger } from '../../nodes/ChakraHq/ChakraHqTrigger.node';
import { CHATMITRA } from '../../nodes/ChatMitra/chatmitra';
import { ChatMitraTrigger } from '../../nodes/ChatMitra/ChatMitraTrigger.node';
import { CHIRP } from '../../nodes/Chirp/chirp';
import { ChirpTrigger } from '../../nodes/Chirp/ChirpTrigger.node';
import { PINGMATE } from '../../nodes/PingMate/pingmate';
import { PingMateTrigger } from '../../nodes/PingMate/PingMateTrigger.node';
import { HMAC_CASES, SHARED_SECRET_CASES } from './delivery-cases';

const hmac = (body: Buffer, secret: string) =>
	createHmac('sha256', secret).update(body).digest('hex');

/** Every provider of the package, for the tests that hold for all of them. */
export const PROVIDERS_UNDER_TEST = [
	{
		provider: PINGMATE,
		Trigger: PingMateTrigger,
		header: 'x-webhook-signature',
		proof: hmac,
		cases: HMAC_CASES,
		credentialType: 'pingMateWebhookApi',
	},
	{
		provider: CHATMITRA,
		Trigger: ChatMitraTrigger,
		header: 'x-webhook-signature',
		proof: hmac,
		cases: HMAC_CASES,
		credentialType: 'chatMitraWebhookApi',
	},
	{
		provider: CHAKRAHQ,
		Trigger: ChakraHqTrigger,
		header: 'x-chakra-signature-256',
		proof: hmac,
		cases: HMAC_CASES,
		credentialType: 'chakraHqWebhookApi',
	},
	{
		provider: CHIRP,
		Trigger: ChirpTrigger,
		header: 'x-webhook-secret',
		proof: (_: Buffer, secret: string) => secret,
		cases: SHARED_SECRET_CASES,
		credentialType: 'chirpApi',
	},
] as const;
