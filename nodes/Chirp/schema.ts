import { z } from 'zod';

/**
 * What a Chirp event is told by. Three generations of payloads are in use: `data.message`, the flat
 * `data`, and the oldest with event names in capitals. None of their fields has to be there; `event`
 * or `data` in another type is not Chirp's.
 */
export const eventSchema = z
	.object({
		event: z.string().nullish(),
		data: z.object({}).passthrough().nullish(),
	})
	.passthrough();
