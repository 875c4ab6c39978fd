import type { OutgoingRequest, Service, ServiceAnswer } from './outgoing';

type Properties = Record<string, string>;

interface Contact {
	id: string;
	properties: Properties;
	/** A new contact is not found by a search at once. */
	isIndexed: boolean;
}

interface Property {
	name: string;
	label: string;
	groupName: string;
	type: string;
	fieldType: string;
	hasUniqueValue: boolean;
}

/** What every HubSpot account has, of those that the examples write. */
const BUILT_IN = ['email', 'firstname', 'lastname', 'phone', 'hs_whatsapp_phone_number'];

/**
 * HubSpot's CRM API, as far as the examples use it (HubSpot developer docs: CRM API contacts, notes,
 * properties, search; legacy contacts API v1 for "create or update by email", which n8n's node uses).
 * It refuses what HubSpot refuses: properties that do not exist, a filter without a value, a contact
 * without email or name, a second contact with a value that has to be unique.
 */
export class FakeHubSpot implements Service {
	readonly host = 'api.hubapi.com';

	contacts: Contact[] = [];

	notes: { contactId: string; body: string; timestamp: string }[] = [];

	properties: Property[] = [];

	/** Statuses for the next requests, instead of an answer. */
	readonly faults: number[] = [];

	private lastId = 100;

	constructor(private readonly token: string) {}

	/** Forgets everything, and has the properties that "Prepare HubSpot Once" makes if wanted. */
	reset(): void {
		this.contacts = [];
		this.notes = [];
		this.properties = [];
	}

	/** What HubSpot's index does after a few seconds. */
	index(): void {
		for (const contact of this.contacts) contact.isIndexed = true;
	}

	add(properties: Properties): Contact {
		const contact = { id: String(++this.lastId), properties, isIndexed: true };
		this.contacts.push(contact);
		return contact;
	}

