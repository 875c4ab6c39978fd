import type { IHookFunctions } from 'n8n-workflow';
import type { EventName } from '../shared/core/events';
import { ApiFault, sendWithCredential } from '../shared/n8n/api';
import { automaticSetup } from '../shared/n8n/automatic-setup';
import { chirpWebhooks, type ChirpWebhook, type WebhookSpec } from './api';
import { appKeyOf, baseUrlOf, secretHeaderOf } from './credential';
import { provider } from './provider';
import { chirpEventsFor, type ChirpChannel } from './webhook-events';

const { credentialType, displayName } = provider;

/** The life cycle of the webhook at Chirp, with automatic and with manual setup. */
export const chirpWebhook = automaticSetup<ChirpWebhook, WebhookSpec>({
	displayName,

	async api(context) {
		const credential = await context.getCredentials(credentialType);
		if (appKeyOf(credential) === '') {
			throw new ApiFault(
				'Automatic setup needs an app key: enter it as App Key in the credential, or set Webhook Setup to Manual',
				'Copy it from your application in Chirp. It begins with sk_live_app_ or sk_test_app_.',
			);
		}
		const baseUrl = baseUrlOf(credential);
		return chirpWebhooks(sendWithCredential(context, credentialType, { displayName, baseUrl }));
	},

	async spec(context, url) {
		const headers = await secretHeader(context);
		const events = chirpEventsFor(
			context.getNodeParameter('events', []) as EventName[],
			context.getNodeParameter('channels', ['whatsapp']) as ChirpChannel[],
		);
		if (events.length === 0) {
			throw new ApiFault(
				'There is no event to ask Chirp for',
				'Select at least one event under Listen To, and under Channels the channel that has it.',
			);
		}
		return { url, events, headers };
	},

	// A person enters the header at Chirp, and it has to be one that can be sent.
	async checkManual(context) {
		await secretHeader(context);
	},

	leftBehind: (url) =>
		`Unless it was deleted there already, it was made with another app key: delete it in Chirp, on that application's Webhooks page, or it goes on sending events to ${url}. Next time unpublish first, then change the app key`,
});

async function secretHeader(context: IHookFunctions): Promise<Record<string, string>> {
	return secretHeaderOf(await context.getCredentials(credentialType));
}
