import type { INodeProperties, NodeHint } from 'n8n-workflow';
import { outputCountOf } from '../../core/item/events';
import { ADDRESS_OPTIONS, MESSAGE_TYPES, type AddressOption } from '../../core/read/filters';
import type { Provider } from '../../core/read/provider';

/** The choice between customers and groups, for a provider that reports both. */
export function chatsParameter({ chats }: Provider): INodeProperties[] {
	if (!chats.hasGroups) return [];
	return [
		{
			displayName: 'Chats',
			name: 'chats',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Direct Chats',
					value: 'direct',
					description: 'Only one-on-one chats with customers',
				},
				{
					name: 'Direct Chats and Groups',
					value: 'all',
					description: 'Also messages in groups your number belongs to',
				},
				{ name: 'Groups', value: 'groups', description: 'Only groups your number belongs to' },
			],
			default: 'direct',
			description:
				'Which chats start the workflow. Events without a chat, such as a template change, always do.',
		},
	];
}

const ADDRESSES = {
	type: 'string',
	noDataExpression: true,
	typeOptions: { rows: 2 },
	default: '',
} satisfies Partial<INodeProperties>;

/** The options that filter the selected events, in alphabetical order. */
export const filterOptions: INodeProperties[] = [
	{
		displayName: 'Message Types',
		name: 'messageTypes',
		type: 'multiOptions',
		noDataExpression: true,
		options: [
			...MESSAGE_TYPES.map((type) => ({
				name: type.charAt(0).toUpperCase() + type.slice(1),
				value: type,
			})),
			{ name: 'Other Types', value: 'other' },
		].sort((a, b) => a.name.localeCompare(b.name)),
		default: [],
		description:
			'Which types of received messages and echoes start the workflow. Select none to allow all.',
	},
	{
		...ADDRESSES,
		displayName: ADDRESS_OPTIONS.neverFrom,
		name: 'neverFrom',
		placeholder: 'e.g. +91 98765 43210, +1 555 010 0100',
		description:
			'Customers to ignore, by phone number with country code or by ID. Separate several with commas or line breaks. The ID of a group ignores the whole group.',
	},
	{
		...ADDRESSES,
		displayName: ADDRESS_OPTIONS.onlyFrom,
		name: 'onlyFrom',
		placeholder: 'e.g. +91 98765 43210, +1 555 010 0100',
		description:
			'Customers who may start the workflow, by phone number with country code or by ID. Separate several with commas or line breaks. Empty means everyone.',
	},
	{
		...ADDRESSES,
		displayName: ADDRESS_OPTIONS.onlyNumbers,
		name: 'onlyNumbers',
		placeholder: 'e.g. +91 81892 22313',
		description:
			'Your own numbers whose events start the workflow, by phone number with country code or by ID. Separate several with commas or line breaks. Empty means all of them.',
	},
];

/** {@link addressKey} as an expression, since the editor can't call our code. */
const KEY = `((address) => { const text = String(address).normalize("NFKC").replace(/\\p{Cf}/gu, "").trim().toLowerCase().replace(/^(whatsapp|tel):/, "").replace(/@(c\\.us|s\\.whatsapp\\.net)$/, ""); return /[\\p{L}@]/u.test(text) ? text : text.replace("(0)", "").replace(/\\D/g, "").replace(/^00/, ""); })`;

const CUSTOMER =
	'[json.contact?.phone, json.contact?.id, ...(json.conversation?.kind === "group" ? [json.to, json.replyTo] : [])]';

/**
 * Shown in the output pane after a test, which ignores nothing: the setting that would ignore the item once
 * the workflow is published.
 *
 * @param nodeName n8n's name for a new node. A renamed node doesn't get the hint, since an expression can't
 *   look up its own node
 */
export function ignoredHints(nodeName: string, { emits, chats }: Provider): NodeHint[] {
	// A session or an instance identifies our side; an account has several numbers.
	const isAccountOurs = chats.ourSide({ phone: null, phoneNumberId: null, accountId: '.' }) === '.';
	const us = `[json.business?.phone, json.business?.phoneNumberId${isAccountOurs ? ', json.business?.accountId' : ''}]`;
	const outputs = Array.from({ length: outputCountOf(emits) }, (_, index) => index);
	const node = `$(${JSON.stringify(nodeName)})`;
	const hint = (setting: string, instead: string, isIgnored: string): NodeHint => ({
		message: `This is a test, which ignores nothing. Once the workflow is published, ${setting} ignores this item. ${instead}`,
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'afterExecution',
		displayCondition: `={{ ${JSON.stringify(outputs)}.some((output) => ${node}.all(output).some(({ json }) => ${isIgnored})) }}`,
	});
	const option = (name: AddressOption, whom: string, isIgnored: string) =>
		hint(
			ADDRESS_OPTIONS[name],
			`To receive it, change the ${whom} under Options.`,
			`((typed, names) => typed.length > 0 && names.length > 0 && ${isIgnored})(String($parameter.options?.${name} ?? "").split(/[,;\\n\\r]+/).filter((entry) => entry.trim() !== "").map(${KEY}), ${name === 'onlyNumbers' ? us : CUSTOMER}.filter((name) => name).map(${KEY}))`,
		);
	return [
		hint(
			'Listen To',
			"To receive it, select its event there. Until then, the output's name is in parentheses.",
			'($parameter.events || []).length > 0 && !$parameter.events.includes(json.event)',
		),
		...(chats.hasGroups
			? [
					hint(
						'Chats',
						'To receive it, select Direct Chats and Groups there.',
						'json.conversation?.kind === { direct: "group", groups: "person" }[$parameter.chats]',
					),
				]
			: []),
		option('onlyFrom', 'customers', '!names.some((name) => typed.includes(name))'),
		option('neverFrom', 'customers', 'names.some((name) => typed.includes(name))'),
		option('onlyNumbers', 'numbers', '!names.some((name) => typed.includes(name))'),
		hint(
			'Message Types',
			'To receive it, select its type under Options.',
			`["message.received", "message.echo"].includes(json.event) && json.messageType && ($parameter.options?.messageTypes ?? []).length > 0 && !$parameter.options.messageTypes.includes(((type) => ${JSON.stringify(MESSAGE_TYPES)}.includes(type) ? type : "other")({ voice: "audio", ptt: "audio", ptv: "video" }[json.messageType] ?? json.messageType))`,
		),
	];
}
