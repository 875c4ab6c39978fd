import { freePort } from '../../playground/n8n-server';
import { Outgoing } from '../../test/support/services/outgoing';
import { Inspector, inspectorSettings } from '../inspector';
import { Instance } from '../instance';
import { table } from '../page';
import { FakeSubscriptions, publishContenders } from './contenders';
import { ENGINES, run, SECONDS, WARM_UP_SECONDS } from './measure';
import { sharesByPackage, type Shares } from './profile';
import { accepted, LABELS, provider } from './scenarios';

/** As n8n's folder for community packages names it. */
const OWN_PACKAGE = 'n8n-nodes-whatsapp-triggers';

/** Where n8n's time goes for each contender's accepted deliveries, in percent by package. */
export async function whereTimeGoes(): Promise<string> {
	const outgoing = await Outgoing.start([new FakeSubscriptions()]);
	const port = await freePort();
	const settings = { ...outgoing.environment, ...ENGINES.lazy, ...inspectorSettings(port) };
	const instance = await Instance.start({ settings });
	try {
		const contenders = await publishContenders(instance, provider);
		const inspector = await Inspector.open(port);
		const columns: [string, Shares][] = [];
		for (const contender of ['ours', 'webhook', 'builtIn'] as const) {
			const scenario = accepted(contenders, contender, 1);
			await run(instance, scenario, WARM_UP_SECONDS * 3);
			const profile = await inspector.profile(() => run(instance, scenario, SECONDS * 2));
			columns.push([LABELS[contender], sharesByPackage(profile)]);
		}
		await inspector.close();
		return sharesTable(columns);
	} finally {
		await instance.stop();
		await outgoing.stop();
	}
}

const SHOWN_SHARE = 0.01;

function sharesTable(columns: [string, Shares][]): string {
	const largest = (name: string) => Math.max(...columns.map(([, shares]) => shares.get(name) ?? 0));
	const names = [...new Set(columns.flatMap(([, shares]) => [...shares.keys()]))]
		.filter((name) => largest(name) >= SHOWN_SHARE || name === OWN_PACKAGE)
		.sort((a, b) => largest(b) - largest(a));
	return table(
		['Package', ...columns.map(([name]) => name)],
		names.map((name) => [
			name === OWN_PACKAGE ? `**${name}**` : name,
			...columns.map(([, shares]) => `${((shares.get(name) ?? 0) * 100).toFixed(1)} %`),
		]),
	);
}
