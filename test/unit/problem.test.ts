import type { IWebhookFunctions } from 'n8n-workflow';
import type { Provider } from '../../nodes/shared/core/read/provider';
import type { RejectionReason } from '../../nodes/shared/core/verify/verification';
import {
	credentialUnreadable,
	handshakeRejection,
	headline,
	logLine,
	notAnObject,
	rejection,
	undecidedCopy,
	type Problem,
} from '../../nodes/shared/n8n/receive/problem';
import { credentialData } from '../kit/providers';
import { PROVIDERS_UNDER_TEST, providerUnderTest } from '../support/providers';

type Workflow = ReturnType<IWebhookFunctions['getWorkflow']>;

const contextOf = (workflow: Partial<Workflow> = { name: 'Shop', id: 'w1' }, node = 'Trigger') =>
	({
		getNode: () => ({ name: node }),
		getWorkflow: () => workflow,
	}) as unknown as IWebhookFunctions;

/** Each reason, with a word that only its cause has; the sentences are the troubleshooting page's. */
const REASONS: Record<RejectionReason, RegExp> = {
	secret_missing: /the credential has no [A-Z]/,
	secret_padded: /whitespace/,
	header_missing: /there is no /,
	header_repeated: /more than once/,
	header_malformed: /format/,
	header_mismatch: /doesn't match$/,
	timestamp_expired: /too old/,
	bytes_missing: /couldn't be read/,
};

const { provider } = providerUnderTest('pingmate');

/** A sentence with its period taken off. */
const ADVICE = /^([A-Z]|n8n ).+[^.\s]$/;

describe.each(PROVIDERS_UNDER_TEST)('$displayName', (under) => {
	const data = credentialData(under);
	const problemOf = (reason: RejectionReason) => rejection(under.provider, reason, data);

	it.each(Object.entries(REASONS) as [RejectionReason, RegExp][])(
		'has %s logged in one line: which node, what happened, and what to do',
		(reason, cause) => {
			const problem = problemOf(reason);
			const line = logLine(contextOf(), under.provider, problem, 1);

			expect(problem.cause).toMatch(cause);
			expect(line).toBe(
				`Rejected a delivery from ${under.displayName} to node "Trigger" of workflow "Shop" (w1): ${problem.cause}. ${problem.advice}`,
			);
			expect(problem.advice).toMatch(ADVICE);
			for (const secret of [under.simulator.secret, under.simulator.otherSecret]) {
				expect(line).not.toContain(secret);
			}
		},
	);

	it('says with each rejection whether the provider sends it again', () => {
		expect(problemOf('header_mismatch').fate).toMatch(
			new RegExp(`^If it's genuine, ${under.displayName} (retries it|doesn't)\\b.*[^.\\s]$`),
		);
	});

	it('has another cause for each reason', () => {
		const causes = Object.keys(REASONS).map((reason) => problemOf(reason as RejectionReason).cause);

		expect(new Set(causes).size).toBe(causes.length);
	});
});

it("is the provider's own advice where it has some, else where it shows the secret", () => {
	for (const reason of ['secret_missing', 'header_mismatch'] as const) {
		const adviceOf = (advice: Provider['advice']) =>
			rejection({ ...provider, advice }, reason, {}).advice;

		expect(adviceOf({ [reason]: 'Its own' })).toBe('Its own');
		expect(adviceOf({})).toContain(provider.secret.location);
	}
});

it.each(['header_missing', 'header_repeated', 'header_malformed'] as const)(
	'names the header as the credential does: %s',
	(reason) => {
		const named = { ...provider, verifier: { ...provider.verifier, header: () => 'X-My-Secret' } };

		expect(rejection(named, reason, {}).cause).toContain('X-My-Secret header');
	},
);

it.each<[string, Problem, RegExp]>([
	[
		'an unusable body',
		notAnObject(provider),
		/^Couldn't use a delivery from PingMate: it's authentic, .+ isn't a JSON object$/,
	],
	[
		'a copy',
		undecidedCopy(),
		/^Deferred a delivery from PingMate: n8n hasn't finished with an earlier copy$/,
	],
	[
		'a lost credential',
		credentialUnreadable('it was deleted'),
		/^Rejected a delivery from PingMate: the credential couldn't be read \(it was deleted\)$/,
	],
	[
		'a handshake whose credential is lost',
		credentialUnreadable('it was deleted', 'verification request'),
		/^Rejected a verification request from PingMate: the credential couldn't be read/,
	],
	[
		'a handshake with a wrong token',
		handshakeRejection(provider, 'token_mismatch'),
		/^Rejected a verification request from PingMate: its verify token doesn't match/,
	],
	[
		'a handshake for a credential without a token',
		handshakeRejection(provider, 'token_missing'),
		/^Rejected a verification request from PingMate: the credential has no verify token$/,
	],
])('has a headline for %s', (_, problem, expected) => {
	expect(headline(provider, problem, 1)).toMatch(expected);
	expect(problem.advice).toMatch(ADVICE);
});

it('says how many deliveries or handshakes a line counts', () => {
	const problem = rejection(provider, 'header_mismatch', {});
	const handshake = handshakeRejection(provider, 'token_mismatch');

	expect(headline(provider, problem, 1_000)).toMatch(/^Rejected 1000 deliveries from \S+: /);
	expect(headline(provider, handshake, 3)).toMatch(/^Rejected 3 verification requests from \S+: /);
	expect(logLine(contextOf(), provider, problem, 2)).toMatch(
		/^Rejected 2 deliveries from \S+ to node/,
	);
});

it('stays one line whatever the workflow, the node or n8n’s own message is called', () => {
	const evil = 'evil\n2026-01-01T00:00:00Z | info | Owner logged in\u001b[2K\r';
	const problem = credentialUnreadable(evil);

	const line = logLine(contextOf({ name: evil, id: 'w1' }, evil), provider, problem, 1);

	expect(line).not.toMatch(/\p{Cc}/u);
	expect(line).toContain('node "evil 2026-01-01T00:00:00Z | info | Owner logged in [2K"');
});

it('has a place for a workflow that is not saved yet', () => {
	const problem = rejection(provider, 'header_missing', {});

	expect(logLine(contextOf({}), provider, problem, 1)).toContain('of workflow "" (unsaved): ');
});
