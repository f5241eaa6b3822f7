import { faultFile, observationFile } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import type { SymptomState } from './detect.ts';
import { diagnose } from './diagnose.ts';
import { type Answer, type Known, unknownFault } from './evidence.ts';
import { madeFault, text } from './made-fault.ts';
import { nextQuestion } from './question.ts';

const { faults } = faultFile.parse({
  faults: {
    thermostat: madeFault(0.01, { symptoms: { hot: 0.8 }, observations: { 'heater-cold': 0.2 } }),
    leak: madeFault(0.01, { symptoms: { hot: 0.7, 'low-coolant': 0.9 }, dtcs: { P0128: 0.1 }, observations: { puddle: 0.8 } }),
    fan: madeFault(0.01, { symptoms: { hot: 0.7, 'fan-still': 0.9 }, dtcs: { P0480: 0.7 } }),
    battery: madeFault(0.02, { symptoms: { 'low-voltage': 0.8 } }),
  },
});
const { observations } = observationFile.parse({
  observations: { puddle: { title: text, question: text, cost: 3 }, 'heater-cold': { title: text, question: text, cost: 1 } },
});
const at = 1_795_341_600_000;
const shows = (...ids: string[]) =>
  new Map<string, SymptomState>(ids.map((id) => [id, { active: true, since: at, at, value: 1, signal: 's' }]));
const known = (over: Partial<Known & { faults: typeof faults }>): { faults: typeof faults } & Known => ({
  faults,
  symptoms: new Map(),
  covered: new Set(),
  dtcs: [],
  observations: new Map(),
  ...over,
});
const said = (answers: Record<string, Answer>) => new Map(Object.entries(answers).map(([id, answer]) => [id, { answer, at }]));
const p = (diagnosis: ReturnType<typeof diagnose>, fault: string) => diagnosis.ranked.find((one) => one.fault === fault)?.probability ?? 0;

describe('a diagnosis', () => {
  it('is nothing when nothing is seen', () => {
    expect(diagnose(known({ covered: new Set(['hot', 'low-voltage']) }))).toMatchObject({ ranked: [], none: 1 });
  });

  it('agrees with Bayes by hand for one fault and one finding', () => {
    const diagnosis = diagnose(known({ faults: { battery: faults.battery! }, symptoms: shows('low-voltage') }));
    const chance = (...links: number[]) => {
      const quiet = (1 - 0.0001) * links.reduce((all, link) => all * (1 - link), 1);
      return (1 - quiet) * 0.97 + quiet * 0.0001;
    };
    const [battery, other] = [0.02 / 0.98, unknownFault.odds];
    const nothing = chance() + other * chance(unknownFault.symptom);
    const found = battery * chance(0.8) + battery * other * chance(0.8, unknownFault.symptom);
    expect(p(diagnosis, 'battery')).toBeCloseTo(found / (found + nothing), 9);
    expect(diagnosis.none).toBeCloseTo(nothing / (found + nothing), 9);
  });

  it('says that something is there it does not know when a confirmed code is none of its own', () => {
    const diagnosis = diagnose(known({ dtcs: [{ code: 'U1234', state: 'confirmed', at }] }));
    expect(diagnosis).toMatchObject({ ranked: [], none: expect.closeTo(1), unexplained: [{ kind: 'dtc', ref: 'U1234' }] });
    expect(diagnosis.unknown).toBeGreaterThan(0.6);
  });

  it('names beside the fault it found what that does not explain', () => {
    const diagnosis = diagnose(known({ symptoms: shows('fan-still', 'hot'), dtcs: [{ code: 'U1234', state: 'confirmed', at }] }));
    expect(diagnosis.ranked[0]).toMatchObject({ fault: 'fan', active: true });
    expect(diagnosis.unexplained).toMatchObject([{ ref: 'U1234' }]);
  });

  it('takes several things that no one fault explains for a fault it does not know rather than for chance', () => {
    const odd = { a: { ...faults.battery!, prior: 1e-6, symptoms: { one: 0.1, two: 0.1, three: 0.1 } } };
    const diagnosis = diagnose(known({ faults: odd, symptoms: shows('one', 'two', 'three') }));
    expect(diagnosis.none).toBeGreaterThan(0.9);
    expect(diagnosis.unknown).toBeGreaterThan(0.8);
    expect(diagnosis.unexplained).toHaveLength(3);
  });

  it('believes more in what is common in this model', () => {
    const weak = { ...faults.thermostat!, priors: [{ when: { model: 'Leon', ageAtLeast: 5 }, times: 20, source: 'made for this test' }] };
    const of = (thing?: { model: string; year: number }) =>
      p(diagnose({ ...known({ symptoms: shows('hot') }), faults: { ...faults, weak }, thing, now: at }), 'weak');
    expect(of({ model: 'Leon', year: 2017 })).toBeGreaterThan(of({ model: 'Ibiza', year: 2017 }) + 0.3);
    expect(of({ model: 'Ibiza', year: 2017 })).toBe(of());
  });

  it('lets absence speak: the cause whose other symptom was looked for and not found falls back', () => {
    const before = diagnose(known({ symptoms: shows('hot') }));
    const after = diagnose(known({ symptoms: shows('hot'), covered: new Set(['low-coolant', 'fan-still']) }));
    expect(p(after, 'thermostat')).toBeGreaterThan(p(before, 'thermostat') + 0.2);
    expect(after.ranked[0]).toMatchObject({ fault: 'thermostat', active: true });
    const leak = after.ranked.find((one) => one.fault === 'leak');
    expect(leak?.evidence).toMatchObject([
      { ref: 'hot', for: true },
      { ref: 'low-coolant', for: false },
    ]);
  });

  it('names two faults when one cannot explain what is seen', () => {
    const diagnosis = diagnose(known({ symptoms: shows('fan-still', 'hot', 'low-voltage') }));
    expect(
      diagnosis.ranked
        .filter((one) => one.active)
        .map((one) => one.fault)
        .sort(),
    ).toEqual(['battery', 'fan']);
  });

  it.each([
    ['thermostat and battery', shows('hot', 'low-voltage'), ['low-coolant', 'fan-still'], ['thermostat', 'battery']],
    ['leak and battery', shows('hot', 'low-coolant', 'low-voltage'), ['fan-still'], ['leak', 'battery']],
    ['leak and fan', shows('hot', 'low-coolant', 'fan-still'), ['low-voltage'], ['leak', 'fan']],
    ['leak, fan and battery', shows('hot', 'low-coolant', 'fan-still', 'low-voltage'), [], ['leak', 'fan', 'battery']],
  ])('finds the true pair or more: %s', (_, symptoms, covered, truly) => {
    const diagnosis = diagnose(known({ symptoms, covered: new Set(covered) }));
    const active = diagnosis.ranked.filter((one) => one.active).map((one) => one.fault);
    expect(active.sort()).toEqual(truly.toSorted());
    const best = diagnosis.hypotheses.reduce((a, b) => (b.probability > a.probability ? b : a));
    expect(best.members.map((one) => diagnosis.ranked[one]!.fault).sort()).toEqual(truly.toSorted());
  });

  it('takes a cleared code for absent and a pending one for less than a confirmed one', () => {
    const by = (state: 'pending' | 'confirmed' | 'cleared') => p(diagnose(known({ dtcs: [{ code: 'P0480', state, at }] })), 'fan');
    expect(by('cleared')).toBe(0);
    expect(by('pending')).toBeLessThan(by('confirmed'));
    expect(by('pending')).toBeGreaterThan(0);
  });

  it('says nothing of a fault that only a doubtful observation speaks for', () => {
    const diagnosis = diagnose(known({ observations: said({ puddle: 'yes' }) }));
    expect(diagnosis.ranked.map((one) => one.active)).toEqual([false]);
  });

  it('does not learn from "I am not sure"', () => {
    const { ranked } = diagnose(known({ symptoms: shows('hot'), observations: said({ puddle: 'unsure' }) }));
    expect(ranked).toEqual(diagnose(known({ symptoms: shows('hot') })).ranked);
  });

  it('sums to one over all hypotheses', () => {
    const { hypotheses } = diagnose(known({ symptoms: shows('hot', 'low-voltage', 'low-coolant') }));
    expect(hypotheses.reduce((sum, one) => sum + one.probability, 0)).toBeCloseTo(1, 9);
  });
});

