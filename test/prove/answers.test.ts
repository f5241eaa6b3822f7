import { expect, it } from 'vitest';
import { passagesOfPacks } from '../bench/understanding/answered.ts';
import { askOf } from './answers/ask.ts';
import { invented } from './answers/invented.ts';

it('the check of written answers finds a number, a code and an act that no source has, and nothing in the sources’ own words', () => {
  const source = 'Close both valves before you open the lid. The code P0301 stays until 40 kilometres were driven.';
  expect(invented(source, source)).toEqual([]);
  expect(invented('Close both valves for 15 minutes first.', source)).toEqual(['15']);
  expect(invented('The code P0302 stays until 40 kilometres were driven.', source)).toEqual(['P0302']);
  expect(invented('Close both valves and drain the water.', source)).toEqual(['drain']);
});

it('the nth question is the same every time, and hardly any is asked twice', async () => {
  const pools = await passagesOfPacks();
  const asked = Array.from({ length: 300 }, (_, n) => askOf(n, pools, 'en'));
  expect(askOf(7, pools, 'en')).toEqual(asked[7]);
  expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBeGreaterThan(285);
  for (const { passages } of asked) expect(new Set(passages).size).toBe(passages.length);
});
