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
			`[${provider.displayName}](${page})${facts.Unofficial === undefined ? '' : ' (unofficial)'}`,
			descriptionOf(provider).displayName,
			facts.Setup,
			facts["If n8n doesn't respond"],
		];
	});
	return table(['Provider', 'Node', 'Setup', "If n8n doesn't respond, a delivery is"], rows);
}

/** How each provider's deliveries are verified, and what depends on its secret. */
export function verificationTable(from: string): string {
	const rows = PROVIDERS.map((provider) => {
		const page = relative(from, pageOf(provider));
		const facts = factsOf(provider, page);
		return [
			`[${provider.displayName}](${page}#verification)`,
			provider.provider.verifier.kind(provider.simulator.credential ?? {}),
			facts['Verified by'],
			facts['Secret created by'],
			facts['One secret covers'],
			facts['Without a secret'],
		];
	});
	const head = [
		'Provider',
		'Kind',
		'Verified by',
		'Secret created by',
		'One secret covers',
		'Without a secret at the provider',
	];
	return table(head, rows);
}

/** Where the steps are to rotate each provider's secret, and what its field is called. */
export function rotationList(from: string): string {
	return PROVIDERS.map((provider) => {
		const page = relative(from, pageOf(provider));
		return `- [${provider.displayName}](${page}#rotate-the-secret): **${provider.provider.secret.label}**`;
	}).join('\n');
}