describe('the next question', () => {
  it('is the one that tells most for its cost', () => {
    const diagnosis = diagnose(known({ symptoms: shows('hot') }));
    expect(nextQuestion(diagnosis, faults, observations, new Map())?.observation).toBe('puddle');
  });

  it('is not put twice, not even after "I am not sure"', () => {
    const diagnosis = diagnose(known({ symptoms: shows('hot') }));
    expect(nextQuestion(diagnosis, faults, observations, new Map([['puddle', 'unsure' as const]]))?.observation).not.toBe('puddle');
  });

  it('is not put when the fault is clear', () => {
    const diagnosis = diagnose(known({ symptoms: shows('hot', 'low-coolant'), observations: said({ puddle: 'yes' }) }));
    expect(diagnosis.ranked[0]?.fault).toBe('leak');
    expect(nextQuestion(diagnosis, faults, observations, new Map())).toBeUndefined();
  });

  const situations = observationFile.parse({
    observations: {
      puddle: { title: text, question: text, cost: 2, by: 'look' },
      'heater-cold': { title: text, question: text, cost: 1 },
    },
  }).observations;
  const hot = () => diagnose(known({ symptoms: shows('hot') }));
  const next = (over: object, asked = situations) => nextQuestion(hot(), faults, asked, new Map(), over)?.observation;

  it('is none that needs a look while hands are full, and fewer then pay', () => {
    expect(next({})).toBe('puddle');
    const easy = { ...situations, puddle: { ...situations.puddle!, by: 'say' as const } };
    expect(next({ busy: true })).toBeUndefined();
    expect(next({ busy: true }, easy)).toBe('puddle');
    const dear = { puddle: { ...easy.puddle, cost: 5 } };
    expect([next({}, dear), next({ busy: true }, dear)]).toEqual(['puddle', undefined]);
  });

  it('is none that cannot be asked of the machine as it is now', () => {
    expect(next({ fits: () => true })).toBe('puddle');
    expect(next({ fits: ({ by }: { by: string }) => by !== 'look' })).not.toBe('puddle');
  });

  it('needs leave to act where it is a test that acts, and brings the act along', () => {
    const action = { name: 'run-fan', args: {} };
    const test = { puddle: { ...situations.puddle!, by: 'say' as const, action } };
    expect(next({}, test)).toBeUndefined();
    expect(next({ canAct: () => false }, test)).toBeUndefined();
    expect(next({ canAct: () => true, busy: true }, test)).toBeUndefined();
    expect(nextQuestion(hot(), faults, test, new Map(), { canAct: (one) => one.name === 'run-fan' })).toMatchObject({ action });
  });
});
