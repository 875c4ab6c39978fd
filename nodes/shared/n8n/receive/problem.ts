import type { IWebhookFunctions } from 'n8n-workflow';
import type { CredentialData } from '../../core/verify/delivery';
import { oneLine } from '../../core/values/one-line';
import type { Provider } from '../../core/read/provider';
import type { HandshakeRejectionReason, RejectionReason } from '../../core/verify/verification';
import { nameOfNode } from '../messages/name-of-node';

/** Why a request can't be used. */
export type ProblemReason =
	| RejectionReason
	| HandshakeRejectionReason
	/** n8n had no credential for the node. */
	| 'credential_unreadable'
	/** Authentic, but not a JSON object. */
	| 'body_not_an_object'
	/** A copy of a delivery n8n hasn't decided on. */
	| 'copy_undecided';

/** What can't be used: a delivery, or the request of a handshake. */
type Subject = 'delivery' | 'verification request';

/** Why a request can't be used, in words. Contains nothing from the request, and no secret. */
export interface Problem {
	subject: Subject;
	reason: ProblemReason;
	/** Such as "the signature doesn't match". */
	cause: string;
	/** What to do about it, without a period. */
	advice: string;
	/** Whether the provider sends the delivery again: a sentence without a period. */
	fate?: string;
}

/** Why a delivery is rejected. */
export function rejection(
	provider: Provider,
	reason: RejectionReason,
	credential: CredentialData,
): Problem {
	const { cause, advice } = REJECTIONS[reason];
	return {
		subject: 'delivery',
		reason,
		cause: cause(provider, credential),
		advice: provider.advice?.[reason] ?? advice(provider),
		fate: fateOf(provider),
	};
}

function fateOf({ displayName, retries }: Provider): string {
	return `If it's genuine, ${displayName} ${retries}`;
}

/** The cause of each rejection, and the advice for it unless the provider gives its own. */
export const REJECTIONS: Record<
	RejectionReason,
	{
		cause: (provider: Provider, credential: CredentialData) => string;
		advice: (provider: Provider) => string;
	}
> = {
	secret_missing: {
		cause: ({ secret }) => `the credential has no ${secret.label}`,
		advice: ({ secret }) => `Copy the secret from ${secret.location} into the credential`,
	},
	secret_padded: {
		cause: ({ verifier }, credential) =>
			`the ${verifier.kind(credential)} doesn't match, and a secret in the credential starts or ends with whitespace`,
		advice: () => 'Paste the secret again without the whitespace',
	},
	header_missing: {
		cause: ({ verifier }, credential) => `there is no ${verifier.header(credential)} header`,
		advice: checkProxy('removes the header'),
	},
	header_repeated: {
		cause: ({ verifier }, credential) =>
			`the ${verifier.header(credential)} header arrived more than once or contains a comma`,
		advice: checkProxy('adds the header again'),
	},
	header_malformed: {
		cause: ({ displayName, verifier }, credential) =>
			`the ${verifier.header(credential)} header isn't a signature in ${displayName}'s format`,
		advice: checkProxy('changes the header'),
	},
	header_mismatch: {
		cause: ({ verifier }, credential) => `the ${verifier.kind(credential)} doesn't match`,
		advice: ({ displayName, secret }) =>
			`If it came from ${displayName}, copy the secret again from ${secret.location}, and check that no proxy in front of n8n changes the body`,
	},
	timestamp_expired: {
		cause: () => 'its signature timestamp is too old or in the future',
		advice: () =>
			"Check the clock on the n8n server. If it's right, someone resent an old delivery",
	},
	bytes_missing: {
		cause: ({ verifier }, credential) =>
			`the body couldn't be read, so the ${verifier.kind(credential)} couldn't be verified`,
		advice: () =>
			'It was multipart/form-data, larger than n8n accepts, or compressed incorrectly, or its sender hung up',
	},
};

function checkProxy(what: string) {
	return ({ displayName }: Provider) =>
		`If it came from ${displayName}, check that no proxy in front of n8n ${what}`;
}

/** Why a handshake is rejected. */
export function handshakeRejection(provider: Provider, reason: HandshakeRejectionReason): Problem {
	const { displayName } = provider;
	return {
		subject: 'verification request',
		reason,
		cause: HANDSHAKE_CAUSES[reason],
		advice:
			provider.advice?.[reason] ??
			`If it came from ${displayName}, enter the same verify token in ${displayName} and in the credential, then verify the URL again`,
	};
}

const HANDSHAKE_CAUSES: Record<HandshakeRejectionReason, string> = {
	token_missing: 'the credential has no verify token',
	token_mismatch: "its verify token doesn't match the one in the credential",
};

/** Whether a request is authentic can't be decided, because n8n doesn't provide the credential. */
export function credentialUnreadable(error: string, subject: Subject = 'delivery'): Problem {
	return {
		subject,
		reason: 'credential_unreadable',
		cause: `the credential couldn't be read (${oneLine(error)})`,
		advice: 'Open the node and select the credential again',
	};
}

/** An authentic delivery with a body no provider sends. */
export function notAnObject(provider: Provider): Problem {
	const { displayName } = provider;
	return {
		subject: 'delivery',
		reason: 'body_not_an_object',
		cause: "it's authentic, but its body isn't a JSON object",
		advice: `Look at it in ${displayName}, and check that no proxy in front of n8n changes it`,
		fate: fateOf(provider),
	};
}

/** A copy of a delivery n8n hasn't decided on, so it can be neither used nor dropped. */
export function undecidedCopy(): Problem {
	return {
		subject: 'delivery',
		reason: 'copy_undecided',
		cause: "n8n hasn't finished with an earlier copy",
		advice:
			'n8n has a backlog of executions, or someone stopped a queued one. The delivery is accepted as soon as n8n has decided, or an hour after the first copy',
	};
}

/**
 * What happened, for a person: `Rejected a delivery from PingMate: the signature doesn't match`.
 *
 * @param count how many it counts: this one and those since the last report
 */
export function headline(provider: Provider, problem: Problem, count: number): string {
	return `${subjectOf(provider, problem, count)}: ${problem.cause}`;
}

/** The line in n8n's log: which node, what happened, what to do. */
export function logLine(
	context: Pick<IWebhookFunctions, 'getNode' | 'getWorkflow'>,
	provider: Provider,
	problem: Problem,
	count: number,
): string {
	const { cause, advice } = problem;
	return `${subjectOf(provider, problem, count)} to ${nameOfNode(context)}: ${cause}. ${advice}`;
}

function subjectOf({ displayName }: Provider, { reason, subject }: Problem, count: number): string {
	const verb = VERBS[reason] ?? 'Rejected';
	return `${verb} ${count === 1 ? `a ${subject}` : `${count} ${PLURALS[subject]}`} from ${displayName}`;
}

const PLURALS: Record<Subject, string> = {
	delivery: 'deliveries',
	'verification request': 'verification requests',
};

const VERBS: Partial<Record<ProblemReason, string>> = {
	body_not_an_object: "Couldn't use",
	copy_undecided: 'Deferred',
};
