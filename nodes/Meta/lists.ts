import type { Send } from '../shared/n8n/api/send';
import { apiKeyOf } from '../shared/n8n/api/access';
import { listSearch, type Choice, type ReadPage } from '../shared/n8n/api/list-search';
import {
	listAccountIds,
	listNumbers,
	readAccount,
	withAppSecretProof,
	type Account,
	type PhoneNumber,
} from './api';
import { access } from './credential';

/** How many accounts are asked for their names at the same time. */
const ACCOUNTS_PER_PAGE = 10;

const NOT_AN_ASSET =
	'In Meta Business Suite (Settings → System users), give the system user of the token the WhatsApp account as an asset. Then open this list again.';

/** Lists the WhatsApp Business Accounts that the Access Token opens. */
export const searchAccounts = listSearch({
	access,
	typed: "the account's ID",
	open: (send, credential) =>
		accountPages(withAppSecretProof(send, credential), apiKeyOf(access, credential)),
	ifNone: {
		message: 'The Access Token shows no WhatsApp Business Account',
		advice: NOT_AN_ASSET,
	},
});

/** Lists the phone numbers of all these accounts. */
export const searchPhoneNumbers = listSearch({
	access,
	typed: "the number's ID",
	open: (send, credential) =>
		numberPages(withAppSecretProof(send, credential), apiKeyOf(access, credential)),
	ifNone: {
		message: 'The Access Token shows no phone number',
		advice: NOT_AN_ASSET,
	},
});

/** The token of a page is the ID of its first account. */
function accountPages(send: Send, accessToken: string): ReadPage {
	const accountIds = once(() => listAccountIds(send, accessToken));
	return async (token) => {
		const ids = await accountIds();
		const start = token === undefined ? 0 : ids.indexOf(token);
		if (start < 0) return { choices: [] };
		const end = start + ACCOUNTS_PER_PAGE;
		const accounts = await Promise.all(ids.slice(start, end).map((id) => readAccount(send, id)));
		return { choices: accounts.map(accountChoice), next: ids[end] };
	};
}

/** The token of a page is the ID of its account, and after a space the cursor of its first number. */
function numberPages(send: Send, accessToken: string): ReadPage {
	const accountIds = once(() => listAccountIds(send, accessToken));
	return async (token) => {
		const ids = await accountIds();
		const [accountId = ids[0], cursor] = token?.split(' ') ?? [];
		if (accountId === undefined || !ids.includes(accountId)) return { choices: [] };
		const { numbers, after } = await listNumbers(send, accountId, cursor);
		return {
			choices: numbers.map(numberChoice),
			next: after === undefined ? ids[ids.indexOf(accountId) + 1] : `${accountId} ${after}`,
		};
	};
}

/** Such as `My Shop (102290129340398)`. */
function accountChoice({ id, name }: Account): Choice {
	return { value: id, name: name === null ? id : `${name} (${id})` };
}

/** Such as `+1 555-010-2030 (My Shop)`. */
function numberChoice({ id, displayNumber, verifiedName }: PhoneNumber): Choice {
	const number = displayNumber?.replace(/^(?=\d)/, '+') ?? id;
	return { value: id, name: verifiedName === null ? number : `${number} (${verifiedName})` };
}

/** Reads something when it's first needed, and then keeps it. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return () => (result ??= read());
}
