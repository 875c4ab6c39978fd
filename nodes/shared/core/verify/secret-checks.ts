/** The problem with a secret pasted into a credential, as a sentence for its owner, or null. */
export type SecretRule = (secret: string, fieldLabel: string) => string | null;

/** Surrounding whitespace, which is easily copied along with text from a page. */
export const checkPadding: SecretRule = (secret, label) =>
	secret === secret.trim()
		? null
		: `The ${label} starts or ends with whitespace. Remove it, then save again.`;

/** Dots or stars, as a dashboard masks a secret. */
export const checkNotMasked: SecretRule = (secret, label) =>
	/[•●∙…]|\*{4}/.test(secret)
		? `The ${label} is a masked value, not the secret itself. Use the dashboard's copy icon, or reveal the secret before you copy it.`
		: null;

/**
 * Anything but printable ASCII, which a header can't carry unchanged: sender and receiver may use different
 * encodings, and a line break would end the header.
 */
export const checkPrintableAscii: SecretRule = (secret, label) =>
	/^[\x20-\x7e]*$/.test(secret)
		? null
		: `The ${label} contains a character that a header can't carry, such as an accented letter, an emoji, or a line break. Use only the letters A to Z, digits, and ASCII punctuation.`;

/** A URL that was still on the clipboard. */
export const checkNotUrl: SecretRule = (secret, label) =>
	/^https?:\/\//i.test(secret.trim()) ? `The ${label} is a URL. Copy the secret itself.` : null;

/** Whitespace in the middle, for providers whose secrets never contain any. */
export const checkNoWhiteSpace: SecretRule = (secret, label) =>
	/\s/.test(secret.trim())
		? `The ${label} contains whitespace, which this provider's secrets never do. Copy it again.`
		: null;

/** A hex HMAC-SHA256, as it appears in a signature header or a delivery log. */
export const checkNotSignature: SecretRule = (secret, label) =>
	/^(sha256=)?[0-9a-f]{64}$/i.test(secret.trim())
		? `The ${label} looks like a signature (64 hex digits), not a secret. Copy the secret itself.`
		: null;

/** A signature with its prefix. Its owner makes the secret up, so it may be 64 hex digits. */
export const checkNotPrefixedSignature: SecretRule = (secret, label) =>
	secret.trim().toLowerCase().startsWith('sha256=') ? checkNotSignature(secret, label) : null;

/** The prefix the provider documents for its secrets. */
export function checkPrefix(prefix: string): SecretRule {
	return (secret, label) => {
		const trimmed = secret.trim();
		if (!trimmed.startsWith(prefix))
			return `The ${label} doesn't begin with ${prefix}. Copy all of it, including this prefix.`;
		return trimmed === prefix ? `The ${label} is only the prefix ${prefix}. Copy all of it.` : null;
	};
}

/** The first problem, or null. */
export function firstProblem(
	checks: readonly SecretRule[],
	secret: string,
	label: string,
): string | null {
	for (const check of checks) {
		const problem = check(secret, label);
		if (problem) return problem;
	}
	return null;
}

/** The rules for a secret its owner makes up, which may look like anything. */
export const OWN_SECRET_RULES: readonly SecretRule[] = [
	checkPadding,
	checkNotMasked,
	checkNotUrl,
	checkNotPrefixedSignature,
];

/** The same for a secret sent in a header. */
export const HEADER_SECRET_RULES: readonly SecretRule[] = [
	...OWN_SECRET_RULES,
	checkPrintableAscii,
];
