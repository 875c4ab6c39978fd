/** This project's repository. The linter wants credentials to write its address out. */
const REPOSITORY = 'https://github.com/n8n-nodes-whatsapp-triggers/n8n-nodes-whatsapp-triggers';

/**
 * The address of one of the project's documents.
 *
 * @param path within the repository, an anchor included where there is one
 */
export function documentUrl(path: string): string {
	return `${REPOSITORY}/blob/main/${path}`;
}
