import { join } from 'node:path';
import { loadPack, loadScenario, type Pack, packsRoot, type Scenario } from '@wayside/packs';
import { replay } from '@wayside/simulators';
import { describe, expect, it } from 'vitest';
import { type Bank, createBank, type SymptomChange } from '../detect.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 5);
const pack = await loadPack(join(packsRoot, 'industrial-pump'));
const healthy = await loadScenario(join(pack.dir, 'tests/scenarios/healthy.yaml'));
const learned = Object.fromEntries(Object.entries(pack.symptoms).filter(([, { detect }]) => detect.kind === 'together'));

/** A day's learning in three hours, so that a test need not play a day. */
const quick = (symptoms: Pack['symptoms']): Pack['symptoms'] =>
  Object.fromEntries(
    Object.entries(symptoms).map(([id, { detect, ...rest }]) => [
      id,
      { ...rest, detect: detect.kind === 'together' ? { ...detect, learn: '3h' } : detect },
    ]),
  );

/** The pump from the pack's own simulation, a row every ten seconds. */
function* pump(timeline: Scenario['timeline'], from: number, hours: number) {
  const scenario: Scenario = { ...healthy, every: '10s', duration: `${hours * 60}m`, timeline };
  for (const { at, samples } of replay({ scenario, start: from })) yield { at, samples };
}

function feed(bank: Bank, stream: Iterable<{ at: number; samples: Parameters<Bank['observe']>[0] }>): SymptomChange[] {
  const changes: SymptomChange[] = [];
  for (const { samples } of stream) changes.push(...bank.observe(samples));
  return changes;
}

describe('signals that belong together', () => {
  const impeller: Scenario['timeline'] = [
    // Three percent: far from any limit of the pack.
    { at: '4h', do: 'ramp', signal: 'discharge_pressure', to: 480, over: '10m' },
    { at: '4h', do: 'ramp', signal: 'motor_power', to: 11.5, over: '10m' },
  ];

  it('are silent on a healthy pump', () => {
    expect(feed(createBank(quick(learned), pack.thing.signals), pump([], start, 12))).toEqual([]);
  });

  it('show a small change no limit sees, name what departs most and say what was expected', () => {
    const bank = createBank(quick(pack.symptoms), pack.thing.signals);
    const changes = feed(bank, pump(impeller, start, 5)).filter(({ active }) => active);
    expect(changes.map(({ symptom }) => symptom)).toEqual(['hydraulics-not-as-learned']);
    const { since, signal } = changes[0]!;
    expect(since - start).toBeGreaterThan(4 * hour);
    expect(since - start).toBeLessThan(4.5 * hour);
    expect(['discharge_pressure', 'motor_power']).toContain(signal);
    const shown = bank.showing('hydraulics-not-as-learned');
    const pressure = shown.find((one) => one.signal === 'discharge_pressure')!;
    expect(pressure.value).toBeLessThan(pressure.band!.low!);
    expect(pressure.band!.high!).toBeGreaterThan(485);
    expect(pressure.oneIn).toBeGreaterThan(900);
    expect(shown.some((one) => one.signal === 'motor_power' && (one.value as number) > one.band!.high!)).toBe(true);
  });

  it('say nothing of a pump they have hardly seen', () => {
    const bank = createBank(learned, pack.thing.signals);
    expect(feed(bank, pump(impeller, start, 5))).toEqual([]);
    expect(bank.covered().size).toBe(0);
  });

  it('begin no more than there is room for', () => {
    const room = { learners: 3, selected: 0 };
    const bank = createBank(learned, pack.thing.signals, room);
    feed(bank, pump([], start, 0.1));
    expect(room.learners).toBe(1);
    bank.release();
    expect(room.learners).toBe(3);
  });
});
