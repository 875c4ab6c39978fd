import type { Flooded } from './flood';
import { tellSurprise } from './tally';

/** What was not as it has to be; nothing when all was. */
export function verdict({ tally, executed, watched, xmlAnswer, wrongInLog }: Flooded): string[] {
	const faults = tally.surprises.map(tellSurprise);
	if (tally.surprising > faults.length) {
		faults.push(`${tally.surprising - faults.length} more answers that may not be`);
	}
	for (const { provider, expected, found, reports, others } of executed) {
		if (found !== expected) faults.push(`${provider}: ${found} executions instead of ${expected}`);
		if (others > 0) faults.push(`${provider}: ${others} executions that have not ended`);
		const causes = reports.map((report) => report.slice(report.indexOf(':') + 1));
		if (new Set(causes).size < causes.length) faults.push(`${provider}: a reason told twice`);
		faults.push(...reports.filter((report) => report.startsWith('no report')));
	}
	if (tally.hungInN8n > 0 && xmlAnswer !== 'hung') {
		faults.push(
			`${tally.hungInN8n} hung, and n8n's own Webhook node answers the same ${xmlAnswer}`,
		);
	}
	if (!watched.hasSettled) {
		faults.push(`${watched.after.handles} handles open, ${watched.before.handles} before`);
	}
	if (watched.missed > 0) faults.push(`n8n did not tell its metrics ${watched.missed} times`);
	return [...faults, ...wrongInLog];
}
