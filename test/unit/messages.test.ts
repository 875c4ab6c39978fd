import type { IWebhookFunctions } from 'n8n-workflow';
import { CHAKRAHQ } from '../../nodes/ChakraHq/chakrahq';
import { CHIRP } from '../../nodes/Chirp/chirp';
import { PINGMATE } from '../../nodes/PingMate/pingmate';
import { createItem } from '../../nodes/shared/core/create-item';
import type { EventName } from '../../nodes/shared/core/events';
import type { Provider } from '../../nodes/shared/core/provider';
import type { RefusalReason } from '../../nodes/shared/core/signature';
import {
	notSelectedMessage,
	refusalMessage,
	unreadableMessage,
} from '../../nodes/shared/n8n/messages';

type Workflow = ReturnType<IWebhookFunctions['getWorkflow']>;

const contextOf = (workflow: Partial<Workflow> = { name: 'Shop', id: 'w1' }) =>
	({
		getNode: () => ({ name: 'Trigger' }),
		getWorkflow: () => workflow,
	}) as unknown as IWebhookFunctions;

const WHERE = 'Refused a PingMate delivery to node "Trigger" of workflow "Shop" (w1): ';
const SECRET_AT =
	'copy the secret again from PingMate (Dashboard → Webhook → open the endpoint → Signing secret)';

describe('the line for a refused delivery', () => {
	it.each<[RefusalReason, string]>([
		[
			'secret_missing',
			'its credential holds no webhook secret. Copy the secret from PingMate (Dashboard → Webhook → open the endpoint → Signing secret) into the credential',
		],
		[
			'secret_padded',
			'its signature does not match, and a secret in the credential begins or ends with white space. Paste the secret again without it',
		],
		[
			'signature_missing',
			'it has no X-Webhook-Signature header. If it came from PingMate, check that no proxy in front of n8n removes the header',
		],
		[
			'signature_repeated',
			'its X-Webhook-Signature header arrived more than once, or has a comma in it. If it came from PingMate, check that no proxy in front of n8n adds the header again',
		],
		[
			'signature_malformed',
			"its X-Webhook-Signature header is not a signature in PingMate's form. If it came from PingMate, check that no proxy in front of n8n changes the header",
		],
		[
			'signature_mismatch',
			`its signature does not match. If it came from PingMate, ${SECRET_AT}, and check that no proxy in front of n8n changes the body`,
		],
		[
			'body_unreadable',
			'its body could not be read, so its signature could not be verified. It was multipart/form-data, larger than n8n accepts, wrongly compressed, or its sender hung up',
		],
	])('says what to do about %s', (reason, explanation) => {
		expect(refusalMessage(contextOf(), PINGMATE, reason, { secrets: [] })).toBe(
			WHERE + explanation,
		);
	});

	it('says why the credential could not be read, whatever else is wrong', () => {
		const secrets = { secrets: [], unreadable: 'it was deleted' };

		expect(refusalMessage(contextOf(), PINGMATE, 'secret_missing', secrets)).toBe(
			`${WHERE}its credential could not be read (it was deleted). Open the node and select the credential again`,
		);
	});

	it('names the header that the credential names', () => {
		const of = (headerName: string | undefined) =>
			refusalMessage(contextOf(), CHIRP, 'signature_missing', {
				secrets: ['x'],
				...(headerName === undefined ? {} : { headerName }),
			});

		expect(of(' X-My-Secret ')).toContain('it has no X-My-Secret header');
		expect(of(' ')).toContain('it has no X-Webhook-Secret header');
		expect(of(undefined)).toContain('it has no X-Webhook-Secret header');
	});

	it('has a place for a workflow that is not saved yet', () => {
		expect(
			refusalMessage(contextOf({}), PINGMATE, 'signature_missing', { secrets: ['x'] }),
		).toContain('to node "Trigger" of workflow "" (unsaved): ');
	});
});

it('names every event of a delivery that is not selected once', () => {
	const itemOf = (event: EventName) =>
		createItem({ event, provider: 'pingmate', providerEvent: 'x', key: 'k', raw: {} });

	expect(
		notSelectedMessage(contextOf(), PINGMATE, [
			itemOf('message.sent'),
			itemOf('message.read'),
			itemOf('message.sent'),
		]),
	).toBe(
		'Dropped a PingMate delivery to the test URL of node "Trigger": message.sent, message.read is not selected under Listen To, or is older than Maximum Event Age',
	);
});

describe('what a provider knows better', () => {
	it.each<[string, Provider, RefusalReason, string]>([
		[
			'ChakraHQ, no header',
			CHAKRAHQ,
			'signature_missing',
			'set a secret under Admin > Team > Secrets',
		],
		['Chirp, no secret', CHIRP, 'secret_missing', 'no webhook secret. Make up a long random text'],
		['Chirp, no header', CHIRP, 'signature_missing', 'no custom header of this name'],
		[
			'Chirp, another secret',
			CHIRP,
			'signature_mismatch',
			'its shared secret does not match. If it',
		],
	])('is said of %s', (_, provider, reason, advice) => {
		expect(refusalMessage(contextOf(), provider, reason, { secrets: [] })).toContain(advice);
	});
});

it('says where an authentic delivery came that holds no JSON object', () => {
	expect(unreadableMessage(contextOf(), PINGMATE)).toBe(
		'Could not use a PingMate delivery to node "Trigger" of workflow "Shop" (w1): it is authentic, but its body is not a JSON object. Look at it in PingMate, and check that no proxy in front of n8n changes it',
	);
});
