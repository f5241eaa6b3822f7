import { loadPack, packsRoot } from '@wayside/packs';
import { expect, it } from 'vitest';
import { fitsNow } from './fits-now.ts';

const { observations } = await loadPack(`${packsRoot}/home-hvac`);
const asked = (sign: string, told: Record<string, string>) =>
  fitsNow(observations[sign]!, (signal) => (told[signal] === undefined ? undefined : { value: told[signal] }));

it.each([
  ['warm-when-cooling', { mode: 'heating' }, false],
  ['warm-when-cooling', { mode: 'auto', operating_state: 'heating' }, false],
  ['warm-when-cooling', { mode: 'cooling', operating_state: 'idle' }, true],
  ['radiators-cold', { mode: 'cooling' }, false],
  ['radiators-cold', { mode: 'heating' }, true],
  ['gurgling', { mode: 'cooling' }, true],
])('is asked of what the machine does now: %s at %o: %s', (sign, told, asks) => {
  expect(asked(sign, told)).toBe(asks);
});

it('is asked where the machine never told what it does', () => {
  expect(asked('warm-when-cooling', {})).toBe(true);
});
