/** The workaround for any fault of automatic setup, to end advice with. */
export const OR_MANUAL = 'Or set Webhook Setup to Manual.';

/** Why a provider's API didn't do what it was asked, for the person in n8n's editor. */
export class ApiFault extends Error {
	/** The HTTP status, where there was a response. */
	readonly statusCode?: number;
	/**
	 * Whether the API may have done it anyway: the response didn't arrive in time, or a gateway gave up on
	 * the API.
	 */
	readonly isUndecided: boolean;

	/**
	 * @param message what happened, without a final period
	 * @param advice what to do about it, in full sentences
	 */
	constructor(
		message: string,
		readonly advice: string,
		{ statusCode, isUndecided = false }: { statusCode?: number; isUndecided?: boolean } = {},
	) {
		super(message);
		this.name = 'ApiFault';
		this.statusCode = statusCode;
		this.isUndecided = isUndecided;
	}

	/** The advice, under the name n8n uses for errors it catches itself. */
	get description(): string {
		return this.advice;
	}
}
