import { faultReport } from '@wayside/contract';
import { faultFile, observationFile, type Pack, symptomFile } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { madeFault, text } from './made-fault.ts';
import { createWatch } from './watch.ts';

const pack = {
  family: 'toy',
  version: '1.0.0',
  title: text,
  summary: text,
  licence: 'Apache-2.0',
  sources: [],
  derived: [],
  thing: { signals: { t: { title: 'Temperature', type: 'number', unit: 'celsius' } }, actions: {} },
  ...symptomFile.parse({
    symptoms: {
      hot: { title: text, detect: { kind: 'limit', signal: 't', above: 110, clear: 105, for: '5s' } },
      loud: { title: text, detect: { kind: 'limit', signal: 'noise', above: 80 } },
    },
  }),
  busyWhile: [{ signal: 'speed', above: 5 }],
  ...observationFile.parse({ observations: { steam: { title: text, question: text } } }),
  ...faultFile.parse({
    faults: {
      hot: madeFault(0.01, {
        severity: 'danger',
        safety: 'stop',
        symptoms: { hot: 0.9, loud: 0.8 },
        priors: [{ when: { model: 'Weak' }, times: 20, source: 'test' }],
        dtcs: { P0217: 0.9 },
      }),
    },
  }),
  procedures: {},
  dtcs: { P0217: { title: { en: 'Engine too hot', zh: '发动机过热' } } },
  phrases: {},
  articles: [],
  dir: '',
} as Pack;
const at = 1_795_341_600_000;
const heat = (from: number, value: number, n = 10) =>
  Array.from({ length: n }, (_, i) => ({ signal: 't', value, observedAt: at + (from + i) * 1000 }));

function watching() {
  const told: [string, string[], string[]][] = [];
  const watch = createWatch({
    packs: new Map([['toy', pack]]),
    onChange: (thing, faults, cleared) => told.push([thing, faults.map((f) => f.fault), cleared]),
  });
  watch.thing('one', 'toy');
  return { watch, told };
}

it('tells of a fault once when it appears and once when it goes', () => {
  const { watch, told } = watching();
  for (const sample of [...heat(0, 90), ...heat(10, 115, 30), ...heat(40, 90, 30)]) watch.samples('one', [sample]);
  expect(told).toEqual([
    ['one', ['hot'], []],
    ['one', [], ['hot']],
  ]);
});

it('reports the evidence with its signal, value and unit', () => {
  const { watch } = watching();
  for (const sample of heat(0, 115)) watch.samples('one', [sample]);
  expect(watch.faults('one')).toMatchObject([
    {
      thing: 'one',
      fault: 'hot',
      safety: 'stop',
      since: at,
      evidence: [
        { kind: 'symptom', ref: 'hot', for: true, signal: 't', value: 115, unit: 'celsius', at: at + 9000, high: 110 },
        { kind: 'dtc', ref: 'P0217', for: false },
      ],
    },
  ]);
});

it('reports the newest value, also to who asked a moment ago', () => {
  const { watch } = watching();
  const shown = () => watch.faults('one')[0]?.evidence[0];
  for (const [i, sample] of heat(0, 115).entries()) {
    watch.samples('one', [{ ...sample, value: 115 + i }]);
    shown();
  }
  expect(shown()).toMatchObject({ value: 124, at: at + 9000 });
  expect(watch.consider('one', []).faults).toEqual(watch.faults('one'));
});

it('considers what somebody tells, and keeps nothing of it', () => {
  const { watch } = watching();
  for (const sample of heat(0, 115)) watch.samples('one', [sample]);
  const before = watch.faults('one');
  const { diagnosis, faults } = watch.consider('one', [{ observation: 'steam', answer: 'no', at }]);
  expect(faults[0]?.asked).toMatchObject([{ observation: 'steam', answer: 'no' }]);
  expect(diagnosis).not.toBe(watch.diagnosis('one'));
  expect(watch.faults('one')).toEqual(before);
});

it('shows on which sample a symptom was looked for and not found', () => {
  const { watch } = watching();
  watch.dtc('one', { code: 'P0217', state: 'confirmed' }, at);
  for (const sample of heat(0, 115)) watch.samples('one', [sample, { signal: 'noise', value: 62, observedAt: sample.observedAt }]);
  watch.dtc('one', { code: 'P0217', state: 'pending' }, at + 10_000);
  const against = watch.faults('one')[0]?.evidence.filter((one) => !one.for);
  expect(against).toMatchObject([{ kind: 'symptom', ref: 'loud', signal: 'noise', value: 62, at: at + 9000 }]);
});

it('shows the codes of a thing whose family nobody knows, without guessing at faults', () => {
  const { watch, told } = watching();
  watch.thing('odd', 'spaceship');
  watch.dtc('odd', { code: 'E4', state: 'confirmed' }, at);
  expect(watch.dtcs('odd')).toEqual([{ thing: 'odd', code: 'E4', state: 'confirmed', at }]);
  expect(watch.faults('odd')).toEqual([]);
  expect(told).toEqual([]);
});

it('takes back a fault when its code is cleared, and ignores an older word about it', () => {
  const { watch, told } = watching();
  watch.dtc('one', { code: 'P0217', state: 'confirmed' }, at);
  watch.dtc('one', { code: 'P0217', state: 'cleared' }, at + 5000);
  watch.dtc('one', { code: 'P0217', state: 'confirmed' }, at + 1000);
  expect(told).toEqual([
    ['one', ['hot'], []],
    ['one', [], ['hot']],
  ]);
  expect(watch.dtcs('one')).toMatchObject([{ state: 'cleared', title: { en: 'Engine too hot' } }]);
});

