import { NodeApiError } from 'n8n-workflow';
import { LIMITS } from '../../nodes/shared/n8n/api/limits';
import type { FakeApiServer } from '../kit/fake-api-server';
import { openList, type ListOptions } from './list-context';

/** What n8n's editor shows where a list can't be opened: a title, and a note below it. */
export interface ListFault {
	message: string;
	description: string;
}

/** Expects the list not to open, and this to be shown. */
export async function expectListFault(
	options: ListOptions,
	{ message, description }: ListFault,
): Promise<void> {
	const error: unknown = await openList(options).catch((caught: unknown) => caught);
	// Of n8n's errors, only this one reaches the editor with its description.
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({ message, description });
	// What n8n sends to the editor, with nothing of the credential in it.
	const sent = JSON.stringify(error);
	for (const secret of Object.values(options.credential ?? {})) {
		if (typeof secret === 'string' && secret.trim() !== '' && !secret.startsWith('http')) {
			expect(sent).not.toContain(secret);
		}
	}
}

/** How a provider's list is tested. */
export interface ListUnderTest {
	/** The fake of its API, as it is now. */
	api: () => FakeApiServer;
	/** The list, with a credential that opens it. */
	list: () => ListOptions;
	/** The credential's field for the key. */
	keyField: string;
	/** How the advice ends where there's a way around. */
	byId: string;
	displayName: string;
	/** The provider's API in messages. */
	apiName: string;
}

/** What holds for every list of a provider's API when something is wrong. */
export function describeListFaults(
	{ api, list, keyField, byId, displayName, apiName }: ListUnderTest,
	noKey: ListFault,
): void {
	describe('when something is wrong', () => {
		it('says what to enter where the key is missing, and asks for nothing', async () => {
			const { credential, ...options } = list();
			const without = { ...options, credential: { ...credential, [keyField]: ' ' } };

			await expectListFault(without, noKey);
			expect(api().log).toEqual([]);
		});

		it('says so for a credential that was deleted', async () => {
			await expect(openList({ ...list(), credential: null })).rejects.toThrow('does not exist');
		});

		it.each([
			['a web page', '<!doctype html><title>Sign in</title>', 'text/html', 'text/html'],
			['another form', '{"hello":"world"}', 'application/json', 'JSON'],
			['nothing', '', 'application/json', 'empty'],
		])('takes no response in an undocumented form: %s', async (_, body, type, form) => {
			api().outage = () => ({ body, headers: { 'content-type': type } });

			await expectListFault(list(), {
				message: `The response isn't in the form that ${apiName} documents (HTTP 200, ${form})`,
				description: `Another server, a sign-in page, or a proxy may respond in its place. Check the Base URL in the credential. ${byId}`,
			});
		});

		it('waits for no response longer than for any', async () => {
			const { responseMs } = LIMITS;
			LIMITS.responseMs = 500;
			api().outage = () => ({ isSilent: true });

			await expectListFault(list(), {
				message: `${apiName} at ${api().baseUrl} didn't respond within 0.5 seconds`,
				description: `Try again. If it keeps happening, check that ${displayName} is running and that n8n can reach the Base URL in the credential. ${byId}`,
			});
			LIMITS.responseMs = responseMs;
		});

		it("reads no longer a response than any that's documented", async () => {
			api().outage = () => ({ body: `["${'x'.repeat(6 * 1024 * 1024)}"]` });

			await expectListFault(list(), {
				message: `The response from ${api().baseUrl} is longer than any that ${apiName} documents`,
				description: `n8n stopped reading it. Check that the Base URL in the credential is the address of ${displayName}. ${byId}`,
			});
		});
	});
}
