import type { ExpressionString } from 'n8n-workflow';
import { EVENTS, outputCountOf } from '../../core/item/events';
import type { Provider } from '../../core/read/provider';

/**
 * The outputs of a node as an expression that n8n's editor evaluates: one for each event up to the last one
 * the provider emits. Labels of unselected events are in parentheses.
 */
export function outputsExpression({ emits }: Provider): ExpressionString {
	const outputs = EVENTS.slice(0, outputCountOf(emits)).map(({ event, label }) => ({
		event,
		label,
	}));
	return `={{ ${JSON.stringify(outputs)}.map(({ event, label }) => ({ type: 'main', displayName: ($parameter.events || []).includes(event) ? label : '(' + label + ')' })) }}`;
}
