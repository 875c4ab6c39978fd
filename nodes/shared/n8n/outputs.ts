import type { ExpressionString } from 'n8n-workflow';
import { EVENTS } from '../core/events';
import type { Provider } from '../core/provider';

/**
 * The outputs of a node as an expression that n8n's editor evaluates: one for each event of the
 * provider, its label in parentheses while the event is not selected.
 */
export function outputsExpression({ events }: Provider): ExpressionString {
	const outputs = EVENTS.filter(({ event }) => events.includes(event)).map(({ event, label }) => ({
		event,
		label,
	}));
	return `={{ ${JSON.stringify(outputs)}.map(({ event, label }) => ({ type: 'main', displayName: ($parameter.events || []).includes(event) ? label : '(' + label + ')' })) }}`;
}
