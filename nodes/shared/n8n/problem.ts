import type { IWebhookFunctions } from 'n8n-workflow';
import type { CredentialData } from '../core/delivery';
import { oneLine } from '../core/one-line';
import type { Provider } from '../core/provider';
import type { RefusalReason } from '../core/verification';
import type { NodeCredential } from './credential';
import { nameOfNode } from './name-of-node';

/** Why a delivery cannot be used. */
export type ProblemReason =
	| RefusalReason
	/** n8n had no credential for the node. */
	| 'credential_unreadable'
	/** Authentic, and no JSON object. */
	| 'body_not_an_object'
	/** A copy of a delivery that n8n has not decided on. */
	| 'copy_undecided';

/** Why a delivery cannot be used, in words. Holds nothing that came with the request, and no secret. */
export interface Problem {
	reason: ProblemReason;
	/** Such as "the signature does not match". */
	cause: string;
	/** What to do about it; without a full stop. */
	advice: string;
}

/** Why a delivery is refused. */
export function refusal(
	provider: Provider,
	reason: RefusalReason,
	{ data, error }: NodeCredential,
): Problem {
	if (error !== undefined) {
		return {
			reason: 'credential_unreadable',
			cause: `the credential could not be read (${oneLine(error)})`,
			advice: 'Open the node and select the credential again',
		};
	}
	const { cause, advice } = REFUSALS[reason];
	return {
		reason,
		cause: cause(provider, data),
		advice: provider.advice?.[reason] ?? advice(provider),
	};
}

/** The cause of each refusal, and what to do about it unless the provider has advice of its own. */
export const REFUSALS: Record<
	RefusalReason,
	{
		cause: (provider: Provider, credential: CredentialData) => string;
		advice: (provider: Provider) => string;
	}
> = {
	secret_missing: {
		cause: ({ secretLabel }) => `the credential holds no ${secretLabel}`,
		advice: ({ secretLocation }) => `Copy the secret from ${secretLocation} into the credential`,
	},
	secret_padded: {
		cause: ({ proof }, credential) =>
			`the ${proof.kind(credential)} does not match, and a secret in the credential begins or ends with white space`,
		advice: () => 'Paste the secret again without it',
	},
	proof_missing: {
		cause: ({ proof }, credential) => `there is no ${proof.header(credential)} header`,
		advice: checkProxy('removes the header'),
	},
	proof_repeated: {
		cause: ({ proof }, credential) =>
			`the ${proof.header(credential)} header arrived more than once, or has a comma in it`,
		advice: checkProxy('adds the header again'),
	},
	proof_malformed: {
		cause: ({ displayName, proof }, credential) =>
			`the ${proof.header(credential)} header is not a signature in ${displayName}'s form`,
		advice: checkProxy('changes the header'),
	},
	proof_mismatch: {
		cause: ({ proof }, credential) => `the ${proof.kind(credential)} does not match`,
		advice: ({ displayName, secretLocation }) =>
			`If it came from ${displayName}, copy the secret again from ${secretLocation}, and check that no proxy in front of n8n changes the body`,
	},
	proof_expired: {
		cause: () => 'it was signed too long ago, or in the future',
		advice: () =>
			"Check the clock of n8n's machine. If that is right, it is an old delivery that somebody sent again",
	},
	bytes_missing: {
		cause: ({ proof }, credential) =>
			`the body could not be read, so the ${proof.kind(credential)} could not be verified`,
		advice: () =>
			'It was multipart/form-data, larger than n8n accepts, wrongly compressed, or its sender hung up',
	},
};

function checkProxy(what: string) {
	return ({ displayName }: Provider) =>
		`If it came from ${displayName}, check that no proxy in front of n8n ${what}`;
}

/** An authentic delivery whose body no provider's would be. */
export function notAnObject({ displayName }: Provider): Problem {
	return {
		reason: 'body_not_an_object',
		cause: 'it is authentic, but its body is not a JSON object',
		advice: `Look at it in ${displayName}, and check that no proxy in front of n8n changes it`,
	};
}

/** A copy of a delivery that n8n has not decided on, so that it can be neither used nor dropped. */
export function undecidedCopy(): Problem {
	return {
		reason: 'copy_undecided',
		cause: 'n8n has not decided on an earlier copy of it yet',
		advice:
			'n8n is behind with its executions, or a queued one was stopped. It is accepted as soon as n8n has decided, or an hour after the first copy',
	};
}

/**
 * What happened, for a person: `Refused a delivery from PingMate: the signature does not match`.
 *
 * @param count how many deliveries it stands for: this one and those since the last that was told
 */
export function headline(provider: Provider, { reason, cause }: Problem, count: number): string {
	return `${subject(provider, reason, count)}: ${cause}`;
}

/** The line in n8n's log: which node, what happened, what to do. */
export function logLine(
	context: Pick<IWebhookFunctions, 'getNode' | 'getWorkflow'>,
	provider: Provider,
	{ reason, cause, advice }: Problem,
	count: number,
): string {
	return `${subject(provider, reason, count)} to ${nameOfNode(context)}: ${cause}. ${advice}`;
}

function subject({ displayName }: Provider, reason: ProblemReason, count: number): string {
	const verb = VERBS[reason] ?? 'Refused';
	return `${verb} ${count === 1 ? 'a delivery' : `${count} deliveries`} from ${displayName}`;
}

const VERBS: Partial<Record<ProblemReason, string>> = {
	body_not_an_object: 'Could not use',
	copy_undecided: 'Put off',
};
