import { seal, unseal } from '../../nodes/shared/n8n/setup/sealed';

it('opens a sealed text with the same API key and with no other', async () => {
	const sealed = await seal('the text', 'key one');

	expect(Buffer.from(sealed, 'base64').toString()).not.toContain('the text');
	expect(await unseal(sealed, 'key one')).toBe('the text');
	expect(await unseal(sealed, 'key two')).toBeNull();
});

it('seals the same text differently each time', async () => {
	const [one, other] = await Promise.all([seal('the text', 'key'), seal('the text', 'key')]);

	expect(one.slice(0, 16)).not.toBe(other.slice(0, 16));
	expect(one).not.toBe(other);
});

it.each(['', 'x', 'AAAA', 'a'.repeat(100)])(
	'opens nothing that was never sealed: %j',
	async (text) => {
		expect(await unseal(text, 'key one')).toBeNull();
	},
);
