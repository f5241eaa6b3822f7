import type { Derived } from '@wayside/packs';
import { type Quality, signalName, type Value, value } from '@wayside/protocol';
import { z } from 'zod';
import { Lateness } from '../lateness.ts';
import { compile, type Formulas, type Frame } from './compile.ts';

/** A value as the device saw it; without a quality it is good. */
export type Heard = { signal: string; value: Value; observedAt: number; quality?: Quality };

/** All that one thing's derived signals remember: plain JSON. */
export const derivedState = z.object({
  newest: z.number(),
  cells: z.array(z.tuple([signalName, value, z.number()])),
  /** Kept by formula: one that was changed in the pack begins anew. */
  memories: z.array(z.tuple([z.string(), z.array(z.record(z.string(), z.unknown()))])),
  measured: z.array(signalName),
});
export type DerivedState = z.infer<typeof derivedState>;

export type Derivation = {
  /** What follows from the samples of one message, with the time of the newest. Late and repeated ones change nothing. */
  derive(samples: readonly Heard[]): Heard[];
  save(): DerivedState;
  load(state: DerivedState): void;
};

/** Of a value with another mark nothing follows. */
const usable: ReadonlySet<Quality> = new Set(['good', 'undeclared', 'counter-reset', 'late', 'repeated']);

const compiled = new WeakMap<readonly Derived[], Formulas>();

/** The derived signals of one thing, pure but for their own bounded state. What the device measures under such a name itself stands instead. */
export function createDerivation(derived: readonly Derived[]): Derivation {
  const known = compiled.get(derived) ?? compile(derived);
  compiled.set(derived, known);
  const { slots, own, formulas, empty } = known;
  const frame: Frame = { at: Number.NEGATIVE_INFINITY, values: [], ats: [], memories: empty.map((make) => make()) };
  const measured = new Set<number>();
  const lateness = new Lateness();

  const startAnew = () => {
    frame.at = Number.NEGATIVE_INFINITY;
    frame.values = [];
    frame.ats = [];
  };

  /** Takes the newest values in. Returns the slots that were touched. */
  const hear = (samples: readonly Heard[]): Set<number> => {
    const touched = new Set<number>();
    const late = samples.length > 0 ? lateness.hear(samples[0]!.observedAt) : 'very-late';
    if (late === 'very-late') return touched;
    if (late === 'set-back') startAnew();
    for (const { signal, value, observedAt, quality = 'good' } of samples) {
      const slot = slots.get(signal);
      if (slot === undefined) continue;
      if (observedAt > frame.at) frame.at = observedAt;
      if (observedAt < (frame.ats[slot] ?? 0)) continue;
      frame.values[slot] = usable.has(quality) ? value : undefined;
      frame.ats[slot] = observedAt;
      touched.add(slot);
      if (own.has(slot)) measured.add(slot);
    }
    if (frame.at > lateness.newest) lateness.newest = frame.at;
    return touched;
  };

  return {
    derive(samples) {
      const touched = hear(samples);
      const found: Heard[] = [];
      if (touched.size === 0) return found;
      for (const { derived, slot, inputs, run } of formulas) {
        if (measured.has(slot) || !inputs.some((input) => touched.has(input))) continue;
        const value = run(frame);
        frame.values[slot] = value;
        frame.ats[slot] = frame.at;
        touched.add(slot);
        if (value !== undefined) found.push({ signal: derived.name, value: rounded(value), observedAt: frame.at });
      }
      return found;
    },
    save: () => ({
      newest: Number.isFinite(frame.at) ? frame.at : 0,
      cells: [...slots].flatMap(([signal, slot]) => {
        const value = frame.values[slot];
        return value === undefined ? [] : [[signal, value, frame.ats[slot]!] as [string, Value, number]];
      }),
      memories: formulas
        .filter(({ memories: [from, to] }) => to > from)
        .map(({ derived, memories }) => [keyOf(derived), frame.memories.slice(...memories)]),
      measured: formulas.filter(({ slot }) => measured.has(slot)).map(({ derived }) => derived.name),
    }),
    load({ newest, cells, memories, measured: names }) {
      if (newest > 0) frame.at = lateness.newest = newest;
      for (const [signal, value, at] of cells) {
        const slot = slots.get(signal);
        if (slot === undefined) continue;
        frame.values[slot] = value;
        frame.ats[slot] = at;
      }
      const kept = new Map(memories);
      for (const {
        derived,
        slot,
        memories: [from, to],
      } of formulas) {
        const before = kept.get(keyOf(derived));
        const fits = before?.length === to - from && before.every((memory, i) => sameKeys(memory, frame.memories[from + i]!));
        if (fits) frame.memories.splice(from, to - from, ...structuredClone(before));
        if (names.includes(derived.name)) measured.add(slot);
      }
    },
  };
}

/** Digits nobody measured would only fill the disk: a history packs up to six decimals well. */
function rounded(value: Value): Value {
  if (typeof value !== 'number') return value;
  const steps = Math.abs(value) >= 1 ? 1e4 : 1e6;
  return Math.abs(value) < 1e9 ? Math.round(value * steps) / steps : value;
}

const sameKeys = (a: object, b: object) => Object.keys(a).sort().join() === Object.keys(b).sort().join();

const keyOf = ({ name, text }: Derived) => `${name} = ${text}`;
