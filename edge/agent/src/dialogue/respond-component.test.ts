import { loadPack, packsRoot, policyFile } from '@wayside/packs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWatch } from '../diagnosis/watch.ts';
import { compileGrammar } from './grammar/compile-grammar.ts';
import { createGrammar, type Grammar } from './grammar/grammar.ts';
import type { PastKnown } from './look-back.ts';
import { respond } from './respond.ts';
import type { TalkedAbout } from './respond-types.ts';
import { newState, type SessionState } from './state.ts';
import { noPast, quiet } from './test-talk.ts';
import { now } from './test-toy.ts';

const coolant = 'Vehicle.Powertrain.CombustionEngine.EngineCoolant';
const pressure = 'Vehicle.Chassis.Axle.Row1.Wheel.Left.Tire.Pressure';
const readings: Record<string, number | string | boolean> = {
  [`${coolant}.Temperature`]: 91,
  [`${coolant}.Level`]: 'NORMAL',
  [pressure]: 231,
  'Vehicle.Powertrain.FuelSystem.RelativeLevel': 62,
};
const car = await loadPack(`${packsRoot}/vehicle`);
const core = await loadPack(`${packsRoot}/core`);
const thing: TalkedAbout = {
  id: 'car-1',
  title: 'Car',
  family: 'vehicle',
  signals: car.thing.signals,
  actions: {},
  latest: (name) =>
    readings[name] === undefined ? undefined : { value: readings[name], observedAt: now, receivedAt: now, quality: 'good' },
  online: true,
  busy: false,
};

describe('a part of a machine that is asked about by itself', () => {
  let grammar: Grammar;
  let state: SessionState;
  beforeAll(() => {
    grammar = createGrammar(compileGrammar([core, car]));
  });
  const tell = async (text: string, locale: 'en' | 'zh' = 'en', codes: string[] = [], past: PastKnown = noPast) => {
    const watch = createWatch({ packs: new Map([['vehicle', car]]), onChange() {} });
    watch.thing('car-1', 'vehicle');
    for (const code of codes) watch.dtc('car-1', { code, state: 'pending' }, now);
    const responded = await respond({
      ...quiet,
      ...{ text, state, now, watch, grammar, locale, past },
      knowledge: { search: async () => [], bestForFault: async () => undefined, stepPicture: async () => undefined },
      policyOf: () => policyFile.parse({ rules: [] }),
      things: [thing],
    });
    state = responded.state;
    return responded.answer;
  };

  it.each([
    ['how are my tyres', 'en', /^Tyres: Tyre pressure, front left: 231 kPa\. I see no fault there/],
    ['tires okay?', 'en', /^Tyres: /],
    ['我的轮胎怎么样', 'zh', /^轮胎：左前轮胎压 231 kPa。没有发现它有故障/],
    ['how are the brakes', 'en', /^Brakes: I have no readings of it\. I see no fault there/],
    ['how is the coolant', 'en', /^Cooling: Coolant temperature: 91 °C; Coolant level: normal\./],
    ['冷却液怎么样', 'zh', /^冷却系统：冷却液温度 91 °C；冷却液液位 正常。/],
  ] as const)('is answered by its own readings: %s', async (text, locale, says) => {
    state = newState(locale, 'car-1');
    const answer = await tell(text, locale);
    expect(answer.text).toMatch(says);
    expect(answer.text).not.toMatch(/Misfire|失火/);
  });

  it('is told beside what shows elsewhere, once', async () => {
    state = newState('en', 'car-1');
    const first = await tell('how are my tyres', 'en', ['P0301']);
    expect(first.text).toMatch(/^Tyres: .*Something else shows, not yet sure: P0301 Misfire in cylinder 1\. You may drive gently/);
    expect(first.citations.map(({ ref }) => ref)).toContain('P0301');
    expect((await tell('how are my brakes', 'en', ['P0301'])).text).not.toMatch(/P0301/);
  });

  it('that is what shows is told as that', async () => {
    state = newState('en', 'car-1');
    expect((await tell('how is the engine', 'en', ['P0301'])).text).toMatch(/P0301: Misfire in cylinder 1\. That is not yet confirmed/);
  });

  it('and has several readings is told by its figure where a past one is asked for', async () => {
    state = newState('en', 'car-1');
    const asked: string[] = [];
    const past: PastKnown = {
      ...noPast,
      samples: async (_thing, signal, _from, to) => {
        asked.push(signal);
        return [[to, 88]];
      },
    };
    expect((await tell('what was the coolant an hour ago', 'en', [], past)).text).toMatch(/Coolant temperature was 88 °C\.$/);
    expect(asked).toEqual([`${coolant}.Temperature`]);
    expect((await tell('what is the coolant at')).text).toBe('Coolant temperature is 91 °C. Coolant level is normal.');
  });

  it('of which something is yes or no says so, and no value', async () => {
    readings['Vehicle.Cabin.HVAC.IsAirConditioningActive'] = true;
    state = newState('en', 'car-1');
    expect((await tell('is the ac on')).text).toBe('Air conditioning on: yes.');
    expect((await tell('空调开着吗', 'zh')).text).toBe('空调压缩机是否开启：是。');
  });

  it.each([
    ["what's the fuel economy", 'en', 'I have no reading of that here: Average fuel consumption. What is nearest: Fuel level is 62%.'],
    ['油耗多少', 'zh', '这里没有“平均油耗”的读数。最接近的是：油量现在是 62%。'],
  ] as const)('stands in for a reading that this machine does not give: %s', async (text, locale, says) => {
    state = newState(locale, 'car-1');
    expect((await tell(text, locale)).text).toBe(says);
  });
});
