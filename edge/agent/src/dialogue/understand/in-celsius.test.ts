import { expect, it } from 'vitest';
import { inCelsius } from './in-celsius.ts';

it.each([
  ['make it 70°F in here', 'make it 21 degrees in here'],
  ['set it to 70 fahrenheit please', 'set it to 21 degrees please'],
  ['put it at 68 degrees fahrenheit', 'put it at 20 degrees'],
  ['室温调到华氏70度', '室温调到21度'],
  ['set it to 21', 'set it to 21'],
  ['code P0420 and 3 fuses of 5 A', 'code P0420 and 3 fuses of 5 A'],
])('says in degrees Celsius what was said in Fahrenheit: %s', (said, means) => expect(inCelsius(said)).toBe(means));