it('goes on after a restart', () => {
  const { watch } = watching();
  for (const sample of heat(0, 115)) watch.samples('one', [sample]);
  const { watch: again, told } = watching();
  for (const [part, state] of watch.takeLearned('one', true)) again.recall('one', part, JSON.parse(JSON.stringify(state)));
  expect(told).toEqual([]);
  expect(again.faults('one')).toMatchObject([{ fault: 'hot', since: at }]);
  for (const sample of heat(10, 90, 20)) again.samples('one', [sample]);
  expect(told.at(-1)).toEqual(['one', [], ['hot']]);
});

it('keeps at most 200 codes of a thing that invents them', () => {
  const { watch } = watching();
  for (let i = 0; i < 1000; i++) watch.dtc('one', { code: `X${i}`, state: 'confirmed' }, at);
  expect(watch.dtcs('one')).toHaveLength(200);
});

it('reports what was asked, what it leaves unexplained and how much each piece weighs', () => {
  const { watch } = watching();
  for (const sample of heat(0, 115)) watch.samples('one', [sample]);
  watch.dtc('one', { code: 'U1234', state: 'confirmed' }, at);
  watch.answer('one', 'steam', 'yes', at);
  const [fault] = watch.faults('one');
  expect(fault?.evidence[0]?.weight).toBeGreaterThan(1);
  expect(fault).toMatchObject({ asked: [{ observation: 'steam', answer: 'yes' }], unexplained: [{ kind: 'dtc', ref: 'U1234' }] });
  expect(faultReport.parse(JSON.parse(JSON.stringify(fault)))).toEqual(fault);
});

it('knows that the hands are full while the thing says so, and not from what it said long ago', () => {
  const { watch } = watching();
  expect(watch.busy('one', at)).toBe(false);
  watch.samples('one', [{ signal: 'speed', value: 50, observedAt: at }]);
  expect(watch.busy('one', at + 1000)).toBe(true);
  expect(watch.busy('one', at + 600_000)).toBe(false);
  watch.samples('one', [{ signal: 'speed', value: 0, observedAt: at + 600_000 }]);
  expect(watch.busy('one', at + 600_000)).toBe(false);
  expect(watch.busy('nobody', at)).toBe(false);
});

it('takes a fault for likelier in a model that is known for it', () => {
  const { watch } = watching();
  watch.thing('one', 'toy', undefined, { model: 'Weak' });
  watch.thing('two', 'toy', undefined, { model: 'Strong' });
  for (const id of ['one', 'two']) watch.dtc(id, { code: 'P0217', state: 'pending' }, at);
  const of = (id: string) => watch.diagnosis(id).ranked[0]!.probability;
  expect(of('one')).toBeGreaterThan(of('two') + 0.1);
});

describe('signs that can no longer be judged', () => {
  const cause = { title: text, explanation: text, severity: 'warning', safety: 'gently', safetyAdvice: text, source: 'test' };
  const fan = { signal: 'fan', is: true };
  const plant = {
    ...pack,
    family: 'plant',
    thing: {
      signals: { t: { title: 'T', type: 'number' }, r: { title: 'R', type: 'number' }, fan: { title: 'F', type: 'boolean' } },
      actions: {},
    },
    ...symptomFile.parse({
      symptoms: {
        warm: { title: text, detect: { kind: 'limit', signal: 't', above: 30, for: '5s', while: [fan] } },
        rise: { title: text, detect: { kind: 'limit', signal: 'r', above: 5, for: '5s' } },
      },
    }),
    ...faultFile.parse({
      faults: {
        heats: { ...cause, prior: 0.02, symptoms: { warm: 0.9, rise: 0.95 } },
        'cools-not': { ...cause, prior: 0.01, symptoms: { warm: 0.9 } },
      },
    }),
    observations: {},
  } as unknown as Pack;
  const hear = (watch: ReturnType<typeof createWatch>, from: number, signals: Record<string, number | boolean>, n: number) => {
    for (let i = from; i < from + n; i++) {
      const observedAt = at + i * 1000;
      watch.samples(
        'ahu',
        Object.entries(signals).map(([signal, value]) => ({ signal, value, observedAt })),
      );
      watch.tick(observedAt);
    }
  };
  const shown = (watch: ReturnType<typeof createWatch>) => watch.faults('ahu').map(({ fault }) => fault);
  const begun = () => {
    const watch = createWatch({ packs: new Map([['plant', plant]]), onChange() {} });
    watch.thing('ahu', 'plant');
    hear(watch, 0, { fan: true, t: 40, r: 9 }, 20);
    expect(shown(watch)).toEqual(['heats']);
    return watch;
  };

  it('are not blamed on the next best cause when the first one is mended', () => {
    const watch = begun();
    hear(watch, 20, { fan: false, t: 20, r: 0 }, 60);
    expect(shown(watch)).toEqual([]);
    expect(watch.diagnosis('ahu').ranked.some((one) => one.active)).toBe(false);
  });

  it('speak again as soon as they can be judged again', () => {
    const watch = begun();
    hear(watch, 20, { fan: false, t: 20, r: 0 }, 60);
    hear(watch, 80, { fan: true, t: 40, r: 0 }, 10);
    expect(shown(watch)).toEqual(['cools-not']);
  });

  it('keep up what was shown already', () => {
    const watch = begun();
    hear(watch, 20, { fan: false, t: 20, r: 9 }, 60);
    expect(shown(watch)).toEqual(['heats']);
  });
});
