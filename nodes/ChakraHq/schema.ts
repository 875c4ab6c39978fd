import { z } from 'zod';

/**
 * ChakraHQ's own format ("Inbound Event Object Structure"): each event has the keys `event` and
 * `payload`. The payloads are documented for delivery statuses only, so they are looked up field by
 * field.
 */
export const eventSchema = z
	.object({
		event: z.string().nullish(),
		payload: z.object({}).passthrough().nullish(),
	})
	.passthrough();
