import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ApiFault } from './fault';

/** The text in a field of a credential; empty if there is none. */
export function fieldOf(credential: ICredentialDataDecryptedObject, field: string): string {
	const value = credential[field];
	return typeof value === 'string' ? value : '';
}

/**
 * Makes sure a credential can verify deliveries.
 *
 * @param problem its problem, as a sentence, or null
 * @throws ApiFault if there is a problem
 */
export function assertUsable(problem: string | null): void {
	if (problem !== null) throw new ApiFault("The credential can't be used", problem);
}
