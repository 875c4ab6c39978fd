import type { Findings, Part } from '../part';
import { CONNECTIONS, CONNECTIONS_FOR_LARGE, LARGE, measure, SECONDS } from '../speed/measure';
import { enginesTable, ratesTable, ratiosTable, type MeasuredN8n } from '../speed/tables';

const ROUNDS = 3;

async function prove(): Promise<Findings> {
	const all: MeasuredN8n[] = [];
	const wanted = process.env.PROOF_ROUNDS;
	const count = wanted === undefined ? ROUNDS : Number(wanted);
	for (const database of ['SQLite', 'PostgreSQL'] as const) {
		for (const engine of ['lazy', 'default', 'legacy'] as const) {
			all.push([database, engine, await measure(database, engine, count)]);
		}
	}
	const lazy = all.filter(([, engine]) => engine === 'lazy');
	return { text: text(all, lazy, count), hasHeld: true };
}

function text(all: MeasuredN8n[], lazy: MeasuredN8n[], count: number): string {
	return `${CONNECTIONS} connections (${CONNECTIONS_FOR_LARGE} for deliveries of ${LARGE.toLocaleString('en-US')} events), each sending the next delivery when the one before is answered; every execution stored. A figure
is the median of ${count} rounds of ${SECONDS} s in turns, counted until n8n had executed the last. The processor is shared with the
sender, and PostgreSQL's own time is not in n8n's.

The body is Meta's, with one text message or more. _Webhook_ is n8n's Webhook node alone, which verifies nothing; _WhatsApp
Trigger_ is n8n's own, its Graph API played on loopback; _by hand_ is Webhook, Crypto, If, Code and Switch, to get what
the trigger does: a verified signature, an item for each message, an output for each event. Of several messages in one
delivery the Webhook node and the WhatsApp Trigger make one item.

${lazy
	.map(
		([database, , rounds]) => `### ${database}, \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\`

${ratiosTable(rounds)}

${ratesTable(rounds)}`,
	)
	.join('\n\n')}

### n8n's expression engine

Lazy is the setting above; default is n8n as it comes; legacy is \`N8N_EXPRESSION_ENGINE=legacy\`. Events a second.

${enginesTable(all)}`;
}

/** How many events a second whole n8n takes, beside the alternatives. */
export const speed: Part = { name: 'speed', run: prove };
