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

/** Faults that a day is called faulty for, though the set's table of causes has no name for them: sensors (MZVAV-1 of the inventory). */
const unnamed = new Set(['mixed-air-sensor-off']);

/** What the diagnosis said of a day: whether a fault was shown, and the causes by how much of the day's probability they had. */
export type Call = { file: string; day: string; faulty: boolean; causes: Cause[]; besides: string[] };

/** Until valves, air and detectors have settled after midnight, ms, what shows may be yesterday's. */
const settles = 30 * 60_000;

/**
 * Replays the days of one unit, minute by minute, as one life through the pack's derived signals, its detectors and the diagnosis.
 * A day is called faulty when on it a fault of a damper, valve or sensor was shown that rests on something seen on this day.
 */
export async function replay(days: readonly Day[]): Promise<Call[]> {
  const pack = await loadPack(join(packsRoot, 'air-handler'));
  const thing = 'unit';
  const derivation = createDerivation(pack.derived);
  const watch = createWatch({ packs: new Map([[pack.family, pack]]), onChange() {} });
  watch.thing(thing, pack.family);
  return days.map(({ file, day, minutes }) => {
    const mass = new Map<Cause, number>();
    const shown = new Set<string>();
    const from = (minutes[0]?.at ?? 0) + settles;
    for (const { at, signals } of minutes) {
      const samples = Object.entries(signals).map(([signal, value]) => ({ signal, value, observedAt: at }));
      watch.samples(thing, [...samples, ...derivation.derive(samples)]);
      watch.tick(at);
      const { ranked } = watch.diagnosis(thing);
      for (const { fault, probability, active, evidence } of ranked) {
        const cause = causeOf[fault];
        if (cause) mass.set(cause, (mass.get(cause) ?? 0) + probability);
        if (active && evidence.some((one) => one.for && (one.at ?? 0) >= from)) shown.add(fault);
      }
    }
    const called = [...shown];
    return {
      file,
      day,
      faulty: called.some((fault) => causeOf[fault] || unnamed.has(fault)),
      causes: [...mass].sort((a, b) => b[1] - a[1]).map(([cause]) => cause),
      besides: called.filter((fault) => !causeOf[fault]),
    };
  });
}
