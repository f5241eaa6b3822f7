import { faultFile } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import type { Known } from './evidence.ts';
import { madeFault } from './made-fault.ts';
import { overturnsOf } from './overturn.ts';

const { faults } = faultFile.parse({
  faults: {
    thermostat: madeFault(0.02, { symptoms: { hot: 0.8 }, observations: { 'heater-cold': 0.2 } }),
    leak: madeFault(0.01, { symptoms: { hot: 0.7, 'low-coolant': 0.9 }, observations: { puddle: 0.9, 'sweet-smell': 0.5 } }),
    fan: madeFault(0.01, { symptoms: { hot: 0.7 }, dtcs: { P0480: 0.7 } }),
  },
});
const at = 1_795_341_600_000;
const known = (over: Partial<Known>): Known => ({
  symptoms: new Map([['hot', { active: true, since: at, at, signal: 's' }]]),
  covered: new Set(['low-coolant']),
  dtcs: [],
  observations: new Map(),
  ...over,
});
const applied = (before: Known, { kind, ref, if: is }: { kind: string; ref: string; if: string }): Known => {
  const present = is === 'yes' || is === 'present';
  if (kind === 'observation')
    return { ...before, observations: new Map([...before.observations, [ref, { answer: is as 'yes' | 'no', at }]]) };
  if (kind === 'dtc')
    return {
      ...before,
      dtcs: present ? [...before.dtcs, { code: ref, state: 'confirmed', at }] : before.dtcs.filter(({ code }) => code !== ref),
    };
  const symptoms = new Map(before.symptoms);
  if (present) symptoms.set(ref, { active: true, since: at, at, signal: 's' });
  else symptoms.delete(ref);
  return { ...before, symptoms, covered: new Set([...before.covered, ref]) };
};

describe('what would change the verdict', () => {
  it('is each single finding that gives it to another fault, and it does when it comes', () => {
    const before = known({});
    const diagnosis = diagnose({ faults, ...before });
    expect(diagnosis.ranked[0]).toMatchObject({ fault: 'thermostat', active: true });
    const overturns = overturnsOf('thermostat', diagnosis, faults);
    expect(overturns.map(({ kind, ref, if: is, fault }) => `${kind} ${ref} ${is}: ${fault}`)).toEqual(
      expect.arrayContaining(['observation puddle yes: leak', 'symptom low-coolant present: leak', 'dtc P0480 present: fan']),
    );
    for (const one of overturns) {
      const after = diagnose({ faults, ...applied(before, one) });
      const [now, then] = ['thermostat', one.fault].map((id) => after.ranked.find(({ fault }) => fault === id)?.probability ?? 0);
      expect(then, `${one.ref} ${one.if}`).toBeGreaterThan(now!);
      expect(now, `${one.ref} ${one.if}`).toBeLessThan(0.5);
    }
  });

  it('names an answer first that can still be had, then what would have to be mistaken', () => {
    const before = known({ observations: new Map([['puddle', { answer: 'yes', at }]]) });
    const diagnosis = diagnose({ faults, ...before });
    expect(diagnosis.ranked[0]?.fault).toBe('leak');
    const overturns = overturnsOf('leak', diagnosis, faults);
    expect(overturns).toContainEqual({ kind: 'observation', ref: 'puddle', if: 'no', fault: 'thermostat' });
    const places = overturns.map(({ kind, ref }) => diagnosis.findings.some((one) => one.kind === kind && one.ref === ref));
    expect(places).toEqual(places.toSorted((a, b) => Number(a) - Number(b)));
  });

  it('is nothing where everything agrees', () => {
    const symptoms = new Map(['hot', 'low-coolant'].map((id) => [id, { active: true, since: at, at, signal: 's' }]));
    const told = new Map(['puddle', 'sweet-smell'].map((id) => [id, { answer: 'yes' as const, at }]));
    const diagnosis = diagnose({ faults, ...known({ symptoms, observations: told }) });
    expect(overturnsOf('leak', diagnosis, faults)).toEqual([]);
  });
});
