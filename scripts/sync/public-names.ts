import { EVENTS, outputCountOf } from '../../nodes/shared/core/item/events';
import { PROVIDERS } from '../../test/kit/providers';
import { credentialOf, descriptionOf } from './classes';

/**
 * The names that stored workflows refer to, by the folder of their provider. They are public: a change
 * that is more than an addition breaks somebody's workflow.
 */
export function publicNames() {
	return PROVIDERS.map((discovered) => {
		const { name, displayName, properties } = descriptionOf(discovered);
		const credential = credentialOf(discovered);
		const outputs = EVENTS.slice(0, outputCountOf(discovered.provider.emits));
		return {
			provider: discovered.id,
			node: name,
			displayName,
			credential: credential.name,
			credentialDisplayName: credential.displayName,
			outputs: outputs.map(({ label }) => label),
			defaultEvents: properties.find((property) => property.name === 'events')?.default,
		};
	});
}
