import {
	credentialData,
	sampleNames,
	sampleOf,
	type DiscoveredProvider,
} from '../../test/kit/providers';
import type { Receiver } from '../../test/kit/n8n/workflow-parts';

/** Times in bodies are counted from here, so that the same seed makes the same bodies. */
const EPOCH = Date.UTC(2026, 0, 1);

/** The samples that bring an ID of their own, which can be made new. */
const SAMPLE = /^message\.(received|sent|delivered|read|failed)$/;

/** The webhook of one provider, and what its provider would send there. */
export class Target {
	/** The header that proves a delivery. */
	readonly header: string;
	/** Whether the proof covers the body. */
	readonly isSigned: boolean;
	/** Whether it covers the time. */
	readonly signsTime: boolean;
	/** Whether bodies are forms; JSON otherwise. */
	readonly isForm: boolean;
	private readonly samples: readonly string[];

	constructor(
		readonly provider: DiscoveredProvider,
		readonly receiver: Receiver,
	) {
		const { verifier, readBody } = provider.provider;
		const credential = credentialData(provider);
		this.header = verifier.header(credential);
		this.isSigned = verifier.kind(credential) === 'signature';
		this.isForm = readBody !== undefined;
		this.samples = sampleNames(provider)
			.filter((name) => SAMPLE.test(name))
			.map((name) => sampleOf(provider, name).rawBody.toString('utf8'));
		const signedAt = (at: number) => this.proofOf(Buffer.from(''), undefined, new Date(at));
		this.signsTime = signedAt(0) !== signedAt(EPOCH);
	}

	/** A body as the provider sends it; of another number with other IDs. */
	body(n: number): Buffer {
		const sample = this.samples[n % this.samples.length] ?? '';
		return Buffer.from(this.provider.simulator.freshen(sample, new Date(EPOCH + n * 1000)));
	}

	/** The headers of a delivery: its type and its proof. */
	headers(
		body: Buffer,
		secret = this.provider.simulator.secret,
		at = new Date(),
	): Record<string, string> {
		const { simulator } = this.provider;
		return {
			'content-type': simulator.contentType ?? 'application/json',
			...simulator.sign(body, secret, { url: this.receiver.url, at }),
		};
	}

	/** The headers of a delivery that somebody made who does not have the secret. */
	forgedHeaders(body: Buffer): Record<string, string> {
		return this.headers(body, this.provider.simulator.otherSecret);
	}

	/** What the header of a body's proof says. */
	proofOf(body: Buffer, secret?: string, at?: Date): string {
		return this.headers(body, secret, at)[this.header] ?? '';
	}
}
