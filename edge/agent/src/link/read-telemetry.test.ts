import { describe, expect, it } from 'vitest';
import { createTelemetryReader, parseTelemetry } from './read-telemetry.ts';
import { readBy, shapeOf } from './shape.ts';

/** mulberry32: the same numbers every time. */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { next, below, oneOf: <T>(all: readonly T[]): T => all[below(all.length)]! };
}
type Random = ReturnType<typeof createRandom>;

const digits = ({ below }: Random, most: number) => Array.from({ length: 1 + below(most) }, () => below(10)).join('');

/** A number as a device may write it, and now and then as none may. */
function numeral(random: Random): string {
  const odd = [
    '-0',
    '0.0',
    '01',
    '-',
    '.5',
    '1.',
    '1e5',
    '1E+3',
    '-2e-7',
    '1e999',
    '1e',
    'NaN',
    '00',
    '9007199254740993',
    '5e-324',
    '-0.0',
    '+1',
    '1e-400',
  ];
  if (random.below(6) === 0) return random.oneOf(odd);
  if (random.below(4) === 0) return String((random.next() - 0.5) * 10 ** random.below(30));
  return `${random.oneOf(['', '-'])}${digits(random, 18)}${random.oneOf(['', `.${digits(random, 18)}`])}`;
}
const text = (random: Random) =>
  random.oneOf([
    '"on"',
    '"off"',
    '""',
    '"a \\" b"',
    '"\\u0041"',
    '"冷却"',
    '"x:{},y"',
    `"${'x'.repeat(255 + random.below(4))}"`,
    '"tab\tin it"',
  ]);
const value = (random: Random) =>
  random.oneOf([numeral, numeral, numeral, text, () => random.oneOf(['true', 'false', 'null', '[1]', '{}'])])(random);

/** What a thing says: the same names in the same order, other values each time. */
function createThing(random: Random) {
  const name = () =>
    random.oneOf(['a', 'b', 'Vehicle.Speed', 'supply_temperature', 'toString', 'constructor', '1a', '__proto__', `s${digits(random, 3)}`]);
  const names = Array.from({ length: random.below(6) }, name);
  const blank = random.oneOf(['', '', '', ' ', '\n  ']);
  const time = random.oneOf([() => '1795341600000', () => digits(random, 17), () => '"2026-11-22T10:00:00.000Z"', () => numeral(random)]);
  const place = random.oneOf(['first', 'last', 'never', 'twice']);
  const more = random.below(8) === 0 ? [`"more"${blank}:${blank}1`] : [];
  return () => {
    const at = () => `"at"${blank}:${blank}${time()}`;
    const signals = `"signals"${blank}:${blank}{${blank}${names.map((one) => `"${one}":${blank}${value(random)}`).join(`,${blank}`)}}`;
    const members = [
      ...(place === 'first' || place === 'twice' ? [at()] : []),
      signals,
      ...more,
      ...(place === 'last' || place === 'twice' ? [at()] : []),
    ];
    return Buffer.from(`{${blank}${members.join(`${blank},`)}${blank}}`);
  };
}

/** A message with some of its bytes changed, left out or put in. */
function spoilt(random: Random, message: Buffer): Buffer {
  const bytes = [...message];
  for (let n = 1 + random.below(3); n > 0; n--) {
    const byte = random.oneOf([random.below(256), 0x30 + random.below(10), ...Buffer.from('",:{}.-e \\')]);
    bytes.splice(random.below(bytes.length + 1), random.below(2), ...(random.below(2) === 0 ? [byte] : []));
  }
  return Buffer.from(bytes);
}

describe('a message read by the shape of the ones before', () => {
  it('says what parsing and checking it says, whatever it holds', () => {
    const random = createRandom(7);
    const seen = { byShape: 0, refused: 0 };
    for (let thing = 0; thing < 4_000; thing++) {
      const read = createTelemetryReader();
      const say = createThing(random);
      for (let n = 0; n < 12; n++) {
        const message = random.below(3) === 0 ? spoilt(random, say()) : say();
        const shape = shapeOf(message);
        const wanted = parseTelemetry(message);
        expect([message.toString('latin1'), read('thing', message)]).toEqual([message.toString('latin1'), wanted]);
        if (!wanted) seen.refused++;
        else if (shape && readBy(shape, message)) seen.byShape++;
      }
    }
    // Neither side of the comparison was empty.
    expect(seen.byShape).toBeGreaterThan(2_000);
    expect(seen.refused).toBeGreaterThan(2_000);
  });

  it('tells minus zero from zero, and gives every number its nearest double', () => {
    const read = createTelemetryReader();
    const random = createRandom(11);
    const say = (number: string) => Buffer.from(`{"signals":{"a":${number}}}`);
    read('thing', say('1'));
    for (let n = 0; n < 20_000; n++) {
      const number = `${random.oneOf(['', '-'])}${random.below(3) === 0 ? 0 : 1 + random.below(10 ** random.below(9))}.${digits(random, 15)}`;
      const found = read('thing', say(number))?.values[0];
      if (!Object.is(found, JSON.parse(number))) expect([number, found]).toEqual([number, JSON.parse(number)]);
    }
    expect(Object.is(read('thing', say('-0'))?.values[0], -0)).toBe(true);
  });

  it('is not parsed', () => {
    const read = createTelemetryReader();
    const say = (speed: number) => Buffer.from(JSON.stringify({ at: 1_795_341_600_000, signals: { speed, gear: 'D', on: true } }));
    const first = read('car', say(1))!;
    const second = read('car', say(2))!;
    expect(second).toEqual({ at: 1_795_341_600_000, signals: ['speed', 'gear', 'on'], values: [2, 'D', true] });
    // The list of names is the shape's own from the second message on.
    expect(read('car', say(3))!.signals).toBe(second.signals);
    expect(second.signals).not.toBe(first.signals);
  });
});

describe('a shape', () => {
  const shape = (message: string) => shapeOf(Buffer.from(message));
  it('is not taken from what has more parts, a name twice, a written time or another alphabet', () => {
    expect(shape('{"signals":{"a":1},"more":2}')).toBeUndefined();
    expect(shape('{"signals":{"a":1,"a":2}}')).toBeUndefined();
    expect(shape('{"signals":{"a":1},"signals":{"b":1}}')).toBeUndefined();
    expect(shape('{"at":"2026-11-22T10:00:00Z","signals":{"a":1}}')).toBeUndefined();
    expect(shape('{"signals":{"ä":1}}')).toBeUndefined();
  });
  it('does not fit a message of which a byte is missing or one too many', () => {
    const message = Buffer.from('{"at":12,"signals":{"a":1.5}}');
    const known = shapeOf(message)!;
    expect(readBy(known, message)).toEqual({ at: 12, signals: ['a'], values: [1.5] });
    for (let end = 0; end < message.length; end++) expect(readBy(known, message.subarray(0, end))).toBeUndefined();
    expect(readBy(known, Buffer.concat([message, Buffer.from(' ')]))).toBeUndefined();
  });
});
