import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { credentialOf } from '../../scripts/sync/classes';
import { hasKey, KEYED_CREDENTIALS } from '../support/keyed-credentials';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

const REQUEST: IHttpRequestOptions = {
	url: 'https://api.example.com/messages',
	method: 'POST',
	headers: { Accept: 'application/json' },
	body: { to: '1' },
};

describe.each(KEYED_CREDENTIALS)('an HTTP Request node with $type', (keyed) => {
	const under = PROVIDERS_UNDER_TEST.find(({ credentialType }) => credentialType === keyed.type);
	if (!under) throw new Error(`no provider has ${keyed.type}`);
	const credential = credentialOf(under);
	const authenticate = async (data: ICredentialDataDecryptedObject) => {
		if (typeof credential.authenticate !== 'function') throw new Error('no function');
		const request = structuredClone(REQUEST);
		const sent = await credential.authenticate({ ...keyed.data, ...data }, request);
		// The HTTP Request node shows this one in the browser.
		expect(request).toEqual(REQUEST);
		return sent;
	};

	it('sends the key as the provider documents it, and the rest as it was', async () => {
		const headers = { ...REQUEST.headers, ...keyed.headers };

		expect(await authenticate({})).toEqual({ ...REQUEST, headers });
		expect(await authenticate({ [keyed.keyField]: ` ${keyed.data[keyed.keyField]}\n` })).toEqual({
			...REQUEST,
			headers,
		});
	});

	it.each([undefined, '', ' \n', 7])('sends nothing without a key (%j)', async (key) => {
		await expect(authenticate({ [keyed.keyField]: key } as never)).rejects.toMatchObject(
			keyed.withoutKey,
		);
	});

	it('sends nothing with a key that no request could carry', async () => {
		await expect(authenticate({ [keyed.keyField]: '••••••••' })).rejects.toMatchObject({
			description: expect.stringContaining('is a masked value') as string,
		});
		await expect(authenticate({ [keyed.keyField]: 'Schlüssel' })).rejects.toThrow("can't be used");
	});

	it('names the field as the editor shows it', () => {
		const field = credential.properties.find(({ name }) => name === keyed.keyField);

		expect(field).toMatchObject({ default: '' });
		expect(field?.required).toBeUndefined();
		expect(keyed.withoutKey.message.endsWith(` has no ${field?.displayName}`)).toBe(true);
		expect(field?.hint).toContain('HTTP Request nodes');
	});
});

it('is possible for each provider whose simulator has a key, and for no other', () => {
	const withKey = PROVIDERS_UNDER_TEST.filter((under) => hasKey(credentialOf(under)));

	expect(withKey.map(({ credentialType }) => credentialType)).toEqual(
		KEYED_CREDENTIALS.map(({ type }) => type),
	);
});

it('needs the Auth Token as well at Twilio', async () => {
	const twilio = PROVIDERS_UNDER_TEST.find(({ id }) => id === 'twilio');
	const { authenticate } = credentialOf(twilio as never);
	if (typeof authenticate !== 'function') throw new Error('no function');
	const accountSid = `AC${'0'.repeat(32)}`;

	await expect(authenticate({ accountSid, webhookSecret: ' ' }, REQUEST)).rejects.toMatchObject({
		message: 'The Twilio credential has no Auth Token',
		description: expect.stringContaining('Account Info → Auth Token') as string,
	});
	await expect(authenticate({ accountSid: 'SK1', webhookSecret: 'x' }, REQUEST)).rejects.toThrow(
		"can't be used",
	);
});
