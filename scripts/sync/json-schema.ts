import type { ZodType } from 'zod/v3';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { itemSchema } from '../../nodes/shared/core/item/item';

/** What of JSON Schema an item's fields use. */
export interface FieldSchema {
	title?: string;
	type?: string | string[];
	description?: string;
	enum?: string[];
	format?: string;
	anyOf?: FieldSchema[];
	items?: FieldSchema;
	properties?: Record<string, FieldSchema>;
	required?: string[];
}

/** The item as JSON Schema (draft 7), from the same zod schema that its type is inferred from. */
export function itemJsonSchema(): FieldSchema & { $schema: string; $id: string } {
	// zod declares its types under two addresses, which TypeScript takes for different ones.
	const { $schema, ...schema } = zodToJsonSchema(itemSchema as unknown as ZodType, {
		$refStrategy: 'none',
	}) as { $schema: string } & FieldSchema;
	return {
		$schema,
		// A name, not an address: where the package is published and hosted may change.
		$id: 'urn:n8n-nodes-whatsapp-triggers:item',
		title: 'Item of n8n-nodes-whatsapp-triggers',
		description: 'One message, status or change, as every trigger of the package emits it',
		...schema,
	};
}
