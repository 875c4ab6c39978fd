/**
 * A URL in canonical form: the host in lowercase, no default port. A provider may write a URL differently
 * from n8n.
 *
 * @returns the text itself if it isn't a URL
 */
export function canonicalUrl(url: string): string {
	return URL.canParse(url) ? new URL(url).href : url;
}

/** Whether two texts are the same URL, however they're written. */
export function isSameUrl(one: string, other: string): boolean {
	return canonicalUrl(one) === canonicalUrl(other);
}
