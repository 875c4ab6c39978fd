/** Why a provider's API did not do what was asked, for the person in n8n's editor. */
export class ApiFault extends Error {
	/**
	 * @param message what happened
	 * @param advice what to do about it
	 * @param statusCode the HTTP status, where there was an answer
	 */
	constructor(
		message: string,
		readonly advice: string,
		readonly statusCode?: number,
	) {
		super(message);
		this.name = 'ApiFault';
	}
}
