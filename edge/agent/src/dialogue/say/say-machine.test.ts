import { join } from 'node:path';
import { loadPack, type Pack, packsRoot } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerContext } from './answer-context.ts';
import { explainDtc, readSignals } from './say-machine.ts';

let vehicle: Pack;
beforeAll(async () => {
  vehicle = await loadPack(join(packsRoot, 'vehicle'));
});

const explained = (code: string, locale: Locale = 'en', dtcs: AnswerContext['dtcs'] = []) => {
  const thing = { id: 'car-1', family: 'vehicle', signals: {}, latest: () => undefined } as unknown as AnswerContext['thing'];
  return explainDtc(code, { locale, thing, packOf: () => vehicle, dtcs } as unknown as AnswerContext)
    .parts.filter(Boolean)
    .join(' ');
};

describe('the answer to what a trouble code means', () => {
  it('names the usual causes of a code the pack knows', () => {
    expect(explained('P0128')).toMatch(/^P0128: Coolant stays below .*Thermostat stuck open/);
  });

  it('says how it failed where the control unit told', () => {
    const here = [{ thing: 'car-1', code: 'P0301', state: 'confirmed' as const, at: 0, failureType: '13' }];
    expect(explained('P0301', 'en', here)).toMatch(/^P0301: Misfire in cylinder 1, open circuit \(failure type 13\)\./);
    expect(explained('P0301', 'zh', here)).toMatch(/^P0301：第 1 缸失火，断路（故障类型 13）/);
  });

  it.each([
    ['P1131', 'en', /^P1131: Area: fuel and air\. Such a code has several meanings/],
    ['C1145', 'en', /^C1145: Speed Wheel Sensor RF Input Circuit Failure \(at one maker\)\. Such a code has several meanings/],
    ['P1131', 'zh', /^P1131：范围：燃油与进气。 这类代码由厂家自定义，各品牌含义不同/],
  ] as const)('says of the maker code %s in %s that it has several meanings', (code, locale, said) => {
    expect(explained(code, locale)).toMatch(said);
  });

  it('says of a code of which only the area is known that this is all', () => {
    expect(explained('P2799')).toMatch(/^P2799: Area: gearbox\. I know its area, not its exact wording\./);
  });

  it('says of an unknown code that it is unknown', () => {
    expect(explained('P0FFF')).toMatch(/^P0FFF\. I have no description of this code\./);
  });
});

describe('a reading', () => {
  it('of a kind of signal is each that the machine has, four at most, and none that it has not', () => {
    const names = [
      'room_temperature',
      'supply_temperature',
      'return_temperature',
      'outdoorTemperature',
      'tank.temperature',
      'temperature_spread_rate',
    ];
    const signals = Object.fromEntries(names.map((name) => [name, { title: name, type: 'number', unit: 'celsius' }]));
    const latest = (signal: string) =>
      signal === 'return_temperature' ? undefined : { value: 21, observedAt: 5, receivedAt: 5, quality: 'good' };
    const context = { locale: 'en', thing: { id: 'h', signals, latest }, units: 'metric' } as unknown as AnswerContext;
    expect(readSignals('temperature', context).parts).toEqual(
      ['room_temperature', 'supply_temperature', 'outdoorTemperature', 'tank.temperature'].map((name) => `${name} is 21 °C.`),
    );
    expect(readSignals('pressure', context).parts).toEqual(['This machine does not measure that.']);
  });

  it('of all tyres names each that the car reports, while it moves so many at most', () => {
    const pressure = { value: 230, observedAt: 5, receivedAt: 5, quality: 'good' };
    const latest = (signal: string) => (signal.includes('Row1') ? pressure : undefined);
    const context = {
      locale: 'en',
      thing: { id: 'car-1', signals: vehicle.thing.signals, latest },
      units: 'metric',
      packOf: () => vehicle,
    };
    const name = 'Vehicle.Chassis.Axle.*.Wheel.*.Tire.Pressure';
    const said = readSignals(name, context as unknown as AnswerContext);
    expect(said.parts).toHaveLength(2);
    expect(said.parts.join(' ')).toMatch(/left.* is 230 kPa\. .*right.* is 230 kPa\./i);
    expect(said.citations?.map(({ ref }) => ref)).toEqual(
      ['Left', 'Right'].map((side) => `car-1/Vehicle.Chassis.Axle.Row1.Wheel.${side}.Tire.Pressure@5`),
    );
    expect(readSignals(name, { ...context, atMost: 1 } as unknown as AnswerContext).parts).toHaveLength(1);
    expect(
      readSignals(name, { ...context, thing: { ...context.thing, latest: () => undefined } } as unknown as AnswerContext).parts,
    ).toContain('I have no reading of that here: Tyre pressure, front left.');
  });
});
