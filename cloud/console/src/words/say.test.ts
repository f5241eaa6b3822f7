import { describe, expect, it } from 'vitest';
import { sayAbout, sayEdge, sayMoment, sayName, sayPercent, saySpan, sayValue, sayWhen } from './say.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('a span', () => {
  it.each([
    [45 * second, '45 s', '45 秒'],
    [4 * minute + 5 * second, '4 min 05 s', '4 分 05 秒'],
    [2 * hour + 10 * minute, '2 h 10 min', '2 小时 10 分'],
    [76 * hour, '3 d 4 h', '3 天 4 小时'],
  ])('of %d ms is written with its two largest parts', (ms, en, zh) => {
    expect(saySpan(ms, 'en')).toBe(en);
    expect(saySpan(ms, 'zh')).toBe(zh);
  });

  it('is never below zero, when two clocks disagree', () => expect(saySpan(-5 * second, 'en')).toBe('0 s'));

  it('has only its largest part in “ago”, and never a second that is not shown as it passes', () => {
    expect(sayAbout(3 * hour + 12 * minute, 'en')).toBe('3 h');
    expect(sayAbout(59 * second, 'en')).toBe('less than 1 min');
    expect(sayAbout(-second, 'zh')).toBe('不到 1 分钟');
  });
});

describe('a time', () => {
  const noon = new Date(2026, 10, 22, 12, 4).getTime();

  it('of today is the clock alone', () => expect(sayWhen(noon, noon + hour, 'en')).toBe('12:04'));

  it('of tomorrow names the day, however near it is', () => {
    const evening = new Date(2026, 10, 27, 21, 25).getTime();
    expect(sayWhen(evening + 4 * hour, evening, 'en')).toMatch(/^28 Nov.*01:25$/);
    expect(sayWhen(evening + 2 * hour, evening, 'en')).toBe('23:25');
  });

  it('in full names its day, its year and the clock it is told by', () => {
    expect(sayMoment(noon, 'en')).toMatch(/^Sun,? 22 Nov 2026,? 12:04 \S+/);
    expect(sayMoment(noon, 'zh')).toMatch(/^2026年11月22日.*12:04/);
  });

  it('of another day names the day', () => expect(sayWhen(noon, noon + 72 * hour, 'en')).toMatch(/^22 Nov.*12:04$/));

  it('just after midnight is 00, not 24', () => {
    const midnight = new Date(2026, 10, 22, 0, 3).getTime();
    expect(sayWhen(midnight, midnight, 'zh')).toBe('00:03');
  });
});

describe('a value', () => {
  it('carries its unit as people write it', () => {
    expect(sayValue(103.42, 'celsius', 'en')).toBe('103.4 °C');
    expect(sayValue(87, 'Celsius', 'en')).toBe('87 °C');
    expect(sayValue(38.5, 'percent', 'en')).toBe('38.5%');
  });

  it('above a thousand has no decimals, and a small one keeps its digits', () => {
    expect(sayValue(2150.4, 'rpm', 'en')).toBe('2,150 rpm');
    expect(sayValue(2150.4, 'rpm', 'zh')).toBe('2,150 转/分');
    expect(sayValue(44, 'km/h', 'zh')).toBe('44 km/h');
    expect(sayValue(0.01234567, undefined, 'en')).toBe('0.01235');
  });

  it('that is a state is said as it is', () => {
    expect(sayValue('cooling', undefined, 'en')).toBe('cooling');
    expect(sayValue(true, undefined, 'zh')).toBe('是');
  });
});

describe('a probability', () => {
  it('is certain only when it is certain', () => {
    expect(sayPercent(0.9996)).toBe('99%');
    expect(sayPercent(1)).toBe('100%');
    expect(sayPercent(0.001)).toBe('1%');
    expect(sayPercent(0)).toBe('0%');
  });
});

it('a signal path is read by its end', () => {
  expect(sayName('Vehicle.Powertrain.CombustionEngine.ECT')).toBe('ECT');
  expect(sayName('supply_temperature')).toBe('supply temperature');
  expect(sayName('Vehicle.OBD.FuelStatus')).toBe('Fuel Status');
});

it('names an edge by the last signs of a made id, and one with a name by its name', () => {
  expect(sayEdge('edge_01M8DEFEN8QWJZTND4D5NAZPDP')).toBe('edge …NAZPDP');
  expect(sayEdge('garage')).toBe('garage');
});
