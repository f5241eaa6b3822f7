import { dtcCode, dtcState, id, localized, signalName, value } from '@wayside/protocol';
import { z } from 'zod';
import { span } from './span.ts';

/**
 * A scenario: a seeded timeline on top of a base. Read by the simulators; its file lies in the pack's `tests/scenarios/`.
 * `base.signals` gives each signal a level, with optional noise (standard deviation), period and swing (sine), and `base.recording` replays a CSV
 * in `recordings/` whose header holds signal names and whose first column is seconds. Times in the timeline count from the start.
 */
const wave = z.object({ value, noise: z.number().min(0).default(0), swing: z.number().default(0), period: span.default('10m') }).strict();
const change = z
  .object({
    at: span,
    signal: signalName.optional(),
    /** set: jump to; ramp: go to `to` over `over`; offset: add to what the base says, ramped over `over`; freeze: repeat the last; drop: stop publishing; release: back to the base. */
    do: z.enum(['set', 'ramp', 'offset', 'freeze', 'drop', 'release', 'dtc', 'offline', 'online']),
    to: value.optional(),
    over: span.default('0s'),
    code: dtcCode.optional(),
    state: dtcState.optional(),
  })
  .strict();
export const scenario = z
  .object({
    id,
    title: localized,
    family: id,
    thing: z
      .object({
        id,
        title: z.string(),
        maker: z.string().optional(),
        model: z.string().optional(),
        serial: z.string().optional(),
        firmware: z.string().optional(),
        year: z.int().optional(),
        location: z.string().optional(),
      })
      .strict(),
    seed: z.int(),
    every: span.default('1s'),
    duration: span,
    base: z.object({ recording: z.string().optional(), signals: z.record(signalName, wave).default({}) }).strict(),
    timeline: z.array(change).default([]),
    /** What a command of this name changes in the running scenario, so that a fix can be seen to work. */
    onCommand: z.record(id, z.array(change.omit({ at: true }))).default({}),
    /** What mending it by hand changes in the running scenario, so that a repair can be seen to work. */
    repair: z.array(change.omit({ at: true })).default([]),
    /** The diagnosis that must be reached by the end of the scenario: `fault` null means healthy: no fault may be shown. */
    expect: z
      .object({
        fault: id.nullable(),
        within: span.optional(),
        answers: z.record(id, z.enum(['yes', 'no', 'unsure'])).default({}),
        not: z.array(id).default([]),
      })
      .strict(),
  })
  .strict();
export type Scenario = z.infer<typeof scenario>;
