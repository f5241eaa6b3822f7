import { faultFile, type Pack, symptomFile } from '@wayside/packs';
import { expect, it } from 'vitest';
import { createWatch } from './watch.ts';

const text = { en: 'x', zh: 'x' };
const pack = {
  family: 'toy',
  version: '1.0.0',
  title: text,
  summary: text,
  licence: 'Apache-2.0',
  sources: [],
  thing: { signals: { t: { title: 'Temperature', type: 'number', unit: 'celsius' } }, actions: {} },
  ...symptomFile.parse({ symptoms: { hot: { title: text, detect: { kind: 'limit', signal: 't', above: 110, clear: 105, for: '5s' } } } }),
  observations: {},
  ...faultFile.parse({
    faults: {
      hot: {
        title: text,
        explanation: text,
        severity: 'danger',
        safety: 'stop',
        safetyAdvice: text,
        prior: 0.01,
        symptoms: { hot: 0.9 },
        dtcs: { P0217: 0.9 },
        source: 'test',
      },
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
        { kind: 'symptom', ref: 'hot', for: true, signal: 't', value: 115, unit: 'celsius', at: at + 5000 },
        { kind: 'dtc', ref: 'P0217', for: false },
      ],
    },
  ]);
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
  again.restore('one', JSON.parse(JSON.stringify(watch.takeLearned('one'))));
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
