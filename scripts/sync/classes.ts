import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';
import type { DiscoveredProvider } from '../../test/kit/providers';

const CREDENTIALS = join(__dirname, '..', '..', 'credentials');

/** What n8n is told of the node of a provider. */
export function descriptionOf({ nodeFile }: DiscoveredProvider): INodeTypeDescription {
	return (instanceFrom(`${nodeFile}.ts`) as INodeType).description;
}

/** The type of the credential that a provider's node uses. */
export function credentialOf({ credentialType, folder }: DiscoveredProvider): ICredentialType {
	const found = readdirSync(CREDENTIALS)
		.map((file) => instanceFrom(join(CREDENTIALS, file)) as ICredentialType)
		.find(({ name }) => name === credentialType);
	if (!found) throw new Error(`nodes/${folder}: no file in credentials/ is "${credentialType}".`);
	return found;
}

/** An instance of the class that a file is named after, as n8n makes one. */
function instanceFrom(file: string): unknown {
	const [className = ''] = basename(file).split('.');
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known only now
	const Class = (require(file) as Record<string, (new () => unknown) | undefined>)[className];
	if (!Class) throw new Error(`${file} exports no class ${className}.`);
	return new Class();
}
