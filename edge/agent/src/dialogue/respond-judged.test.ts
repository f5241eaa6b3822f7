import { loadPack, packsRoot, policyFile } from '@wayside/packs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWatch } from '../diagnosis/watch.ts';
import type { Point } from '../telemetry/course.ts';
import { compileGrammar } from './grammar/compile-grammar.ts';
import { createGrammar, type Grammar } from './grammar/grammar.ts';
import type { PastKnown } from './look-back.ts';
import { respond } from './respond.ts';
import type { TalkedAbout } from './respond-types.ts';
import { newState, type SessionState } from './state.ts';
import { noPast, quiet } from './test-talk.ts';
import { now } from './test-toy.ts';

const [core, pump, heat] = await Promise.all(['core', 'industrial-pump', 'home-hvac'].map((one) => loadPack(`${packsRoot}/${one}`)));
const minute = 60_000;
const hour = 60 * minute;

const readings: Record<string, number | string> = {
  running_state: 'running',
  vibration_drive_end: 2.2,
  vibration_axial: 1.1,
  bearing_temperature_drive_end: 58,
  discharge_pressure: 500,
  motor_power: 11,
  liquid_temperature: 24,
  room_temperature: 21.3,
  room_setpoint: 22,
  supply_temperature: 38,
  electrical_energy: 40,
};
const thingOf = (family: string, pack: typeof pump): TalkedAbout => ({
  id: 'm1',
  title: 'Machine',
  family,
  signals: pack!.thing.signals,
  actions: pack!.thing.actions,
  latest: (name) =>
    readings[name] === undefined || !(name in pack!.thing.signals)
      ? undefined
      : { value: readings[name], observedAt: now, receivedAt: now, quality: 'good' },
  online: true,
  busy: false,
});

