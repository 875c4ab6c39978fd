import { PROVIDERS, sampleOf, type DiscoveredProvider } from '../../playground/providers';
import { signedHeaders, withNewIds } from '../../playground/sample-deliveries';
import type { Instance } from '../instance';
import type { WireDelivery } from '../load';
import { newMessages } from '../speed/deliveries';
import { publish, saveCredential, trigger, type Receiver } from '../../playground/workflow-parts';

/** What a delivery of the mixed load is, and how many of each there are in a turn. */
export const MIX = {
	'a new message': 8,
	'100 new messages in one': 1,
	'a repeated message': 3,
	'a status that is not selected': 8,
	'a forged message': 4,
} as const;

export type Kind = keyof typeof MIX;

/** What starts an execution. */
export const EXECUTED: readonly Kind[] = ['a new message', '100 new messages in one'];

/** Providers whose deliveries hold one event are the rule; batches come in Meta's format. */
const BATCHES_OF = 'meta';

interface Target extends Receiver {
	provider: DiscoveredProvider;
	message: Buffer;
	status: Buffer;
	batch: () => WireDelivery;
	/** The last new message, to be repeated. */
	last: WireDelivery | undefined;
}

/** Deliveries of all providers in turns, of all kinds in turns. */
export class MixedLoad {
	private readonly turn: Kind[];
	private count = 0;
	private readonly countOf = new Map<Kind, number>();

	private constructor(private readonly targets: readonly Target[]) {
		const kinds = Object.entries(MIX) as [Kind, number][];
		const places = kinds.flatMap(([kind, times]) =>
			Array.from({ length: times }, (_, n) => ({ kind, place: (n + 0.5) / times })),
		);
		// Spread evenly over the turn; a message comes before its repetition by the first place of all.
		this.turn = places.sort((a, b) => a.place - b.place).map(({ kind }) => kind);
	}

	/** Publishes a workflow for each provider, which listens to what is new from customers only. */
	static async publish(instance: Instance): Promise<MixedLoad> {
		const targets: Target[] = [];
		for (const provider of PROVIDERS) {
			const credential = await saveCredential(instance, provider);
			const receiver = await publish(instance, `soak-${provider.id}`, [
				trigger(provider, credential, { events: ['message.received'] }),
			]);
			targets.push({
				...receiver,
				provider,
				message: sampleOf(provider, 'message.received').rawBody,
				status: sampleOf(provider, 'message.delivered').rawBody,
				batch: newMessages(provider, 100),
				last: undefined,
			});
		}
		return new MixedLoad(targets);
	}

	get workflowIds(): string[] {
		return this.targets.map(({ workflowId }) => workflowId);
	}

	/** The next delivery. */
	next(): WireDelivery {
		const kind = this.turn[this.count % this.turn.length] ?? 'a new message';
		const nth = this.countOf.get(kind) ?? 0;
		this.countOf.set(kind, nth + 1);
		this.count++;
		const target =
			kind === '100 new messages in one'
				? this.targets.find(({ provider }) => provider.id === BATCHES_OF)
				: this.targets[nth % this.targets.length];
		if (!target) throw new Error('there is no provider to send from');
		// Nothing to repeat yet: the first of its kind is new.
		const actual = kind === 'a repeated message' && !target.last ? 'a new message' : kind;
		return { ...this.delivery(actual, target), kind: actual };
	}

	private delivery(kind: Kind, target: Target): WireDelivery {
		const { provider, url, batch, status } = target;
		const path = new URL(url).pathname;
		const signed = (body: Buffer, secret?: string): WireDelivery => ({
			body,
			headers: signedHeaders(provider, url, body, secret),
			path,
		});
		const message = () => withNewIds(provider, target.message);
		switch (kind) {
			case 'a new message':
				target.last = signed(message());
				return target.last;
			case '100 new messages in one':
				return { ...batch(), path };
			case 'a repeated message':
				return target.last ?? signed(message());
			case 'a status that is not selected':
				return signed(withNewIds(provider, status));
			case 'a forged message':
				return signed(message(), provider.simulator.otherSecret);
		}
	}
}
