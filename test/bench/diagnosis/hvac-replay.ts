import { join } from 'node:path';
import { loadPack, packsRoot } from '@wayside/packs';
import { createWatch } from '../../../edge/agent/src/diagnosis/watch.ts';
import { createDerivation } from '../../../edge/agent/src/telemetry/derived/derive.ts';
import type { Cause } from './hvac-labels.ts';
import type { Day } from './hvac-read.ts';

/** The faults of the pack that the set's labels have a word for. Others (a plant that is short of chilled water, a filter) are no call. */
const causeOf: Record<string, Cause> = {
  'outdoor-damper-stuck-shut': 'damper stuck',
  'outdoor-damper-stuck-open': 'damper stuck',
  'outdoor-damper-leaking': 'damper leaking',
  'heating-valve-stuck-open': 'heating valve stuck',
  'heating-valve-stuck-shut': 'heating valve stuck',
  'heating-valve-leaking': 'heating valve leaking',
  'cooling-valve-stuck-open': 'cooling valve stuck',
  'cooling-valve-stuck-shut': 'cooling valve stuck',
  'cooling-valve-leaking': 'cooling valve leaking',
};

/** What the diagnosis said of a day: whether a fault was shown, and the causes by how much of the day's probability they had. */
export type Call = { file: string; day: string; faulty: boolean; causes: Cause[]; besides: string[] };

/** A symptom outlives its conditions by half an hour (edge/agent/src/diagnosis/watcher.ts); so much of a day, ms, may be yesterday's. */
const lingers = 30 * 60_000;

/**
 * Replays the days of one unit, minute by minute, as one life through the pack's derived signals, its detectors and the diagnosis.
 * A day is called faulty when on it a fault of a damper or valve came to be shown, or was shown for longer than yesterday's can linger.
 */
export async function replay(days: readonly Day[]): Promise<Call[]> {
  const pack = await loadPack(join(packsRoot, 'air-handler'));
  const thing = 'unit';
  const derivation = createDerivation(pack.derived);
  const watch = createWatch({ packs: new Map([[pack.family, pack]]), onChange() {} });
  watch.thing(thing, pack.family);
  let shown = new Set<string>();
  return days.map(({ file, day, minutes }) => {
    const mass = new Map<Cause, number>();
    const lasted = new Map<string, number>();
    const began = new Set<string>();
    let before = minutes[0]?.at ?? 0;
    for (const { at, signals } of minutes) {
      const samples = Object.entries(signals).map(([signal, value]) => ({ signal, value, observedAt: at }));
      watch.samples(thing, [...samples, ...derivation.derive(samples)]);
      watch.tick(at);
      const { ranked } = watch.diagnosis(thing);
      for (const { fault, probability } of ranked) {
        const cause = causeOf[fault];
        if (cause) mass.set(cause, (mass.get(cause) ?? 0) + probability);
      }
      const now = new Set(ranked.filter((one) => one.active).map((one) => one.fault));
      for (const fault of now) {
        if (!shown.has(fault)) began.add(fault);
        lasted.set(fault, (lasted.get(fault) ?? 0) + at - before);
      }
      shown = now;
      before = at;
    }
    const called = [...lasted.keys()].filter((fault) => began.has(fault) || lasted.get(fault)! > lingers);
    return {
      file,
      day,
      faulty: called.some((fault) => causeOf[fault]),
      causes: [...mass].sort((a, b) => b[1] - a[1]).map(([cause]) => cause),
      besides: called.filter((fault) => !causeOf[fault]),
    };
  });
}
