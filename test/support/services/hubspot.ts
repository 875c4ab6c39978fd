import type { OutgoingRequest, Service, ServiceResponse } from '../../kit/services/outgoing';

type Properties = Record<string, string>;

interface Contact {
	/** Grows with the date of creation. */
	id: string;
	properties: Properties;
	/** A new contact is not found by a search at once. */
	isIndexed: boolean;
}

interface Property {
	name: string;
	hasUniqueValue: boolean;
}

interface Filter {
	propertyName: string;
	operator: string;
	value?: string;
}

/** What every HubSpot account has, of those that the examples write. */
const BUILT_IN = ['email', 'firstname', 'lastname', 'phone'];

/** Of a text property, and so of a note's body. */
const LONGEST_TEXT = 65_536;

const LONGEST_SEARCH = 3_000;

/**
 * HubSpot's CRM API, as far as the examples and the test of n8n's credential use it (HubSpot
 * developer docs: CRM API contacts, notes, properties, search; account information; for the words of a conflict, HubSpot/hubspot-api-nodejs issue 545). It rejects
 * what HubSpot rejects: properties that do not exist, a filter without a value, a search or a text
 * that is too long, a contact without email or name, an email that is none, an email or another value
 * that has to be unique and belongs to somebody else.
 */
export class FakeHubSpot implements Service {
	readonly host = 'api.hubapi.com';

	contacts: Contact[] = [];

	notes: { contactId: string; body: string; timestamp: string }[] = [];

	/** Statuses for the next requests, instead of an answer. */
	faults: number[] = [];

	private properties: Property[] = [];

	private lastId = 100;

	constructor(private readonly token: string) {}

	/** Forgets everything. */
	reset(): void {
		this.contacts = [];
		this.notes = [];
		this.faults = [];
		this.properties = [];
	}

	/** What HubSpot's index does after a few seconds. */
	index(): void {
		for (const contact of this.contacts) contact.isIndexed = true;
	}

	/** A contact that was there before. */
	add(properties: Properties): Contact {
		const contact = { id: String(++this.lastId), properties, isIndexed: true };
		this.contacts.push(contact);
		return contact;
	}