	answer(request: OutgoingRequest & { path: string }): ServiceAnswer {
		const fault = this.faults.shift();
		if (fault) return failure(fault, 'ERROR', 'out of order');
		if (request.authorization !== `Bearer ${this.token}`) {
			return failure(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
		}
		const body = (request.body ?? {}) as Record<string, unknown>;
		const route = `${request.method} ${request.path}`;
		if (route === 'POST /crm/v3/properties/contacts/batch/create')
			return this.createProperties(body);
		if (route === 'POST /crm/v3/objects/contacts/search') return this.search(body);
		if (route === 'POST /crm/v3/objects/contacts/batch/upsert') return this.upsert(body);
		if (route === 'POST /crm/v3/objects/notes') return this.addNote(body);
		const patch = /^PATCH \/crm\/v3\/objects\/contacts\/(\d+)$/.exec(route);
		if (patch) return this.update(String(patch[1]), body);
		const byEmail = /^POST \/contacts\/v1\/contact\/createOrUpdate\/email\/(.+)$/.exec(route);
		if (byEmail) return this.upsertByEmail(decodeURIComponent(String(byEmail[1])), body);
		return failure(404, 'NOT_FOUND', `no such resource: ${route}`);
	}

	private createProperties({ inputs }: { inputs?: Property[] }): ServiceAnswer {
		for (const { name, label, groupName, type, fieldType } of inputs ?? []) {
			if (!name || !label || !groupName || type !== 'string' || fieldType !== 'text') {
				return failure(400, 'VALIDATION_ERROR', `property ${name} is not complete`);
			}
			if (this.properties.some((property) => property.name === name)) {
				return failure(409, 'OBJECT_ALREADY_EXISTS', `A property named '${name}' already exists.`);
			}
		}
		this.properties.push(...(inputs ?? []));
		return { status: 201, json: { status: 'COMPLETE', results: inputs } };
	}

	private search(body: Record<string, unknown>): ServiceAnswer {
		const groups = (body.filterGroups ?? []) as {
			filters: { propertyName: string; operator: string; value?: string }[];
		}[];
		if (groups.length > 5) return failure(400, 'VALIDATION_ERROR', 'too many filter groups');
		for (const { propertyName, operator, value } of groups.flatMap(({ filters }) => filters)) {
			if (!this.has(propertyName)) return unknownProperty(propertyName);
			if (operator !== 'EQ' || !value) {
				return failure(400, 'VALIDATION_ERROR', `${operator} on ${propertyName} needs a value`);
			}
		}
		const results = this.contacts.filter(
			({ properties, isIndexed }) =>
				isIndexed &&
				groups.some(({ filters }) =>
					filters.every(({ propertyName, value }) => properties[propertyName] === value),
				),
		);
		return { status: 200, json: { total: results.length, results: results.map(publicly) } };
	}

	private upsert({ inputs = [] }: { inputs?: UpsertInput[] }): ServiceAnswer {
		const results = [];
		for (const { id, idProperty, properties } of inputs) {
			const isUnique = this.properties.some(
				({ name, hasUniqueValue }) => name === idProperty && hasUniqueValue,
			);
			if (!isUnique) return failure(400, 'VALIDATION_ERROR', `${idProperty} is not unique`);
			if (!id) return failure(400, 'VALIDATION_ERROR', 'an input without an id');
			const wrong = this.unknownOf(properties);
			if (wrong) return unknownProperty(wrong);
			const existing = this.contacts.find((contact) => contact.properties[idProperty] === id);
			if (existing) {
				Object.assign(existing.properties, properties);
				results.push({ ...publicly(existing), new: false });
				continue;
			}
			if (!properties.email && !properties.firstname && !properties.lastname) {
				return failure(400, 'VALIDATION_ERROR', 'email, firstname or lastname is needed');
			}
			const contact = this.add({ [idProperty]: id, ...properties });
			contact.isIndexed = false;
			results.push({ ...publicly(contact), new: true });
		}
		return { status: 200, json: { status: 'COMPLETE', results } };
	}

	private update(id: string, { properties = {} }: { properties?: Properties }): ServiceAnswer {
		const contact = this.contacts.find((candidate) => candidate.id === id);
		if (!contact) return failure(404, 'OBJECT_NOT_FOUND', 'resource not found');
		const wrong = this.unknownOf(properties);
		if (wrong) return unknownProperty(wrong);
		for (const { name } of this.properties.filter(({ hasUniqueValue }) => hasUniqueValue)) {
			const isTaken = this.contacts.some(
				(other) =>
					other !== contact && properties[name] && other.properties[name] === properties[name],
			);
			if (isTaken) return failure(400, 'VALIDATION_ERROR', `${name} has to be unique`);
		}
		Object.assign(contact.properties, properties);
		return { status: 200, json: publicly(contact) };
	}

	private addNote(body: Record<string, unknown>): ServiceAnswer {
		const { properties, associations } = body as {
			properties: { hs_timestamp?: string; hs_note_body?: string };
			associations?: {
				to: { id: string };
				types: { associationCategory: string; associationTypeId: number }[];
			}[];
		};
		if (!properties.hs_timestamp || Number.isNaN(Date.parse(properties.hs_timestamp))) {
			return failure(400, 'VALIDATION_ERROR', 'hs_timestamp is required');
		}
		const to = associations?.[0];
		const type = to?.types[0];
		const isToContact =
			type?.associationCategory === 'HUBSPOT_DEFINED' && type.associationTypeId === 202;
		if (!isToContact || !this.contacts.some(({ id }) => id === to?.to.id)) {
			return failure(400, 'VALIDATION_ERROR', 'the note is associated with no contact');
		}
		this.notes.push({
			contactId: String(to?.to.id),
			body: properties.hs_note_body ?? '',
			timestamp: properties.hs_timestamp,
		});
		return { status: 201, json: { id: String(++this.lastId), properties } };
	}

	private upsertByEmail(email: string, body: Record<string, unknown>): ServiceAnswer {
		const list = (body.properties ?? []) as { property: string; value: string }[];
		const properties = Object.fromEntries(list.map(({ property, value }) => [property, value]));
		const wrong = this.unknownOf(properties);
		if (wrong) return unknownProperty(wrong);
		const existing = this.contacts.find((contact) => contact.properties.email === email);
		const contact = existing ?? this.add({ email });
		Object.assign(contact.properties, properties);
		return { status: 200, json: { vid: Number(contact.id), isNew: !existing } };
	}

	private has(name: string): boolean {
		return BUILT_IN.includes(name) || this.properties.some((property) => property.name === name);
	}

	private unknownOf(properties: Properties): string | undefined {
		return Object.keys(properties).find((name) => !this.has(name));
	}
}

interface UpsertInput {
	id: string;
	idProperty: string;
	properties: Properties;
}

function publicly({ id, properties }: Contact) {
	return { id, properties, archived: false };
}

function failure(status: number, category: string, message: string): ServiceAnswer {
	return { status, json: { status: 'error', category, message, correlationId: 'recorded' } };
}

function unknownProperty(name: string): ServiceAnswer {
	return failure(400, 'VALIDATION_ERROR', `Property "${name}" does not exist`);
}
