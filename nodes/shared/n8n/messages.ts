import type { IWebhookFunctions } from 'n8n-workflow';
import type { Item } from '../core/item';
import type { Provider } from '../core/provider';
import type { RefusalReason } from '../core/signature';
import type { Secrets } from './secrets';

/**
 * The line in n8n's log for a refused delivery: which node, what happened, what to do. Holds nothing
 * that came with the request and no secret.
 *
 * @param secrets what the delivery was verified with
 */
export function refusalMessage(
	context: Pick<IWebhookFunctions, 'getNode' | 'getWorkflow'>,
	provider: Provider,
	reason: RefusalReason,
	secrets: Secrets,
): string {
	const explanation =
		secrets.unreadable === undefined
			? explain(
					{ ...provider, signatureHeader: secrets.headerName?.trim() || provider.signatureHeader },
					reason,
				)
			: `its credential could not be read (${secrets.unreadable}). Open the node and select the credential again`;
	return `Refused a ${provider.displayName} delivery to ${nodeOf(context)}: ${explanation}`;
}

/** The line in n8n's log for an authentic delivery whose body no provider's would be. */
export function unreadableMessage(
	context: Pick<IWebhookFunctions, 'getNode' | 'getWorkflow'>,
	{ displayName }: Provider,
): string {
	return `Could not use a ${displayName} delivery to ${nodeOf(context)}: it is authentic, but its body is not a JSON object. Look at it in ${displayName}, and check that no proxy in front of n8n changes it`;
}

function nodeOf(context: Pick<IWebhookFunctions, 'getNode' | 'getWorkflow'>): string {
	const { name, id } = context.getWorkflow();
	return `node "${context.getNode().name}" of workflow "${name ?? ''}" (${id ?? 'unsaved'})`;
}

/** Why an authentic delivery to the test URL shows nothing. Holds nothing of the delivery but its event. */
export function notSelectedMessage(
	context: Pick<IWebhookFunctions, 'getNode'>,
	provider: Provider,
	items: readonly Item[],
): string {
	const events = [...new Set(items.map(({ event }) => event))].join(', ');
	return `Dropped a ${provider.displayName} delivery to the test URL of node "${context.getNode().name}": ${events} is not selected under Listen To, or is older than Maximum Event Age`;
}

/** What happened and what to do about it. */
function explain(provider: Provider, reason: RefusalReason): string {
	return `${causeOf(provider, reason)}. ${provider.advice?.[reason] ?? usualAdvice(provider, reason)}`;
}

function causeOf({ displayName, signatureHeader, proof }: Provider, reason: RefusalReason): string {
	switch (reason) {
		case 'secret_missing':
			return 'its credential holds no webhook secret';
		case 'secret_padded':
			return `its ${proof} does not match, and a secret in the credential begins or ends with white space`;
		case 'signature_missing':
			return `it has no ${signatureHeader} header`;
		case 'signature_repeated':
			return `its ${signatureHeader} header arrived more than once, or has a comma in it`;
		case 'signature_malformed':
			return `its ${signatureHeader} header is not a signature in ${displayName}'s form`;
		case 'signature_mismatch':
			return `its ${proof} does not match`;
		case 'body_unreadable':
			return `its body could not be read, so its ${proof} could not be verified`;
	}
}

function usualAdvice({ displayName, secretLocation }: Provider, reason: RefusalReason): string {
	const checkProxy = (what: string) =>
		`If it came from ${displayName}, check that no proxy in front of n8n ${what}`;
	switch (reason) {
		case 'secret_missing':
			return `Copy the secret from ${secretLocation} into the credential`;
		case 'secret_padded':
			return 'Paste the secret again without it';
		case 'signature_missing':
			return checkProxy('removes the header');
		case 'signature_repeated':
			return checkProxy('adds the header again');
		case 'signature_malformed':
			return checkProxy('changes the header');
		case 'signature_mismatch':
			return `If it came from ${displayName}, copy the secret again from ${secretLocation}, and check that no proxy in front of n8n changes the body`;
		case 'body_unreadable':
			return 'It was multipart/form-data, larger than n8n accepts, wrongly compressed, or its sender hung up';
	}
}
