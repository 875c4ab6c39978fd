import {
	checkNoWhiteSpace,
	checkNotMasked,
	checkNotPrefixedSignature,
	checkNotSignature,
	checkNotUrl,
	checkPadding,
	checkPrefix,
	checkPrintableAscii,
	firstProblem,
	type SecretRule,
} from '../../nodes/shared/core/verify/secret-checks';

const HEX = '7246ce1cc3552cded771812a15581ca0c65daa64b6a257599057c873c5b7db89';

/** Each check stands for itself: that of the padding is not the only one that a padded secret meets. */
it.each<[string, SecretRule, string[], string[]]>([
	['white space around it', checkPadding, ['a b'], [' a', 'a\n', '\u00a0a']],
	[
		'what stands for a hidden one',
		checkNotMasked,
		['a*b', 'a***b', 'a.b'],
		['••', '●', '∙', '…', 'a****'],
	],
	[
		'what a header cannot carry',
		checkPrintableAscii,
		['', ' ~', 'a b', '!"#$%&'],
		['ä', 'a\nb', 'a\tb', '\0', '\x7f', '\x80', '😀', '…'],
	],
	[
		'an address',
		checkNotUrl,
		['http', 'a https://b'],
		['https://n8n.example.com/webhook/1', ' HTTP://a'],
	],
	['white space in it', checkNoWhiteSpace, ['ab', ' ab\n'], ['a b', 'a\tb']],
	[
		'a signature',
		checkNotSignature,
		[`${HEX}0`, `0${HEX}`, `md5=${HEX}`, HEX.slice(1), `g${HEX.slice(1)}`],
		[HEX, HEX.toUpperCase(), `sha256=${HEX}`, ` ${HEX}\n`, `SHA256=${HEX}`],
	],
	[
		'a signature with its prefix',
		checkNotPrefixedSignature,
		[HEX, 'sha256=text'],
		[`sha256=${HEX}`, ` SHA256=${HEX}`],
	],
	[
		'a prefix that is missing',
		checkPrefix('whsec_'),
		['whsec_a', ' whsec_a'],
		['a', 'whsec_', 'whsec_ ', ' whsec_', 'a whsec_'],
	],
])('finds %s', (_, check, right, wrong) => {
	for (const secret of right) expect(check(secret, 'Webhook Secret')).toBeNull();
	for (const secret of wrong) {
		expect(check(secret, 'Webhook Secret')).toMatch(/^The Webhook Secret .+\.$/);
	}
});

it('says the first thing that is wrong, and nothing where nothing is', () => {
	const checks = [checkPadding, checkNoWhiteSpace];

	expect(firstProblem(checks, ' a b', 'Secret')).toContain('starts or ends with whitespace');
	expect(firstProblem(checks, 'a b', 'Secret')).toContain('contains whitespace');
	expect(firstProblem(checks, 'ab', 'Secret')).toBeNull();
});
