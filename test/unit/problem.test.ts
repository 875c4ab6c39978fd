import type { IWebhookFunctions } from 'n8n-workflow';
import type { RefusalReason } from '../../nodes/shared/core/verification';
import {
	headline,
	logLine,
	notAnObject,
	refusal,
	undecidedCopy,
} from '../../nodes/shared/n8n/problem';
import { credentialData } from '../../playground/providers';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

type Workflow = ReturnType<IWebhookFunctions['getWorkflow']>;

const contextOf = (workflow: Partial<Workflow> = { name: 'Shop', id: 'w1' }, node = 'Trigger') =>
	({
		getNode: () => ({ name: node }),
		getWorkflow: () => workflow,
	}) as unknown as IWebhookFunctions;

/** Each reason, with a word that only its cause has; the sentences are the troubleshooting page's. */
const REASONS: Record<RefusalReason, RegExp> = {
	secret_missing: /the credential holds no [A-Z]/,
	secret_padded: /white space/,
	proof_missing: /there is no /,
	proof_repeated: /more than once/,
	proof_malformed: /form/,
	proof_mismatch: /does not match$/,
	proof_expired: /too long ago/,
	bytes_missing: /could not be read/,
};

const [EXAMPLE] = PROVIDERS_UNDER_TEST;
if (!EXAMPLE) throw new Error('there is no provider');
const { provider, displayName } = EXAMPLE;

describe.each(PROVIDERS_UNDER_TEST)('$displayName', (under) => {
	const data = credentialData(under);
	const header = under.provider.proof.header(data);
	const problemOf = (reason: RefusalReason) => refusal(under.provider, reason, { data });

	it.each(Object.entries(REASONS) as [RefusalReason, RegExp][])(
		'is told of %s in one line: which node, what happened, and what to do',
		(reason, cause) => {
			const problem = problemOf(reason);
			const line = logLine(contextOf(), under.provider, problem, 1);

			expect(problem.cause).toMatch(cause);
			expect(line).toBe(
				`Refused a delivery from ${under.displayName} to node "Trigger" of workflow "Shop" (w1): ${problem.cause}. ${problem.advice}`,
			);
			expect(problem.advice).toMatch(/^[A-Z].+[^.\s]$/);
			for (const secret of [under.simulator.secret, under.simulator.otherSecret]) {
				expect(line).not.toContain(secret);
			}
		},
	);

	it('has another cause for each reason', () => {
		const causes = Object.keys(REASONS).map((reason) => problemOf(reason as RefusalReason).cause);

		expect(new Set(causes).size).toBe(causes.length);
	});

	it('names the header that is missing or wrong', () => {
		for (const reason of ['proof_missing', 'proof_repeated', 'proof_malformed'] as const) {
			expect(problemOf(reason).cause).toContain(`${header} header`);
		}
	});

	it('has its own advice where it gives one', () => {
		for (const [reason, advice] of Object.entries(under.provider.advice ?? {})) {
			expect(problemOf(reason as RefusalReason).advice).toBe(advice);
		}
	});
});

it('the usual advice on the secret says where the provider shows it', () => {
	const plain = { ...provider, advice: {} };

	for (const reason of ['secret_missing', 'proof_mismatch'] as const) {
		expect(refusal(plain, reason, { data: {} }).advice).toContain(provider.secretLocation);
	}
});

it('a header is named as the credential names it', () => {
	const named = { ...provider, proof: { ...provider.proof, header: () => 'X-My-Secret' } };

	expect(refusal(named, 'proof_missing', { data: {} }).cause).toContain('no X-My-Secret header');
});

it('says why the credential could not be read, whatever else is wrong', () => {
	expect(refusal(provider, 'secret_missing', { data: {}, error: 'it was deleted' })).toEqual({
		reason: 'credential_unreadable',
		cause: 'the credential could not be read (it was deleted)',
		advice: expect.stringContaining('select the credential again') as string,
	});
});

it('tells what cannot be used and what is put off from what is refused', () => {
	expect(headline(provider, notAnObject(provider), 1)).toMatch(
		new RegExp(
			`^Could not use a delivery from ${displayName}: it is authentic, .+ not a JSON object$`,
		),
	);
	expect(headline(provider, undecidedCopy(), 1)).toMatch(
		new RegExp(`^Put off a delivery from ${displayName}: n8n has not decided`),
	);
});

it('says how many deliveries a line stands for', () => {
	const problem = refusal(provider, 'proof_mismatch', { data: {} });

	expect(headline(provider, problem, 1)).toMatch(/^Refused a delivery from \S+: /);
	expect(headline(provider, problem, 1_000)).toMatch(/^Refused 1000 deliveries from \S+: /);
	expect(logLine(contextOf(), provider, problem, 2)).toMatch(
		/^Refused 2 deliveries from \S+ to node/,
	);
});

it('stays one line whatever the workflow, the node or n8n’s own message is called', () => {
	const evil = 'evil\n2026-01-01T00:00:00Z | info | Owner logged in\u001b[2K\r';
	const problem = refusal(provider, 'proof_missing', { data: {}, error: evil });

	const line = logLine(contextOf({ name: evil, id: 'w1' }, evil), provider, problem, 1);

	expect(line).not.toMatch(/\p{Cc}/u);
	expect(line).toContain('node "evil 2026-01-01T00:00:00Z | info | Owner logged in [2K"');
});

it('has a place for a workflow that is not saved yet', () => {
	const problem = refusal(provider, 'proof_missing', { data: {} });

	expect(logLine(contextOf({}), provider, problem, 1)).toContain('of workflow "" (unsaved): ');
});
