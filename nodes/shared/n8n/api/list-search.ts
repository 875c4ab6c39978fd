import type {
	ICredentialDataDecryptedObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
} from 'n8n-workflow';
import { oneLine } from '../../core/values/one-line';
import { sendWithCredential, type Send } from './send';
import { apiKeyOf, type ApiAccess } from './access';
import { ApiFault, OR_MANUAL } from './fault';
import { withNodeErrors } from './node-errors';

/** An entry of a list. */
export interface Choice {
	/** The ID the workflow stores. */
	value: string;
	/** The label in the editor: the name, and details in parentheses. */
	name: string;
}

/** A page of a list. */
interface ChoicePage {
	choices: readonly Choice[];
	/** The token of the next page; undefined on the last. */
	next?: string;
}

/** Reads the page with a token from an earlier page, or the first page. May throw an {@link ApiFault}. */
export type ReadPage = (token?: string) => Promise<ChoicePage>;

/** A list from a provider's API to choose an ID from. */
interface ChoiceList {
	access: ApiAccess;
	/** What to type instead, such as "the session's name". */
	typed: string;
	/** Opens the list for one call from n8n. */
	open: (send: Send, credential: ICredentialDataDecryptedObject) => ReadPage;
	/** The fault if the list is empty: what happened, without a period, and what to do. */
	ifNone: { message: string; advice: string };
}

/** How many pages one call may read, each of which takes one or more requests. */
const MOST_PAGES = 10;

/** How many matches are enough: more than n8n's editor shows at once, so that it asks for more. */
const ENOUGH = 20;

/** More than anyone scrolls through. The search finds the rest. */
const MOST_CHOICES = 1_000;

/** The method n8n's editor calls to list and search the choices. */
export function listSearch({ access, typed, open, ifNone }: ChoiceList) {
	return async function (
		this: ILoadOptionsFunctions,
		filter = '',
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const byId = `Or switch to By ID and type ${typed}.`;
		return await withNodeErrors(this, access, async (credential) => {
			try {
				if (apiKeyOf(access, credential) === '') throw noKey(access);
				const send = sendWithCredential(this, access, credential);
				const found = await search(open(send, credential), filter, paginationToken);
				const isWhole = filter === '' && paginationToken === undefined && !found.paginationToken;
				if (isWhole && found.results.length === 0) {
					throw new ApiFault(ifNone.message, ifNone.advice);
				}
				return found;
			} catch (error) {
				throw error instanceof ApiFault ? asShownInList(error, byId) : error;
			}
		});
	};
}

/**
 * Reads pages until there's something to show, since n8n's editor doesn't ask for more after a page without
 * a match.
 */
async function search(
	read: ReadPage,
	filter: string,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const matches = matching(filter);
	const results: Choice[] = [];
	let next = paginationToken;
	for (let pages = 0; pages < MOST_PAGES && results.length < ENOUGH; pages++) {
		const page = await read(next);
		for (const choice of page.choices) {
			const { value, name } = choice;
			if (results.length < MOST_CHOICES && matches(choice)) {
				results.push({ value, name: oneLine(name) });
			}
		}
		next = page.next;
		if (next === undefined) break;
	}
	return { results, ...(next === undefined ? {} : { paginationToken: next }) };
}

/**
 * Whether a choice contains a text, ignoring case; for a number, also ignoring how its digits are grouped.
 */
function matching(filter: string): (choice: Choice) => boolean {
	const wanted = filter.trim().toLowerCase();
	const digits = /^[-+\d\s().]+$/.test(wanted) ? digitsOf(wanted) : '';
	return ({ name, value }) => {
		const text = `${name} ${value}`.toLowerCase();
		return text.includes(wanted) || (digits !== '' && digitsOf(text).includes(digits));
	};
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

function noKey({ keyLabel, keyLocation }: ApiAccess): ApiFault {
	return new ApiFault(
		`To choose from a list, enter the ${keyLabel} in the credential`,
		keyLocation,
	);
}

/** A fault with the workaround for a list. */
function asShownInList({ message, advice, statusCode }: ApiFault, byId: string): ApiFault {
	return new ApiFault(
		// n8n's editor shows an error of a list without its hyphens, which a host name may have.
		message.replaceAll('-', '\u2011'),
		advice.includes(OR_MANUAL) ? advice.replace(OR_MANUAL, byId) : `${advice} ${byId}`,
		{ statusCode },
	);
}
