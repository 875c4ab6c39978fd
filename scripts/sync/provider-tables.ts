import { relative } from 'node:path/posix';
import { PROVIDERS } from '../../test/kit/providers';
import { descriptionOf } from './classes';
import { table } from './markdown';
import { factsOf, pageOf } from './page-facts';

/** The providers as in a sentence: "ChakraHQ, Chirp, and PingMate". */
export function providersInWords(): string {
	const names = PROVIDERS.map(({ displayName }) => displayName);
	return new Intl.ListFormat('en-US', { type: 'conjunction' }).format(names);
}

/**
 * What to choose a provider's node by.
 *
 * @param from the folder of the document, from the project's folder
 */
export function providersTable(from: string): string {
	const rows = PROVIDERS.map((provider) => {
		const page = relative(from, pageOf(provider));
		const facts = factsOf(provider, page);
		return [
			`[${provider.displayName}](${page})`,
			descriptionOf(provider).displayName,
			facts['The webhook is added'],
			facts['When n8n does not answer'],
		];
	});
	return table(
		['Provider', 'Node', 'The webhook is added', "If n8n doesn't respond, a delivery is"],
		rows,
	);
}

/** How each provider's deliveries are verified, and what depends on its secret. */
export function proofsTable(from: string): string {
	const rows = PROVIDERS.map((provider) => {
		const page = relative(from, pageOf(provider));
		const facts = factsOf(provider, page);
		return [
			`[${provider.displayName}](${page}#what-is-signed-and-what-is-not)`,
			provider.provider.verifier.kind(provider.simulator.credential ?? {}),
			facts['A delivery proves itself by'],
			facts['Who makes the secret'],
			facts['One secret is for'],
			facts['Without a secret there'],
			facts['When n8n does not answer'],
		];
	});
	const head = [
		'Provider',
		'Kind of proof',
		'A delivery proves itself by',
		'Who makes the secret',
		'One secret is for',
		'Without a secret at the provider',
		'When n8n does not answer, a delivery is',
	];
	return table(head, rows);
}

/** Where the steps are to rotate each provider's secret, and what its field is called. */
export function rollingList(from: string): string {
	return PROVIDERS.map((provider) => {
		const page = relative(from, pageOf(provider));
		return `- [${provider.displayName}](${page}#rolling-the-secret): **${provider.provider.secret.label}**`;
	}).join('\n');
}
