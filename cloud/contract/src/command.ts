import { id, localized, risk, value } from '@wayside/protocol';
import { z } from 'zod';

const ms = z.number().int().nonnegative();

/**
 * How far a command has come. It waits in the first four; the others are final.
 * `done`: the device says so and nothing else can be read; `confirmed`: the machine's own signal shows it; `not-seen`: the device says
 * done and the signal does not show it; `refused`: by this edge, before the machine; `declined`: by the device; `no-answer`: nobody knows.
 */
export const commandState = z.enum([
  'proposed',
  'consented',
  'running',
  'reading-back',
  'done',
  'confirmed',
  'not-seen',
  'refused',
  'declined',
  'failed',
  'no-answer',
  'cancelled',
  'expired',
]);
export type CommandState = z.infer<typeof commandState>;

/** Why it was proposed: the person or a technician asked, a step of a procedure has it, or a question can only be answered with it. */
export const commandOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asked') }),
  z.object({ kind: z.literal('step'), procedure: id, step: id }),
  z.object({ kind: z.literal('question'), observation: id }),
  z.object({ kind: z.literal('undo'), of: z.string().max(80) }),
  /** A technician who looks at the machine live asks for it. */
  z.object({ kind: z.literal('technician'), by: z.string().max(120), visit: z.string().max(80) }),
]);
export type CommandOrigin = z.infer<typeof commandOrigin>;

const call = z.object({ name: id, args: z.record(id, value) });

/** A command as people see it and as it is recorded, anew at each change of state. */
export const commandReport = z.object({
  command: z.string().max(80),
  session: z.string().max(80),
  thing: z.string(),
  action: id,
  args: z.record(id, value),
  title: localized,
  /** What it does to the machine and how to take it back, said before anyone agrees. */
  effect: localized.optional(),
  risk,
  origin: commandOrigin,
  state: commandState,
  proposedAt: ms,
  /** A proposal nobody agrees to is void from here on. */
  expiresAt: ms,
  changedAt: ms,
  executedAt: ms.optional(),
  /** Why this edge did not carry it out. */
  why: localized.optional(),
  /** The device's own words. */
  detail: z.string().max(500).optional(),
  /** What the signal that must show it read last. */
  readBack: z
    .object({
      signal: z.string(),
      title: localized,
      unit: z.string().max(32).optional(),
      value: value.optional(),
      at: ms.optional(),
      met: z.boolean(),
    })
    .optional(),
  /** What takes it back, once it is done. */
  undo: call.optional(),
});
export type CommandReport = z.infer<typeof commandReport>;

/**
 * The right to carry out one command was used: the nonce of its lease, and what each interlock looked at in that moment, with its age. `held` is
 * false where one did not hold and nothing was sent.
 */
export const leaseReport = z.object({
  command: z.string().max(80),
  session: z.string().max(80),
  lease: z.string().max(40),
  held: z.boolean(),
  seen: z.array(z.object({ signal: z.string().max(200), value: value.optional(), ageMs: z.number().optional() })).max(64),
  at: ms,
});
export type LeaseReport = z.infer<typeof leaseReport>;

/** Somebody agreed to one command, once, for a minute. `how`: they asked for it themselves, or said yes after hearing what it does. */
export const consentReport = z.object({
  command: z.string().max(80),
  session: z.string().max(80),
  person: z.string().max(120).optional(),
  thing: z.string(),
  action: id,
  args: z.record(id, value),
  how: z.enum(['asked', 'agreed']),
  /** The effect as it was told. */
  told: localized,
  at: ms,
  expires: ms,
});
export type ConsentReport = z.infer<typeof consentReport>;
