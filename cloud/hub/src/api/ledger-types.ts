import { z } from 'zod';

/** What became of an edge's link and of what it told, in the last `days`. Times are epoch ms. */
export const ledger = z.object({
  edge: z.string(),
  days: z.int(),
  /** Since when its link is known of; null when it never held one. */
  from: z.number().nullable(),
  to: z.number(),
  /** How long it was down in all. */
  downMs: z.number(),
  /** Each time it was down, the newest first; `to` is null while it is. What is shorter than ten seconds is none. */
  downs: z.array(z.object({ from: z.number(), to: z.number().nullable() })),
  /** What the edge said is gone: what, why, from when to when and how much as far as it knows. */
  losses: z.array(
    z.object({
      at: z.number(),
      of: z.string(),
      reason: z.string(),
      from: z.number().nullable(),
      to: z.number().nullable(),
      count: z.number().nullable(),
      detail: z.string().nullable(),
    }),
  ),
  /** Records that came more than five minutes after they were made, by day (UTC): how many, and how long after at most. */
  late: z.array(z.object({ day: z.string(), count: z.int(), worstMs: z.number() })),
  /** Records that could not be understood, and are kept apart. */
  setAside: z.array(z.object({ at: z.number(), reason: z.string(), count: z.int() })),
});
export type Ledger = z.infer<typeof ledger>;

/** Of an edge, model, firmware or pack: its machines, those of them with a fault now, and what came of them in the days asked for. */
export const breakdownRow = z.object({
  key: z.string(),
  family: z.string().nullable(),
  things: z.int(),
  faulty: z.int(),
  cases: z.int(),
  /** Repairs by the verdict of the machine's own data. */
  fixed: z.int(),
  notFixed: z.int(),
  /** Of an edge: how long its link was down, where that is known. */
  downMs: z.number().nullable(),
});
export type BreakdownRow = z.infer<typeof breakdownRow>;

export const breakdownOf = ['edge', 'model', 'firmware', 'pack'] as const;

/** By what each machine is and runs now; those with the most cases first. */
export const breakdown = z.object({
  days: z.int(),
  by: z.object({
    edge: z.array(breakdownRow),
    model: z.array(breakdownRow),
    firmware: z.array(breakdownRow),
    pack: z.array(breakdownRow),
  }),
  /** How many there are beyond these; the CSV has them all. */
  more: z.object({ edge: z.int(), model: z.int(), firmware: z.int(), pack: z.int() }),
});
export type Breakdown = z.infer<typeof breakdown>;
