import { z } from 'zod';

/**
 * What a PingMate event is told by (PingMate documentation, "Event payload structure"). Neither field
 * has to be there; one that is there in another type is not PingMate's. Everything else, and the
 * insides of `data`, which differ by event, is looked up field by field.
 */
export const envelopeSchema = z
	.object({
		type: z.string().nullish(),
		data: z.object({}).passthrough().nullish(),
	})
	.passthrough();
