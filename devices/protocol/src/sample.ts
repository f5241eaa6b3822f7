import { z } from 'zod';
import { signalName } from './ids.ts';

/** A state is short. */
export const maxTextValue = 256;

/** One value of a signal. Strings are states such as `cooling`; JSON has no NaN or Infinity, and neither have we. */
export const value = z.union([z.number(), z.boolean(), z.string().max(maxTextValue)]);
export type Value = z.infer<typeof value>;

/** A device's clock: an RFC 3339 time with zone, or epoch ms. Absent, the edge stamps it. */
export const at = z.union([z.iso.datetime({ offset: true }), z.number().int().nonnegative()]);

export const maxSignalsPerMessage = 2_000;

/** What a device publishes on `…/telemetry`. */
export const telemetry = z.object({
  at: at.optional(),
  signals: z
    .record(signalName, value)
    .refine((s) => Object.keys(s).length <= maxSignalsPerMessage, `at most ${maxSignalsPerMessage} signals in one message`),
});
export type Telemetry = z.infer<typeof telemetry>;

/**
 * How far a value can be trusted. `undeclared`: nobody said what it should be · `suspect-time`: the device's clock is too far from ours, so it
 * carries the time it came · `counter-reset`: a counter began anew or wrapped · `late`: older than the newest of its signal ·
 * `repeated`: said before with the same time and value · `out-of-range`: outside the model's min and max, or none of its states ·
 * `suspect-unit`: outside, but converted from another unit of the same quantity it would fit the model and the signal's own past ·
 * `wrong-type` · `doubted`: what watches the signal finds that it cannot be believed now (stuck, impossible).
 */
export const quality = z.enum([
  'good',
  'undeclared',
  'suspect-time',
  'counter-reset',
  'late',
  'repeated',
  'out-of-range',
  'suspect-unit',
  'wrong-type',
  'doubted',
]);
export type Quality = z.infer<typeof quality>;

/** A value with when the device saw it and when we got it (epoch ms, the edge's clock for `receivedAt`). */
export const sample = z.object({
  thing: z.string(),
  signal: signalName,
  value,
  observedAt: z.number(),
  receivedAt: z.number(),
  quality,
});
export type Sample = z.infer<typeof sample>;

/** Epoch ms of an `at` as it came over the wire. */
export const epochOf = (stamp: z.infer<typeof at>): number => (typeof stamp === 'number' ? stamp : Date.parse(stamp));

export const telemetryExample: Telemetry = {
  at: '2026-11-22T10:00:00.000Z',
  signals: { 'Vehicle.Speed': 52.4, 'Vehicle.Powertrain.CombustionEngine.ECT': 91 },
};
