import type { Part } from '../part';
import { whereTimeGoes } from '../speed/where-time-goes';

/** Where the processor time goes while n8n takes deliveries. */
export const time: Part = {
	name: 'time',
	async run() {
		const text = `The processor time of n8n's main process while it takes deliveries of one event, SQLite and lazy, by the package whose code
ran, without what that code called; parts of 1 % and more, and this package's own. The last row is all that happens
within this package: its own code, reading the credential from n8n, and answering a refusal.

${await whereTimeGoes()}`;
		return { text, hasHeld: true };
	},
};
