import { oneLine } from '../../nodes/shared/core/values/one-line';
import { withoutSecrets } from '../../nodes/shared/n8n/api/redact';

const access = { publicFields: ['verifyBy'] };

const credential = {
	apiKey: 'EAAG0123456789',
	webhookSecret: ' a long random text ',
	secondWebhookSecret: 'a long random text, and more',
	baseUrl: 'https://api.example.com',
	headerName: 'X-Webhook-Secret',
	verifyBy: 'header',
	empty: '',
	short: 'x',
	number: 7,
};

describe('the secrets of a credential', () => {
	it.each([
		['one', 'Malformed access token EAAG0123456789.', 'Malformed access token •••.'],
		[
			'each, as often as it is there',
			'EAAG0123456789/a long random text/EAAG0123456789',
			'•••/•••/•••',
		],
		['one that begins with another', 'a long random text, and more', '•••'],
		['one with more around it', 'bearer_EAAG0123456789x', 'bearer_•••x'],
	])('are in no text: %s', (_, text, redacted) => {
		expect(withoutSecrets(text, credential, access)).toBe(redacted);
	});

	it('are not in a text either that was cut in the middle of one', () => {
		for (let before = 180; before < 200; before++) {
			const text = oneLine(`${'.'.repeat(before)}${credential.apiKey} is wrong`);

			expect(withoutSecrets(text, credential, access)).not.toContain(credential.apiKey.slice(0, 7));
		}
	});

	it('are not what all keys of a kind begin with', () => {
		const advice = 'Copy an app key (sk_live_app_…) into the credential.';

		expect(withoutSecrets(advice, { apiKey: `sk_live_app_${'k'.repeat(20)}` }, access)).toBe(
			advice,
		);
	});

	it('are not what a person has to know, nor a word of a few letters', () => {
		const text = 'x: 7 at https://api.example.com with the header X-Webhook-Secret';

		expect(withoutSecrets(text, credential, access)).toBe(text);
	});
});
