import { join } from 'node:path';
import { loadPack, packsRoot } from '@wayside/packs';
import { createBank } from '../../../edge/agent/src/diagnosis/detect.ts';
import { createWatch } from '../../../edge/agent/src/diagnosis/watch.ts';
import { createDerivation } from '../../../edge/agent/src/telemetry/derived/derive.ts';
import type { Bench } from '../measure.ts';
import { type Drive, drivesOf } from './obd-read.ts';

/** What was raised on some healthy drives, by symptom or fault, and over how much driving. */
export type Raised = { symptoms: Map<string, number>; faults: Map<string, number>; hours: number };

const count = (of: Map<string, number>, what: string) => of.set(what, (of.get(what) ?? 0) + 1);
/** Cars rest between drives. */
const rest = 8 * 3_600_000;
const begin = Date.UTC(2026, 0, 5, 8);

/**
 * Replays healthy drives through the vehicle pack, the drives of a car as one life of it, and counts each symptom that any detector of the
 * pack shows, learned ones too, and each fault that would be shown.
 */
export async function replayDrives(drives: readonly Drive[]): Promise<Raised> {
  const pack = await loadPack(join(packsRoot, 'vehicle'));
  const raised: Raised = { symptoms: new Map(), faults: new Map(), hours: 0 };
  for (const [car, its] of Map.groupBy(drives, (drive) => drive.car)) {
    const active = new Set<string>();
    const watch = createWatch({
      packs: new Map([[pack.family, pack]]),
      onChange(_, faults, cleared) {
        for (const fault of cleared) active.delete(fault);
        for (const { fault } of faults) if (!active.has(fault)) count(raised.faults, fault);
        for (const { fault } of faults) active.add(fault);
      },
    });
    watch.thing(car, pack.family);
    const derivation = createDerivation(pack.derived);
    // The watch keeps its detectors to itself; beside it the same ones, to tell which of them speaks.
    const bank = createBank(pack.symptoms, pack.thing.signals);
    const heed = (changes: readonly { symptom: string; active: boolean }[]) => {
      for (const change of changes) if (change.active) count(raised.symptoms, change.symptom);
    };
    let from = begin;
    for (const { rows } of its) {
      let ticked = Number.NEGATIVE_INFINITY;
      for (const { ms, signals } of rows) {
        const observedAt = from + ms;
        const measured = Object.entries(signals).map(([signal, value]) => ({ signal, value, observedAt }));
        const samples = [...measured, ...derivation.derive(measured)];
        watch.samples(car, samples);
        heed(bank.observe(samples));
        if (observedAt - ticked < 1_000) continue;
        watch.tick(observedAt);
        heed(bank.tick(observedAt));
        ticked = observedAt;
      }
      const length = rows.at(-1)?.ms ?? 0;
      raised.hours += length / 3_600_000;
      from += length + rest;
    }
  }
  return raised;
}

const sum = (of: Map<string, number>) => [...of.values()].reduce((a, b) => a + b, 0);

/** Healthy cars on real roads: every alert is a false one. */
export const obdDrives: Bench = {
  name: 'obd-drives',
  title: 'Healthy cars: real drives read through OBD-II (all detectors of the vehicle pack, and its diagnosis)',
  async run({ data, say }) {
    const drives = data === undefined ? undefined : await drivesOf(data);
    if (!drives?.length) return { skipped: 'there is no obd-drives/ in the data folder (--data DIR)' };
    const { symptoms, faults, hours } = await replayDrives(drives);
    for (const [what, times] of [...symptoms, ...faults])
      say(`false alert: ${what}, ${times} times, ${(times / hours).toFixed(2)} an hour`);
    const alerts = sum(symptoms) + sum(faults);
    return [
      {
        metric: 'alerts',
        says: `Alerts in ${drives.length} drives, ${hours.toFixed(1)} hours`,
        value: alerts,
        unit: '',
        goal: { atMost: 0 },
      },
      { metric: 'alertsPerHour', says: 'Alerts an hour of driving', value: alerts / hours, unit: '', goal: { atMost: 0 } },
      { metric: 'symptoms', says: '· symptoms a detector raised', value: sum(symptoms), unit: '' },
      { metric: 'faults', says: '· faults shown to the driver', value: sum(faults), unit: '' },
      { metric: 'hours', says: 'Hours of driving', value: hours, unit: '' },
    ];
  },
};
