import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { ADDRESS_OPTIONS, unusableEntry, type AddressOption } from '../../core/read/filters';
import { objectOf } from '../../core/values/json';
import { oneLine } from '../../core/values/one-line';
import { withoutMarkup } from '../messages/without-markup';

/**
 * Throws if a filter has an entry no item can match. Called when a workflow is published and when a test
 * begins, before anything is registered.
 *
 * @throws NodeOperationError
 */
export function checkFilters(context: IHookFunctions): void {
	const options = objectOf(context.getNodeParameter('options', {}));
	for (const name of Object.keys(ADDRESS_OPTIONS) as AddressOption[]) {
		const entry = unusableEntry(name, options[name]);
		if (entry === null) continue;
		throw new NodeOperationError(
			context.getNode(),
			withoutMarkup(
				`${ADDRESS_OPTIONS[name]} has an entry that no event can match: ${oneLine(entry)}`,
			),
			{
				description:
					'Under Options, enter each phone number with its country code, such as +91 98765 43210, and each ID as items show it. Separate several with commas or line breaks.',
			},
		);
	}
}
