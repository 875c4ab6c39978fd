import { z } from 'zod';

/**
 * The envelope that every PingMate event arrives in (PingMate documentation, "Event payload
 * structure"). No field has to be there; one that is there in another type is not PingMate's.
 *
 * `id` is `evt_` and a UUID, the same over retries ("the unique ID of the event"); `created_at`
 * counts seconds. The insides of `data.object` differ by event and are looked up field by field.
 */
export const envelopeSchema = z
	.object({
		id: z.string().nullish(),
		type: z.string().nullish(),
		api_version: z.string().nullish(),
		created_at: z.union([z.number(), z.string()]).nullish(),
		liveMode: z.boolean().nullish(),
		data: z.object({}).passthrough().nullish(),
	})
	.passthrough();

/** The envelope of a PingMate event. */
export type Envelope = z.infer<typeof envelopeSchema>;
