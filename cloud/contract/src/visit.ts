import { action, id, localized, signalName, value } from '@wayside/protocol';
import { z } from 'zod';

const ms = z.number().int().nonnegative();
const visitId = z.string().max(80);

/** A technician looks at a machine live, for a while. The edge begins it only for a case that is open with it, and not after `until`. */
export const visitCall = z.object({
  visit: visitId,
  case: z.string().max(80),
  session: z.string().max(80),
  by: z.string().max(120),
  state: z.enum(['come', 'go']),
  until: ms,
});
export type VisitCall = z.infer<typeof visitCall>;

export const visitCallExample: VisitCall = {
  visit: 'v_01KAPX2T9D0000000000000003',
  case: 'c_01KAPX2T9D0000000000000004',
  session: 's_01KAPX2T9D0000000000000001',
  by: 'Ada',
  state: 'come',
  until: 1_795_342_200_000,
};

/** `left`: the technician went; `stopped`: somebody at the machine ended it; `time`: it was over; `link`: edge and hub lost each other; `refused`: the edge did not begin. */
export const visitEnd = z.enum(['left', 'stopped', 'time', 'link', 'refused']);
export type VisitEnd = z.infer<typeof visitEnd>;

/** That a visit began or is over: a happening of its own in the edge's record. */
export const visitReport = z.object({
  visit: visitId,
  case: z.string().max(80),
  session: z.string().max(80),
  thing: z.string().max(80),
  by: z.string().max(120),
  state: z.enum(['began', 'over']),
  why: visitEnd.optional(),
  at: ms,
});
export type VisitReport = z.infer<typeof visitReport>;

/** So many signals are shown live at most, and a frame is sent about every so many ms. */
export const mostLiveSignals = 64;
export const liveEveryMs = 1_000;

/** `POST /v1/sync/live`: what changed since the frame before. The first one also says what the signals mean and what the machine can do. Kept nowhere. */
export const visitFrame = z.object({
  visit: visitId,
  at: ms,
  signals: z
    .record(signalName, z.object({ title: localized, unit: z.string().max(32).optional() }))
    .refine((all) => Object.keys(all).length <= mostLiveSignals)
    .optional(),
  actions: z.record(id, action.omit({ interlocks: true, expect: true }).extend({ title: localized })).optional(),
  readings: z.record(signalName, z.object({ at: ms, value })).refine((all) => Object.keys(all).length <= mostLiveSignals),
});
export type VisitFrame = z.infer<typeof visitFrame>;

/** Nobody looks any more when it is not on: then the edge ends the visit. */
export const visitAnswer = z.object({ on: z.boolean() });

/** What a technician would have the machine do, within a visit: the edge proposes it to the person, who says yes or no. */
export const wish = z.object({
  visit: visitId,
  session: z.string().max(80),
  by: z.string().max(120),
  action: id,
  args: z.record(id, value),
  until: ms,
});
export type Wish = z.infer<typeof wish>;
