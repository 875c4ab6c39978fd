import { freePort } from '../../playground/n8n-server';
import { Outgoing } from '../../test/support/services/outgoing';
import { Inspector, inspectorSettings } from '../inspector';
import { Instance } from '../instance';
import { table } from '../page';
import { FakeSubscriptions, publishContenders } from './contenders';
import { ENGINES, run, SECONDS, WARM_UP_SECONDS } from './measure';
import { sharesByPackage, shareWithin, type Shares } from './profile';
import { accepted, LABELS, provider, refused } from './scenarios';

/** As n8n's folder for community packages names it. */
const OWN_PACKAGE = 'n8n-nodes-whatsapp-triggers';

interface Column {
	name: string;
	shares: Shares;
	/** Within this package, what it calls included. */
	within: number;
}

/** Where n8n's time goes for deliveries that are accepted or refused, in percent by package. */
export async function whereTimeGoes(): Promise<string> {
	const outgoing = await Outgoing.start([new FakeSubscriptions()]);
	const port = await freePort();
	const settings = { ...outgoing.environment, ...ENGINES.lazy, ...inspectorSettings(port) };
	const instance = await Instance.start({ settings });
	try {
		const contenders = await publishContenders(instance, provider);
		const inspector = await Inspector.open(port);
		const columns: Column[] = [];
		for (const [name, scenario] of [
			[LABELS.ours, accepted(contenders, 'ours', 1)],
			[`${LABELS.ours}, refused`, refused(contenders)],
			[LABELS.webhook, accepted(contenders, 'webhook', 1)],
			[LABELS.builtIn, accepted(contenders, 'builtIn', 1)],
		] as const) {
			await run(instance, scenario, WARM_UP_SECONDS * 3);
			const profile = await inspector.profile(() => run(instance, scenario, SECONDS * 2));
			const within = shareWithin(profile, OWN_PACKAGE);
			columns.push({ name, shares: sharesByPackage(profile), within });
		}
		await inspector.close();
		return sharesTable(columns);
	} finally {
		await instance.stop();
		await outgoing.stop();
	}
}

const SHOWN_SHARE = 0.01;

function sharesTable(columns: readonly Column[]): string {
	const largest = (name: string) => Math.max(...columns.map(({ shares }) => shares.get(name) ?? 0));
	const names = [...new Set(columns.flatMap(({ shares }) => [...shares.keys()]))]
		.filter((name) => largest(name) >= SHOWN_SHARE || name === OWN_PACKAGE)
		.sort((a, b) => largest(b) - largest(a));
	const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
	return table(
		['Package', ...columns.map(({ name }) => name)],
		[
			...names.map((name) => [
				name === OWN_PACKAGE ? `**${name}**` : name,
				...columns.map(({ shares }) => percent(shares.get(name) ?? 0)),
			]),
			['**with what it calls of the others**', ...columns.map(({ within }) => percent(within))],
		],
	);
}
