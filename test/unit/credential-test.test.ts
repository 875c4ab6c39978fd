import { PROVIDERS_UNDER_TEST, testCredential } from '../support/providers';

const SIGNATURE = '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89';

/** The test of a credential without a key for an API; what only one provider checks is in its folder. */
describe.each(PROVIDERS_UNDER_TEST)("$displayName's credential", (under) => {
	const { secret, credential } = under.simulator;
	const test = async (data: Record<string, string>) =>
		await testCredential(under, {}, { ...credential, ...data });

	it('passes with a secret of the right form, and with a second one', async () => {
		for (const secondWebhookSecret of ['', under.simulator.otherSecret]) {
			expect(await test({ webhookSecret: secret, secondWebhookSecret })).toEqual({
				status: 'OK',
				message: expect.stringMatching(/^The secret looks valid\. .+\.$/) as string,
			});
		}
	});

	it.each([
		['no secret', {}, ' is empty. '],
		['an empty secret', { webhookSecret: '' }, ' is empty. '],
		['a secret of white space', { webhookSecret: ' \n' }, ' is empty. '],
		['white space before it', { webhookSecret: ` ${secret}` }, 'starts or ends with whitespace'],
		['a line break after it', { webhookSecret: `${secret}\n` }, 'starts or ends with whitespace'],
		['dots in its place', { webhookSecret: 'whsec_••••••••' }, 'is a masked value'],
		['stars in its place', { webhookSecret: 'whsec_*****' }, 'is a masked value'],
		[
			'a signature in its place',
			{ webhookSecret: `sha256=${SIGNATURE}` },
			'looks like a signature',
		],
		[
			'white space around the second one',
			{ webhookSecret: secret, secondWebhookSecret: `${secret} ` },
			'The Second Webhook Secret starts or ends with whitespace',
		],
	])('fails for %s, says so, and does not repeat the secret', async (_, data, words) => {
		const { status, message } = await test(data);

		expect(status).toBe('Error');
		expect(message).toContain(words);
		for (const value of Object.values(data)) {
			if (value.trim()) expect(message).not.toContain(value.trim());
		}
	});
});
