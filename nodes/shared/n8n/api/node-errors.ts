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

/** Reads the credential and runs a step with it. Turns faults into errors n8n's editor can show. */
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

/** A fault as an error for n8n's editor, without the credential's secrets and without markup. */
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
