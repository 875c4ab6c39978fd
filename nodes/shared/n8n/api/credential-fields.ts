import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ApiFault } from './fault';

/** The text in a field of a credential; an empty one where there is none. */
export function fieldOf(credential: ICredentialDataDecryptedObject, field: string): string {
	const value = credential[field];
	return typeof value === 'string' ? value : '';
}

/**
 * Makes sure that a credential can verify deliveries.
 *
 * @param problem what is wrong with it, as a sentence, or null
 * @throws ApiFault where there is a problem
 */
export function assertUsable(problem: string | null): void {
	if (problem !== null) throw new ApiFault("The credential can't be used", problem);
}
