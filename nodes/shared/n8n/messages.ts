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
	const { name, id } = context.getWorkflow();
	const where = `node "${context.getNode().name}" of workflow "${name ?? ''}" (${id ?? 'unsaved'})`;
	const explanation =
		secrets.unreadable === undefined
			? explain(
					{ ...provider, signatureHeader: secrets.headerName?.trim() || provider.signatureHeader },
					reason,
				)
			: `its credential could not be read (${secrets.unreadable}). Open the node and select the credential again`;
	return `Refused a ${provider.displayName} delivery to ${where}: ${explanation}`;
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
function explain(
	{ displayName, signatureHeader, secretLocation }: Provider,
	reason: RefusalReason,
) {
	switch (reason) {
		case 'secret_missing':
			return `its credential holds no webhook secret. Copy the secret from ${secretLocation} into the credential`;
		case 'secret_padded':
			return 'the signature does not match, and a secret in the credential begins or ends with white space. Paste the secret again without it';
		case 'signature_missing':
			return `it has no ${signatureHeader} header. If it came from ${displayName}, check that no proxy in front of n8n removes the header`;
		case 'signature_repeated':
			return `its ${signatureHeader} header arrived more than once. If it came from ${displayName}, check that no proxy in front of n8n adds the header again`;
		case 'signature_malformed':
			return `its ${signatureHeader} header is not a signature in ${displayName}'s form. If it came from ${displayName}, check that no proxy in front of n8n changes the header`;
		case 'signature_mismatch':
			return `its signature does not match. If it came from ${displayName}, copy the secret again from ${secretLocation}, and check that no proxy in front of n8n changes the body`;
		case 'body_unreadable':
			return 'its body could not be read, so its signature could not be verified. It was multipart/form-data, larger than n8n accepts, wrongly compressed, or its sender hung up';
	}
}
