/** This project's repository. The linter requires credentials to spell out its address. */
const REPOSITORY = 'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers';

/**
 * The address of one of the project's documents.
 *
 * @param path within the repository, including an anchor if any
 */
export function documentUrl(path: string): string {
	return `${REPOSITORY}/blob/main/${path}`;
}
