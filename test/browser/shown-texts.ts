import type { INodeTypeDescription } from 'n8n-workflow';
import type { DiscoveredProvider } from '../kit/providers';
import { credentialOf } from '../../scripts/sync/classes';

/** The texts of a node as n8n's editor shows them, without their markup. */

/** The parameters for an ID that a new node shows without one. */
export function emptyIdsOf(description: INodeTypeDescription): string[] {
	return shownOnNewNode(description).flatMap(({ name, type, default: initial }) =>
		type === 'resourceLocator' && (initial as { value: string }).value === '' ? [name] : [],
	);
}

/** The steps of the setup that a new node shows, each with its number. */
export function setupStepsOf(description: INodeTypeDescription): string[] {
	const notice = shownOnNewNode(description).find(({ type }) => type === 'notice');
	return Array.from((notice?.displayName ?? '').matchAll(/<ul>([^<]+)/g), ([, step = '']) => step);
}

/** The text of the trigger panel in bold that says how to get a test event sent. */
export function sendTestOf({ triggerPanel }: INodeTypeDescription): string {
	return partOf(activationHintOf(triggerPanel).inactive, /<b>(.+?)<\/b>/);
}

/** The beginning of the trigger panel's text while the workflow is published. */
export function publishedTextOf({ triggerPanel }: INodeTypeDescription): string {
	return partOf(activationHintOf(triggerPanel).active, /^([^<]+?)\s*</);
}

/** A hint of the node: a warning in its parameters, or an explanation in its output pane. */
export function hintOf({ hints }: INodeTypeDescription, location: 'ndv' | 'outputPane'): string {
	return partOf(hints?.find((hint) => hint.location === location)?.message, /^(.+)$/);
}

/** What the credential says below the field of its secret: where to find it. */
export function secretHintOf(provider: DiscoveredProvider): string {
	const fields = credentialOf(provider).properties;
	return partOf(fields.find(({ name }) => name === 'webhookSecret')?.hint, /^(.+)$/);
}

function shownOnNewNode({ properties }: INodeTypeDescription): INodeTypeDescription['properties'] {
	const defaults = new Map(properties.map((property) => [property.name, property.default]));
	return properties.filter(({ displayOptions: { show = {} } = {} }) =>
		Object.entries(show).every(([name, values]) =>
			(values ?? []).some((value) => value === defaults.get(name)),
		),
	);
}

function activationHintOf(panel: INodeTypeDescription['triggerPanel']): {
	active?: string;
	inactive?: string;
} {
	const hint = typeof panel === 'object' ? panel.activationHint : undefined;
	return typeof hint === 'object' ? hint : {};
}

function partOf(text: string | undefined, pattern: RegExp): string {
	const part = pattern.exec(text ?? '')?.[1];
	if (part === undefined) throw new Error(`Nothing like ${String(pattern)} in "${text}"`);
	return part;
}
