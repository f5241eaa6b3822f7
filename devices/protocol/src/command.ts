import { z } from 'zod';
import { id } from './ids.ts';
import { value } from './sample.ts';

/** R0 reads, R1 is comfort, R2 disrupts, R3 is safety and is never carried out (propulsion, brakes, steering, airbags). */
export const risk = z.enum(['R0', 'R1', 'R2', 'R3']);
export type Risk = z.infer<typeof risk>;

/** What the edge publishes on `…/command`. `expires` is epoch ms; a device refuses one that is past. */
export const command = z.object({
  id,
  name: id,
  args: z.record(z.string(), value),
  expires: z.number().int().positive(),
  /** The nonce of the lease it is sent under: another command under the same one is a replay. */
  lease: z.string().max(40).optional(),
});
export type Command = z.infer<typeof command>;

/** What the device answers on `…/outcome`. */
export const outcome = z.object({
  id,
  state: z.enum(['done', 'refused', 'failed']),
  detail: z.string().max(500).optional(),
});
export type Outcome = z.infer<typeof outcome>;

export const commandExample: Command = { id: 'c_01', name: 'clear-dtc', args: {}, expires: 1_795_341_600_000 };
export const outcomeExample: Outcome = { id: 'c_01', state: 'done' };
