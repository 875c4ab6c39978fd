import type { ICredentialTestFunctions } from 'n8n-workflow';
import { PROVIDERS_UNDER_TEST } from '../support/providers';

const [PINGMATE, CHATMITRA, CHAKRAHQ] = PROVIDERS_UNDER_TEST;
const SECRET_ONLY = [PINGMATE, CHATMITRA, CHAKRAHQ];

async function test(
	{ Trigger, credentialType }: (typeof SECRET_ONLY)[number],
	data: Record<string, string>,
) {
	const trigger = new Trigger();
	const testName = trigger.description.credentials?.[0]?.testedBy as string;
	const credentialTest = Object.entries(trigger.methods.credentialTest).find(
		([name]) => name === testName,
	)?.[1];
	return await credentialTest?.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'test',
		type: credentialType,
		data,
	});
}

const SIGNATURE = '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89';

describe.each(SECRET_ONLY)('$provider.displayName', (played) => {
	it('passes a secret that has the right form', async () => {
		expect(await test(played, { webhookSecret: 'whsec_abc', secondWebhookSecret: '' })).toEqual({
			status: 'OK',
			message: expect.stringContaining('first delivery') as string,
		});
	});

	it.each([
		['nothing', {}, 'is empty. Copy it from'],
		['an empty secret', { webhookSecret: '' }, 'is empty. Copy it from'],
		['white space', { webhookSecret: ' \n' }, 'is empty. Copy it from'],
		['white space before it', { webhookSecret: ' whsec_abc' }, 'begins or ends with white space'],
		['a line break after it', { webhookSecret: 'whsec_abc\n' }, 'begins or ends with white space'],
		[
			'dots in place of the secret',
			{ webhookSecret: 'whsec_••••••••' },
			'in place of a hidden secret',
		],
		[
			'stars in place of the secret',
			{ webhookSecret: 'whsec_*****' },
			'in place of a hidden secret',
		],
		['a prefixed signature', { webhookSecret: `sha256=${SIGNATURE}` }, 'looks like a signature'],
		[
			'white space around the previous secret',
			{ webhookSecret: 'whsec_abc', secondWebhookSecret: 'whsec_old ' },
			'The Second Webhook Secret begins or ends with white space',
		],
	])('says what is wrong with %s', async (_, data: Record<string, string>, message) => {
		const result = await test(played, data);

		expect(result?.status).toBe('Error');
		expect(result?.message).toContain(message);
		for (const secret of Object.values(data)) {
			if (secret.trim()) expect(result?.message).not.toContain(secret.trim());
		}
	});
});

it.each([PINGMATE, CHATMITRA])(
	'$provider.displayName takes no signature for a secret',
	async (played) => {
		expect(await test(played, { webhookSecret: SIGNATURE })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('looks like a signature') as string,
		});
	},
);

it('takes 64 hex digits for a secret at ChakraHQ, where its owner makes it up', async () => {
	expect(await test(CHAKRAHQ, { webhookSecret: SIGNATURE })).toMatchObject({ status: 'OK' });
});

it("misses PingMate's documented prefix, and asks for none where none is documented", async () => {
	expect(await test(PINGMATE, { webhookSecret: 'abc' })).toMatchObject({
		status: 'Error',
		message: 'The Webhook Secret does not begin with whsec_. Copy it whole, with this prefix.',
	});
	expect(await test(PINGMATE, { webhookSecret: 'whsec_' })).toEqual({
		status: 'Error',
		message: 'The Webhook Secret is nothing but the prefix whsec_. Copy it whole.',
	});
	expect(await test(CHATMITRA, { webhookSecret: 'abc' })).toMatchObject({ status: 'OK' });
});

it('finds white space inside a secret where a provider makes its secrets without', async () => {
	const webhookSecret = 'whsec_abc def';

	for (const played of [PINGMATE, CHATMITRA]) {
		expect(await test(played, { webhookSecret })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('has white space in it') as string,
		});
	}
	expect(await test(CHAKRAHQ, { webhookSecret })).toMatchObject({ status: 'OK' });
});
