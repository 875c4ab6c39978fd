import {
	NodeApiError,
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';
import { withoutMarkup } from '../messages/without-markup';
import type { ApiAccess } from './access';
import { ApiFault } from './fault';
import { withoutSecrets } from './redact';

/** Reads the credential and runs a step with it. Turns a fault into what n8n shows in the editor. */
export async function withNodeErrors<T>(
	context: IHookFunctions | ILoadOptionsFunctions,
	access: ApiAccess,
	step: (credential: ICredentialDataDecryptedObject) => Promise<T>,
): Promise<T> {
	let credential: ICredentialDataDecryptedObject = {};
	try {
		credential = await context.getCredentials(access.credentialType);
		return await step(credential);
	} catch (error) {
		throw toNodeError(context, access, credential, error);
	}
}

/** A fault as n8n shows it in the editor, without the secrets of the credential and without markup. */
export function toNodeError(
	context: Pick<IHookFunctions, 'getNode'>,
	access: ApiAccess,
	credential: ICredentialDataDecryptedObject,
	error: unknown,
): NodeApiError | NodeOperationError {
	const node = context.getNode();
	const shown = (text: string) => withoutMarkup(withoutSecrets(text, credential, access));
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (!(error instanceof ApiFault)) {
		return new NodeOperationError(
			node,
			shown(error instanceof Error ? error.message : String(error)),
		);
	}
	const { statusCode } = error;
	const message = shown(error.message);
	return new NodeApiError(
		node,
		{ message },
		{
			message,
			description: shown(error.advice),
			...(statusCode === undefined ? {} : { httpCode: String(statusCode) }),
		},
	);
}
