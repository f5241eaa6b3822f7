import { z } from 'zod';
import { id } from './ids.ts';
import { at } from './sample.ts';

/** Retained on `…/presence`; the last will says `offline` for a device that vanishes. A bare word, not JSON text in quotes. */
export const presence = z.enum(['online', 'offline']);
export type Presence = z.infer<typeof presence>;

/** What a device publishes on `…/event`: a button, a gesture, a door. */
export const event = z.object({ at: at.optional(), kind: id, name: id });
export type Event = z.infer<typeof event>;

export const eventExample: Event = { at: '2026-11-22T10:00:00.000Z', kind: 'button', name: 'help' };
