/** HTTP headers as Node.js gives them: names in lower case, a repeated one as a list or joined with commas. */
export type Headers = { [name: string]: string | string[] | undefined };

/** A request as it arrived, before anything in it is believed. */
export interface Delivery {
	/** The bytes as they were received, before any parsing. */
	rawBody: Uint8Array;
	headers: Headers;
	/** The URL as it was called, from outside: production or test, with its query. */
	url: string;
	/** Milliseconds since 1970. */
	receivedAt: number;
}

/** What a credential holds, by the names of its fields. */
export type CredentialData = { readonly [field: string]: unknown };
