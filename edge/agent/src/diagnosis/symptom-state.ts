import type { Value } from '@wayside/protocol';
import { z } from 'zod';
import { type Band, band } from './probes/probe.ts';

/** Since when a symptom stands as it does on a signal, the newest sample that says so, and what was expected of it at that moment. */
export type SymptomState = {
  active: boolean;
  since: number;
  at: number;
  value?: Value;
  signal: string;
  band?: Band;
  /** One value in so many so far was as rare, where the detector tells. */
  oneIn?: number;
  /** It stands from before: what its detector needs no longer holds, so nobody can say whether it would show now. */
  lapsed?: boolean;
};
/** Whether a symptom shows, as last judged, and by which value of which signal. */
export type Judged = { active: boolean; at: number; signal: string; value?: Value };
export type SymptomChange = SymptomState & { symptom: string };

const time = z.number().nullable();

/** What a detector on one signal needs to go on after a restart; JSON has no NaN, so a time that is not there is null. */
export const watcherState = z.object({
  state: z
    .object({
      active: z.boolean(),
      since: z.number(),
      at: z.number(),
      value: z.union([z.number(), z.boolean(), z.string()]).optional(),
      signal: z.string(),
      band: band.optional(),
      oneIn: z.number().optional(),
    })
    .nullable(),
  trueSince: time,
  falseSince: time,
  absentAt: time,
  probe: z.unknown(),
});
export type WatcherState = z.infer<typeof watcherState>;
