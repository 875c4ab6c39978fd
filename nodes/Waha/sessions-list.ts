import { listSearch, type Choice } from '../shared/n8n/api/list-search';
import { listSessions, type WahaSession } from './api';
import { access } from './credential';

/** Lists the sessions to choose from. WAHA returns all of them in one response. */
export const searchSessions = listSearch({
	access,
	typed: "the session's name",
	open: (send) => async () => ({ choices: (await listSessions(send)).map(choiceOf) }),
	ifNone: {
		message: 'WAHA has no session yet',
		advice: "Create one in WAHA's dashboard, then open this list again.",
	},
});

/** Such as `default (working, +15550102030, My Shop)`. */
function choiceOf({ name, status, phone, pushName }: WahaSession): Choice {
	const about = [inWords(status), phone, pushName].filter((part) => part !== null);
	return { value: name, name: `${name} (${about.join(', ')})` };
}

/** WAHA's status in a sentence: `SCAN_QR_CODE` is `scan QR code`. */
function inWords(status: string): string {
	return status
		.toLowerCase()
		.replaceAll('_', ' ')
		.replace(/\bqr\b/, 'QR');
}