	respond(request: OutgoingRequest & { path: string }): ServiceResponse {
		const fault = this.faults.shift();
		if (fault) return failure(fault, 'ERROR', 'out of order');
		if (request.authorization !== `Bearer ${this.token}`) {
			return failure(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
		}
		const body = (request.body ?? {}) as Record<string, unknown>;
		switch (`${request.method} ${request.path}`) {
			case 'GET /account-info/v3/details':
				return { status: 200, json: { portalId: 1, accountType: 'STANDARD' } };
			case 'POST /crm/v3/properties/contacts':
				return this.createProperty(body);
			case 'POST /crm/v3/objects/contacts/search':
				return this.search(body);
			case 'POST /crm/v3/objects/contacts/batch/upsert':
				return this.upsert(body);
			case 'POST /crm/v3/objects/contacts/batch/update':
				return this.update(body);
			case 'POST /crm/v3/objects/notes':
				return this.addNote(body);
			default:
				return failure(404, 'NOT_FOUND', `no such resource: ${request.method} ${request.path}`);
		}
	}

	private createProperty(property: Record<string, unknown>): ServiceResponse {
		const { name, label, groupName, type, fieldType, hasUniqueValue } = property;
		if (typeof name !== 'string' || !label || !groupName || type !== 'string' || !fieldType) {
			return failure(400, 'VALIDATION_ERROR', 'the property is not complete');
		}
		if (this.has(name)) {
			return failure(409, 'OBJECT_ALREADY_EXISTS', `A property named '${name}' already exists.`);
		}
		this.properties.push({ name, hasUniqueValue: hasUniqueValue === true });
		return { status: 201, json: property };
	}

	private search(body: Record<string, unknown>): ServiceResponse {
		const {
			filterGroups = [],
			sorts = [],
			limit = 10,
		} = body as {
			filterGroups?: { filters: Filter[] }[];
			sorts?: { direction: string }[];
			limit?: number;
		};
		if (JSON.stringify(body).length > LONGEST_SEARCH) {
			return failure(400, 'VALIDATION_ERROR', 'the search is too long');
		}
		if (filterGroups.length > 5) return failure(400, 'VALIDATION_ERROR', 'too many filter groups');
		for (const { propertyName, operator, value } of filterGroups.flatMap(
			(group) => group.filters,
		)) {
			if (!this.has(propertyName)) return unknownProperty(propertyName);
			if (operator !== 'EQ' || !value) {
				return failure(400, 'VALIDATION_ERROR', `${operator} on ${propertyName} needs a value`);
			}
		}
		const isMatch = ({ properties }: Contact) =>
			filterGroups.some(({ filters }) =>
				filters.every(({ propertyName, value }) => properties[propertyName] === value),
			);
		const sign = sorts[0]?.direction === 'DESCENDING' ? -1 : 1;
		const results = this.contacts
			.filter((contact) => contact.isIndexed && isMatch(contact))
			.sort((a, b) => sign * (Number(a.id) - Number(b.id)));
		return {
			status: 200,
			json: { total: results.length, results: results.slice(0, limit).map(publicly) },
		};
	}

	private upsert(body: Record<string, unknown>): ServiceResponse {
		const { inputs = [] } = body as {
			inputs?: { id?: string; idProperty: string; properties: Properties }[];
		};
		const results = [];
		for (const { id, idProperty, properties } of inputs) {
			if (!this.isUnique(idProperty) || !id) {
				return failure(400, 'VALIDATION_ERROR', `${idProperty} is not unique, or has no value`);
			}
			const existing = this.contacts.find((contact) => contact.properties[idProperty] === id);
			const rejection = this.rejectionOf(properties, existing);
			if (rejection) return rejection;
			if (!existing && !properties.email && !properties.firstname && !properties.lastname) {
				return failure(400, 'VALIDATION_ERROR', 'email, firstname or lastname is needed');
			}
			const contact = existing ?? this.add({ [idProperty]: id });
			contact.isIndexed = existing?.isIndexed ?? false;
			Object.assign(contact.properties, properties);
			results.push({ ...publicly(contact), new: !existing });
		}
		return { status: 200, json: { status: 'COMPLETE', results } };
	}

	private update(body: Record<string, unknown>): ServiceResponse {
		const { inputs = [] } = body as { inputs?: { id?: string; properties: Properties }[] };
		const results = [];
		for (const { id, properties } of inputs) {
			if (!id) return failure(400, 'VALIDATION_ERROR', 'an input has no id');
			const contact = this.contacts.find((candidate) => candidate.id === id);
			if (!contact) return someNotFound(id);
			const rejection = this.rejectionOf(properties, contact);
			if (rejection) return rejection;
			Object.assign(contact.properties, properties);
			results.push(publicly(contact));
		}
		return { status: 200, json: { status: 'COMPLETE', results } };
	}

	private addNote(body: Record<string, unknown>): ServiceResponse {
		const { properties, associations = [] } = body as {
			properties: { hs_timestamp?: string; hs_note_body?: string };
			associations?: {
				to: { id: string };
				types: { associationCategory: string; associationTypeId: number }[];
			}[];
		};
		const { hs_timestamp: timestamp = '', hs_note_body: text = '' } = properties;
		if (Number.isNaN(Date.parse(timestamp))) {
			return failure(400, 'VALIDATION_ERROR', 'hs_timestamp is required');
		}
		if (text.length > LONGEST_TEXT) {
			return failure(400, 'VALIDATION_ERROR', 'hs_note_body is too long');
		}
		const contactId = associations[0]?.to.id ?? '';
		const type = associations[0]?.types[0];
		const isOfContact =
			type?.associationCategory === 'HUBSPOT_DEFINED' && type.associationTypeId === 202;
		if (!isOfContact || !this.contacts.some(({ id }) => id === contactId)) {
			return failure(400, 'VALIDATION_ERROR', 'the note is associated with no contact');
		}
		this.notes.push({ contactId, body: text, timestamp });
		return { status: 201, json: { id: String(++this.lastId), properties } };
	}

	/** Why HubSpot would not write these properties to a contact, if it would not. */
	private rejectionOf(properties: Properties, contact?: Contact): ServiceResponse | undefined {
		const unknown = Object.keys(properties).find((name) => !this.has(name));
		if (unknown !== undefined) return unknownProperty(unknown);
		const { email } = properties;
		if (email !== undefined && !/^[^\s@/]+@[^\s@]+\.[a-z]{2,}$/i.test(email)) {
			return failure(400, 'VALIDATION_ERROR', `Email address ${email} is invalid`);
		}
		const ownerOf = (name: string, value: string) =>
			this.contacts.find(
				(one) =>
					one !== contact && one.properties[name]?.toLowerCase() === value.trim().toLowerCase(),
			);
		const namesake = email ? ownerOf('email', email) : undefined;
		if (namesake) {
			return failure(409, 'CONFLICT', `Contact already exists. Existing ID: ${namesake.id}`);
		}
		for (const [name, value] of Object.entries(properties)) {
			if (value.length > LONGEST_TEXT) return invalid(name, 'too long', 'VALUE_TOO_LONG');
			const owner = value && this.isUnique(name) ? ownerOf(name, value) : undefined;
			if (owner) {
				return invalid(name, `${owner.id} already has that value.`, 'CONFLICTING_UNIQUE_VALUE');
			}
		}
		return undefined;
	}

	private isUnique(name: string): boolean {
		return this.properties.some((property) => property.name === name && property.hasUniqueValue);
	}

	private has(name: string): boolean {
		return BUILT_IN.includes(name) || this.properties.some((property) => property.name === name);
	}
}

function publicly({ id, properties }: Contact) {
	return { id, properties: { ...properties }, archived: false };
}

function failure(status: number, category: string, message: string): ServiceResponse {
	return { status, json: { status: 'error', category, message, correlationId: 'recorded' } };
}

/** What HubSpot says of a batch whose contact doesn't exist: a success with errors in it. */
function someNotFound(id: string): ServiceResponse {
	const message = 'Could not get some CONTACT objects, they may be deleted or not exist.';
	const errors = [
		{ status: 'error', category: 'OBJECT_NOT_FOUND', message, context: { ids: [id] } },
	];
	return { status: 207, json: { status: 'COMPLETE', results: [], numErrors: 1, errors } };
}

/** How HubSpot says what is wrong with a property's value. */
function invalid(name: string, message: string, error: string): ServiceResponse {
	const details = JSON.stringify([{ isValid: false, message, error, name }]);
	return failure(400, 'VALIDATION_ERROR', `Property values were not valid: ${details}`);
}

function unknownProperty(name: string): ServiceResponse {
	return failure(400, 'VALIDATION_ERROR', `Property "${name}" does not exist`);
}
