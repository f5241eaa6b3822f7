import { expect, it } from 'vitest';
import { createInterlocks } from './interlocks.ts';

const standing = [{ signal: 'speed', below: 1, because: { en: 'the car moves', zh: '车在行驶' } }];

it('holds on what was read just now, and on nothing older than two seconds', () => {
  let clock = 10_000;
  const interlocks = createInterlocks({}, () => clock);
  expect(interlocks.blocked(standing)).toBe('speed is not known now');
  interlocks.saw({ speed: 0 }, clock);
  expect(interlocks.blocked(standing)).toBeUndefined();
  clock += 2_001;
  expect(interlocks.blocked(standing)).toBe('speed is not known now');
});

it('is not fooled by a reading that comes late', () => {
  const interlocks = createInterlocks({}, () => 10_000);
  interlocks.saw({ speed: 30 }, 9_900);
  interlocks.saw({ speed: 0 }, 9_000);
  expect(interlocks.blocked(standing)).toBe('the car moves');
});

it('asks the machine itself where it can, and believes nothing else', () => {
  let speed: number | undefined = 0;
  const interlocks = createInterlocks({ speed: () => speed }, () => 10_000);
  interlocks.saw({ speed: 50 }, 10_000);
  expect(interlocks.blocked(standing)).toBeUndefined();
  speed = undefined;
  expect(interlocks.blocked(standing)).toBe('speed is not known now');
  expect(createInterlocks({}, () => 0).blocked([{ signal: 'toString', is: true }])).toMatch(/not known/);
});
