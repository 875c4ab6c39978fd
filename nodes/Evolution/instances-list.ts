import { listSearch, type Choice } from '../shared/n8n/api/list-search';
import { listInstances, type Instance } from './api';
import { access } from './credential';

/** Lists the instances to choose from. Evolution API returns all the key opens in one response. */
export const searchInstances = listSearch({
	access,
	typed: "the instance's name",
	open: (send) => async () => ({ choices: (await listInstances(send)).map(choiceOf) }),
	ifNone: {
		message: 'The API key opens no instance yet',
		advice: "Create one in Evolution API's manager, then open this list again.",
	},
});

/** Evolution API's states, as its manager names them. */
const STATES: Readonly<Record<string, string>> = {
	open: 'connected',
	close: 'disconnected',
	connecting: 'connecting',
};

/** Such as `shop (connected, +15550102030)`. */
function choiceOf({ name, state, phone }: Instance): Choice {
	const about = [state === null ? null : (STATES[state] ?? state), phone].filter(
		(part) => part !== null,
	);
	return { value: name, name: about.length > 0 ? `${name} (${about.join(', ')})` : name };
}
