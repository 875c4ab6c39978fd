import { CHAKRAHQ } from '../../nodes/ChakraHq/chakrahq';
import { ChakraHqTrigger } from '../../nodes/ChakraHq/ChakraHqTrigger.node';
import { CHATMITRA } from '../../nodes/ChatMitra/chatmitra';
import { ChatMitraTrigger } from '../../nodes/ChatMitra/ChatMitraTrigger.node';
import { PINGMATE } from '../../nodes/PingMate/pingmate';
import { PingMateTrigger } from '../../nodes/PingMate/PingMateTrigger.node';

/** Every provider of the package, for the tests that hold for all of them. */
export const PROVIDERS_UNDER_TEST = [
	{
		provider: PINGMATE,
		Trigger: PingMateTrigger,
		header: 'x-webhook-signature',
		credentialType: 'pingMateWebhookApi',
	},
	{
		provider: CHATMITRA,
		Trigger: ChatMitraTrigger,
		header: 'x-webhook-signature',
		credentialType: 'chatMitraWebhookApi',
	},
	{
		provider: CHAKRAHQ,
		Trigger: ChakraHqTrigger,
		header: 'x-chakra-signature-256',
		credentialType: 'chakraHqWebhookApi',
	},
] as const;
