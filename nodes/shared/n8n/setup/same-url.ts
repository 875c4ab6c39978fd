/**
 * A URL in the one spelling that all spellings of it share: the host in lowercase, no default port. A
 * provider may write a URL in another way than n8n does.
 *
 * @returns the text itself where it is no URL
 */
export function canonicalUrl(url: string): string {
	return URL.canParse(url) ? new URL(url).href : url;
}

/** Whether two texts are the same URL, however each is written. */
export function isSameUrl(one: string, other: string): boolean {
	return canonicalUrl(one) === canonicalUrl(other);
}
