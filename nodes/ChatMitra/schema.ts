import { z } from 'zod';

/**
 * What every ChatMitra event is told by (ChatMitra's webhook guide, "Event Types"). No field has to
 * be there; one that is there in another type is not ChatMitra's. `timestamp` counts seconds;
 * `message_id` is null in the guide's sample of a failed message.
 */
export const eventSchema = z
	.object({
		event: z.string().nullish(),
		message_id: z.union([z.string(), z.number()]).nullish(),
		timestamp: z.union([z.number(), z.string()]).nullish(),
		status: z.string().nullish(),
	})
	.passthrough();
