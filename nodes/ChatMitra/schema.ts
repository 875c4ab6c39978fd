import { z } from 'zod';

/**
 * What a ChatMitra event is told by (ChatMitra's webhook guide, "Event Types"). The field does not
 * have to be there; in another type it is not ChatMitra's. Everything else is looked up field by
 * field.
 */
export const eventSchema = z.object({ event: z.string().nullish() }).passthrough();
