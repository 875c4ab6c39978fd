import { withoutMarkup } from '../../nodes/shared/n8n/messages/without-markup';

it('no text of somebody else becomes a link in an error', () => {
	expect(withoutMarkup('Invalid <a href="https://x.example">key</a> > 5')).toBe(
		'Invalid ‹a href="https://x.example">key‹/a> > 5',
	);
});