describe('a figure', () => {
  let grammar: Grammar;
  let state: SessionState;
  let past: PastKnown;
  beforeAll(() => {
    grammar = createGrammar(compileGrammar([core!, pump!, heat!]));
  });
  beforeEach(() => {
    state = newState('en', 'm1');
    past = noPast;
  });
  const tell = async (text: string, family = 'industrial-pump') => {
    const pack = family === 'home-hvac' ? heat! : pump!;
    const watch = createWatch({ packs: new Map([[family, pack]]), onChange() {} });
    watch.thing('m1', family);
    const responded = await respond({
      ...quiet,
      ...{ text, state, now, watch, grammar, past },
      locale: /\p{Script=Han}/u.test(text) ? 'zh' : 'en',
      knowledge: { search: async () => [], bestForFault: async () => undefined, stepPicture: async () => undefined },
      policyOf: () => policyFile.parse({ rules: [] }),
      things: [thingOf(family, pack)],
    });
    state = responded.state;
    return responded.answer;
  };

  it.each([
    [
      'is 4 mm/s bad',
      '4 mm/s is within its limits: over 5.1 mm/s it counts as “The drive end vibrates too much (zone C)”. Vibration at the drive end is 2.2 mm/s now.',
    ],
    ['would twelve millimetres per second be too much?', '12 mm/s is too high: over'],
    ['4毫米每秒算大吗', '4 mm/s 在限值以内：高于 5.1 mm/s 才算“驱动端振动过大（C 区）”。驱动端振动现在是 2.2 mm/s。'],
    [
      'is 95 degrees too hot for the bearing',
      '95 °C is too high: over 80 °C it counts as “The drive-end bearing is hot”. Bearing temperature at the drive end is 58 °C now.',
    ],
    ['轴承95度会不会太热', '95 °C 偏高：高于 80 °C 就算“驱动端轴承过热”。驱动端轴承温度现在是 58 °C。'],
    ['is the bearing temp normal', 'Bearing temperature at the drive end is 58 °C now. That is within its limits: over 80 °C'],
    ['出口压力正常吗', '出口压力现在是 500 kPa。在限值以内：'],
    ['is 3 bar okay for the discharge pressure', '3 bar (300 kPa) is within its limits:'],
    ['is a discharge pressure of 6 too high', '600 kPa is too high: over 580 kPa'],
  ])('is judged by the limits of its signal: %s', async (text, says) => {
    const { text: said, citations } = await tell(text);
    expect(said.slice(0, says.length)).toBe(says);
    expect(citations.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sample', 'fault']));
  });

  it('that has no limit is said to have none, beside what is usual here', async () => {
    past = {
      ...noPast,
      samples: async () => Array.from({ length: 100 }, (_, i): Point => [now - (100 - i) * minute, 21 + (i % 10) / 10]),
    };
    expect((await tell('is 25 degrees too warm for the room temperature', 'home-hvac')).text).toBe(
      'I know of no limit for it on this machine. Room temperature is 21.3 °C now. Over the last 2 hours it was mostly between 21 °C and 21.9 °C.',
    );
  });

  it('without a name is of the signal that reads most like it, and not of what is only set', async () => {
    expect((await tell('is 22 degrees normal?', 'home-hvac')).text).toMatch(/Room temperature is 21\.3 °C now\./);
  });

  it.each(['what is normal', 'is that normal', 'what should it be?', '正常是多少', '这个正常吗'])(
    'that was read last is meant where none is named: %s',
    async (text) => {
      await tell('what is the bearing temperature');
      expect((await tell(text)).text).toMatch(/58 °C.*80 °C/);
    },
  );

  it('that is asked for is read and not judged', async () => {
    expect((await tell('今天最高转速多少')).text).not.toMatch(/限值/);
  });

  it('in a command is set and not judged', async () => {
    expect((await tell('set the temperature to 25 degrees, is that ok', 'home-hvac')).command).toMatchObject({ args: { temperature: 25 } });
  });

  describe('beside what it was', () => {
    const steady = (was: number, is: number): PastKnown => ({
      ...noPast,
      samples: async (_thing, _signal, from, to) =>
        Array.from({ length: 9 * 24 }, (_, i): Point => [now - i * hour - minute, i >= 24 ? was : is])
          .reverse()
          .filter(([at]) => at >= from && at <= to),
    });
    const counting: PastKnown = {
      ...noPast,
      samples: async (_thing, _signal, from, to) =>
        Array.from({ length: 9 * 24 }, (_, i): Point => [now - i * hour, 1_000 - (i > 24 ? 24 + (i - 24) / 2 : i)])
          .reverse()
          .filter(([at]) => at >= from && at <= to),
    };

    it.each([
      [
        'compare with last week',
        /^Bearing temperature at the drive end was 50 °C on average from .* to .*; over the last day 60 °C on average: more than then\.$/,
      ],
      ['比上周怎么样', /^驱动端轴承温度，.*：平均 50 °C；最近一天：平均 60 °C，比那时高。$/],
    ])('is compared: %s', async (text, says) => {
      past = steady(50, 60);
      await tell('what is the bearing temperature');
      expect((await tell(text)).text).toMatch(says);
    });

    it('is the one that is asked for, not the one read last', async () => {
      past = { ...noPast, samples: async (_thing, signal, _from, to) => [[to, signal === 'motor_power' ? 10 : 1]] };
      await tell('what is the bearing temperature');
      expect((await tell('how much power is the pump using now vs an hour ago')).text).toMatch(
        /^Motor power was 10 kW at .*; now 11 kW: more than then\.$/,
      );
    });

    it('is compared with its usual where no time is named', async () => {
      past = steady(11, 11.2);
      expect((await tell('is the motor power higher than usual')).text).toMatch(/Motor power was 11 kW on average .*: about the same\.$/);
      expect((await tell('电机功率比平时高吗')).text).toMatch(/平均 11 kW；最近一天：平均 11\.2 kW，差不多。$/);
    });

    it.each(['is it using too much electricity', '电费是不是太高了'])('of a counter is what it grows in a day: %s', async (text) => {
      past = counting;
      expect((await tell(text, 'home-hvac')).text).toMatch(/12 kWh.*24 kWh.*(?:more than then|比那时高)/);
    });

    it('and nothing is kept of then, says so and how it is', async () => {
      expect((await tell('compare the bearing temperature with last week')).text).toBe(
        'I have no reading of that from then: Bearing temperature at the drive end. It is 58 °C now.',
      );
    });

    it.each(['bearing temp trend over the last hour', '看看轴承温度的趋势'])('is told as a trend: %s', async (text) => {
      past = { ...noPast, samples: async () => Array.from({ length: 31 }, (_, i): Point => [now - (30 - i) * minute, 50 + i]) };
      expect((await tell(text)).text).toMatch(/(?:has risen from|升到)/);
    });
  });
});
