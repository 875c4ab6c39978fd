import type { IWebhookFunctions } from 'n8n-workflow';
import { readCredential } from '../../nodes/shared/n8n/receive/credential';

describe('the credential of a node', () => {
	const read = async (getCredentials: (type: string) => unknown) =>
		await readCredential({ getCredentials } as unknown as IWebhookFunctions, 'exampleApi');

	it('is what n8n hands over, by the type that the node names', async () => {
		expect(await read((type) => ({ webhookSecret: 'x', type }))).toEqual({
			data: { webhookSecret: 'x', type: 'exampleApi' },
		});
	});

	it('is empty when n8n does not hand it over, and n8n says why', async () => {
		const failing = (reason: unknown) => () => {
			throw reason;
		};

		expect(await read(failing(new Error('it was deleted')))).toEqual({
			data: {},
			error: 'it was deleted',
		});
		expect(await read(failing('text'))).toEqual({ data: {}, error: 'text' });
	});
});
