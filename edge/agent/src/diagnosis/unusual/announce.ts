import { z } from 'zod';

/** Opaque to everyone but `createAnnouncer`; `last` and `above` are sample numbers. */
export const announcerState = z.object({
  seen: z.number(),
  last: z.number().optional(),
  peak: z.number(),
  above: z.number().optional(),
  since: z.number().optional(),
});
export type AnnouncerState = z.infer<typeof announcerState>;

export type Announcer = {
  /** Takes how unusual a sample is and tells whether it is the one that announces an event. */
  announces(at: number, unusual: number): boolean;
  /** Epoch ms of the announcement of the event that goes on. */
  since(): number | undefined;
  save(): AnnouncerState;
};

/** An event lasts until this many samples in a row were usual, and is announced once. */
const calmFor = 30;
/** After an announcement there is silence for this share of the signal's life... */
const silentFor = 0.03;
/** ...and up to this share only what is about as unusual as the last event is announced. */
const weighedFor = 0.1;
const about = 0.2;

/**
 * One announcement per event. What is normal enough to come again soon is not news, and the longer a signal has been known, the longer
 * is soon: with both waits a share of its life, a signal that misbehaves every day is announced less and less often.
 * @param from how unusual an event must be
 */
export function createAnnouncer(from: number, saved?: AnnouncerState): Announcer {
  let { seen, last, peak, above, since }: AnnouncerState = saved ?? { seen: 0, peak: 0 };
  return {
    announces(at, unusual) {
      const now = seen++;
      if (unusual >= from) above = now;
      else if (above !== undefined && now - above >= calmFor) since = undefined;
      const waited = last === undefined ? Number.POSITIVE_INFINITY : now - last;
      if (waited < Math.max(calmFor, silentFor * now)) {
        peak = Math.max(peak, unusual);
        return false;
      }
      if (unusual < from || (waited < weighedFor * now && unusual <= peak - about)) return false;
      last = now;
      peak = unusual;
      since = at;
      return true;
    },
    since: () => since,
    save: () => ({
      seen,
      peak,
      ...(last !== undefined && { last }),
      ...(above !== undefined && { above }),
      ...(since !== undefined && { since }),
    }),
  };
}
