import type { IWebhookFunctions } from 'n8n-workflow';
import { CHAKRAHQ } from '../../nodes/ChakraHq/chakrahq';
import { CHIRP } from '../../nodes/Chirp/chirp';
import { PINGMATE } from '../../nodes/PingMate/pingmate';
import type { Provider } from '../../nodes/shared/core/provider';
import type { RefusalReason } from '../../nodes/shared/core/signature';
import {
	headline,
	logLine,
	notAnObject,
	refusal,
	undecidedCopy,
} from '../../nodes/shared/n8n/problem';

type Workflow = ReturnType<IWebhookFunctions['getWorkflow']>;

const contextOf = (workflow: Partial<Workflow> = { name: 'Shop', id: 'w1' }, node = 'Trigger') =>
	({
		getNode: () => ({ name: node }),
		getWorkflow: () => workflow,
	}) as unknown as IWebhookFunctions;

const SECRET = 'PingMate (Dashboard → Webhook → open the endpoint → Signing secret)';

describe('the log line of a refusal', () => {
	const lineOf = (provider: Provider, reason: RefusalReason, headerName?: string) =>
		logLine(
			contextOf(),
			provider,
			refusal(provider, reason, {
				secrets: ['x'],
				...(headerName === undefined ? {} : { headerName }),
			}),
			1,
		);

	it.each<[RefusalReason, string]>([
		[
			'secret_missing',
			`the credential holds no webhook secret. Copy the secret from ${SECRET} into the credential`,
		],
		['secret_padded', 'begins or ends with white space. Paste the secret again without it'],
		[
			'signature_missing',
			'there is no X-Webhook-Signature header. If it came from PingMate, check that no proxy in front of n8n removes the header',
		],
		['signature_repeated', 'check that no proxy in front of n8n adds the header again'],
		['signature_malformed', "is not a signature in PingMate's form. If it came from PingMate,"],
		[
			'signature_mismatch',
			`the signature does not match. If it came from PingMate, copy the secret again from ${SECRET}, and check`,
		],
		['body_unreadable', 'the body could not be read, so the signature could not be verified. It'],
	])('for %s says where, why and what to do', (reason, words) => {
		const line = lineOf(PINGMATE, reason);

		expect(line).toContain(words);
		expect(line).toMatch(
			/^Refused a PingMate delivery to node "Trigger" of workflow "Shop" \(w1\): the.+\. [A-Z].+[^.]$/,
		);
	});

	it('names the header that the credential names, and the usual one where it names none', () => {
		expect(lineOf(CHIRP, 'signature_missing', ' X-My-Secret ')).toContain('no X-My-Secret header');
		expect(lineOf(CHIRP, 'signature_missing', ' ')).toContain('no X-Webhook-Secret header');
		expect(lineOf(CHIRP, 'signature_missing')).toContain('no X-Webhook-Secret header');
	});

	it.each<[string, Provider, RefusalReason, string]>([
		['ChakraHQ', CHAKRAHQ, 'signature_missing', 'set a secret under Admin > Team > Secrets'],
		['Chirp', CHIRP, 'secret_missing', 'no webhook secret. Make up a long random text'],
		['Chirp', CHIRP, 'signature_missing', 'no custom header of this name'],
		['Chirp', CHIRP, 'signature_mismatch', 'the shared secret does not match. If it'],
	])("has %s's own advice for %s", (_, provider, reason, advice) => {
		expect(lineOf(provider, reason)).toContain(advice);
	});
});

it('says why the credential could not be read, whatever else is wrong', () => {
	const problem = refusal(PINGMATE, 'secret_missing', {
		secrets: [],
		unreadable: 'it was deleted',
	});

	expect(problem).toEqual({
		reason: 'credential_unreadable',
		cause: 'the credential could not be read (it was deleted)',
		advice: 'Open the node and select the credential again',
	});
});

it('says what to do about an authentic delivery that holds no JSON object', () => {
	expect(logLine(contextOf(), PINGMATE, notAnObject(PINGMATE), 1)).toBe(
		'Could not use a PingMate delivery to node "Trigger" of workflow "Shop" (w1): it is authentic, but its body is not a JSON object. Look at it in PingMate, and check that no proxy in front of n8n changes it',
	);
});

it('says why a copy was put off', () => {
	expect(headline(PINGMATE, undecidedCopy(), 1)).toBe(
		'Put off a PingMate delivery: n8n has not decided on an earlier copy of it yet',
	);
});

it('says how many deliveries a line stands for', () => {
	const problem = refusal(PINGMATE, 'signature_mismatch', { secrets: ['x'] });

	expect(headline(PINGMATE, problem, 1)).toBe(
		'Refused a PingMate delivery: the signature does not match',
	);
	expect(headline(PINGMATE, problem, 1_000)).toBe(
		'Refused 1000 PingMate deliveries: the signature does not match',
	);
	expect(logLine(contextOf(), PINGMATE, problem, 2)).toMatch(
		/^Refused 2 PingMate deliveries to node/,
	);
});

it('stays one line whatever the workflow, the node or n8n’s own message is called', () => {
	const evil = 'evil\n2026-01-01T00:00:00Z | info | Owner logged in\u001b[2K\r';
	const problem = refusal(PINGMATE, 'signature_missing', { secrets: [], unreadable: evil });

	const line = logLine(contextOf({ name: evil, id: 'w1' }, evil), PINGMATE, problem, 1);

	expect(line).not.toMatch(/\p{Cc}/u);
	expect(line).toContain('node "evil 2026-01-01T00:00:00Z | info | Owner logged in [2K"');
});

it('has a place for a workflow that is not saved yet', () => {
	const problem = refusal(PINGMATE, 'signature_missing', { secrets: ['x'] });

	expect(logLine(contextOf({}), PINGMATE, problem, 1)).toContain('of workflow "" (unsaved): ');
});
