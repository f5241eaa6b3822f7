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
    /** set: jump to; ramp: go to `to` over `over`; offset: add to what the base says, ramped over `over`; freeze: repeat the last; drop: stop publishing; release: back to the base, every signal where none is named. */
    do: z.enum(['set', 'ramp', 'offset', 'freeze', 'drop', 'release', 'dtc', 'offline', 'online']),
    to: value.optional(),
    /** Only below `onCommand`, instead of `to`: what this argument of the command said. */
    toArg: id.optional(),
    over: span.default('0s'),
    code: dtcCode.optional(),
    state: dtcState.optional(),
  })
  .strict();
const thing = z
  .object({
    id,
    title: z.string(),
    titles: localized.optional(),
    maker: z.string().optional(),
    model: z.string().optional(),
    serial: z.string().optional(),
    firmware: z.string().optional(),
    year: z.int().optional(),
    location: z.string().optional(),
  })
  .strict();
export const scenario = z
  .object({
    id,
    title: localized,
    family: id,
    thing,
    seed: z.int(),
    every: span.default('1s'),
    duration: span,
    base: z.object({ recording: z.string().optional(), signals: z.record(signalName, wave).default({}) }).strict(),
    timeline: z.array(change).default([]),
    /** What a command of this name changes in the running scenario, so that a fix can be seen to work. */
    onCommand: z.record(id, z.array(change.omit({ at: true }))).default({}),
    /**
     * What mending it by hand changes in the running scenario, so that a repair can be seen to work. Without entries everything the timeline
     * laid over the base is taken off. What the timeline still had in store for these signals is dropped, and so are its codes.
     */
    repair: z.array(change.omit({ at: true })).default([]),
    /** The diagnosis that must be reached by the end of the scenario: `fault` null means healthy: no fault may be shown. */
    expect: z
      .object({
        fault: id.nullable(),
        within: span.optional(),
        /** Observations the person tells of unasked, where no signal shows what is wrong. */
        tells: z.array(id).optional(),
        answers: z.record(id, z.enum(['yes', 'no', 'unsure'])).default({}),
        not: z.array(id).default([]),
      })
      .strict(),
  })
  .strict();
export type Scenario = z.infer<typeof scenario>;

/**
 * A scenario as its file says it. One that is `like` another of its folder gives its differences only: fields of the thing, signals of the base
 * (`null`: it has no such signal) and commands one by one; `timeline`, `repair` and `expect` are always its own.
 */
export const scenarioFile = z
  .object({
    ...scenario.shape,
    like: id.optional(),
    family: id.optional(),
    thing: thing.partial().optional(),
    seed: z.int().optional(),
    every: span.optional(),
    duration: span.optional(),
    base: z
      .object({ recording: z.string().nullable().optional(), signals: z.record(signalName, wave.nullable()).default({}) })
      .strict()
      .prefault({}),
  })
  .strict();

/** The whole scenario that a file's differences make of the one it is like (of nothing, where it is like none). */
export function unlike(other: Partial<Scenario>, { like: _, ...own }: z.infer<typeof scenarioFile>): z.input<typeof scenario> {
  const { recording = other.base?.recording, signals } = own.base;
  const heard = Object.entries({ ...other.base?.signals, ...signals }).filter(([, wave]) => wave !== null);
  return {
    ...other,
    ...own,
    thing: { ...other.thing, ...own.thing },
    base: { ...(recording == null ? {} : { recording }), signals: Object.fromEntries(heard) },
    onCommand: { ...other.onCommand, ...own.onCommand },
  } as z.input<typeof scenario>;
}
