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

/** Something to choose from a list. */
export interface Choice {
	/** The ID that a workflow stores. */
	value: string;
	/** What the editor shows: the name, and in parentheses what helps to tell it from others. */
	name: string;
}

/** A part of a list. */
interface ChoicePage {
	choices: readonly Choice[];
	/** What the next part is asked for with; undefined where this is the last. */
	next?: string;
}

/** Reads the part of a list that a token of an earlier part names, or the first. May throw an {@link ApiFault}. */
export type ReadPage = (token?: string) => Promise<ChoicePage>;

/** A list of a provider's API to choose an ID from. */
interface ChoiceList {
	access: ApiAccess;
	/** What a person types instead, such as "the session's name". */
	typed: string;
	/** Opens the list for one call of n8n's. */
	open: (send: Send, credential: ICredentialDataDecryptedObject) => ReadPage;
	/** What to say where the key opens nothing: what happened, without a period, and what to do. */
	ifNone: { message: string; advice: string };
}

/** How many parts one call of n8n's may read, each of which is a request or some. */
const MOST_PAGES = 10;

/** How many matches are enough: more than n8n's editor shows at once, so that it can ask for the next. */
const ENOUGH = 20;

/** More than anybody scrolls through; the search finds the others. */
const MOST_CHOICES = 1_000;

/** The method by which n8n's editor lists what a person can choose from, and searches it. */
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

/** Reads on until there's something to show: n8n's editor doesn't ask for more of a search without a match. */
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

/** Whether a choice has a text in it, in any case; a number also however its digits are grouped. */
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

/** A fault with the way around it that a list has. */
function asShownInList({ message, advice, statusCode }: ApiFault, byId: string): ApiFault {
	return new ApiFault(
		// n8n's editor shows an error of a list without its hyphens, which a host name may have.
		message.replaceAll('-', '\u2011'),
		advice.includes(OR_MANUAL) ? advice.replace(OR_MANUAL, byId) : `${advice} ${byId}`,
		{ statusCode },
	);
}
