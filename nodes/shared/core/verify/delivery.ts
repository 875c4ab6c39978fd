/**
 * HTTP headers as Node.js gives them: names in lowercase, a repeated header as a list or joined with
 * commas.
 */
export type Headers = { [name: string]: string | string[] | undefined };

/** A request as it arrived, before anything in it is trusted. */
export interface Delivery {
	/** The bytes as they were received, before any parsing. */
	rawBody: Uint8Array;
	headers: Headers;
	/** The public URL that was called, with its query: the production or the test URL. */
	url: string;
	/** Milliseconds since 1970. */
	receivedAt: number;
}

/** A credential's values by field name. */
export type CredentialData = { readonly [field: string]: unknown };
