import { faultFile, type Pack, symptomFile } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { madeFault, text } from './made-fault.ts';
import { createWatch, type Watch } from './watch.ts';

const start = 1_795_341_600_000;
const minute = 60_000;
const pack = {
  family: 'toy',
  thing: { signals: {}, actions: {} },
  ...symptomFile.parse({
    symptoms: {
      hot: { title: text, detect: { kind: 'limit', signal: 't', above: 110, for: '1m' } },
      odd: { title: text, detect: { kind: 'shift', signal: 't', over: '5m', against: '30m', by: 5 } },
      'odd-too': { title: text, detect: { kind: 'shift', signal: 'other', over: '5m', against: '30m', by: 5 } },
    },
  }),
  observations: {},
  dtcs: {},
  ...faultFile.parse({
    faults: {
      pump: madeFault(0.01, { symptoms: { hot: 0.9 } }),
    },
  }),
} as unknown as Pack;

function live(watch: Watch, from: number, to: number, t: number, other = 20) {
  for (let at = from; at < to; at += 10_000)
    watch.samples('one', [
      { signal: 't', value: t, observedAt: start + at },
      { signal: 'other', value: other, observedAt: start + at },
    ]);
}

/** A machine that ran with a fault for as long as anybody watched it. */
function faulty(): Watch {
  const watch = createWatch({ packs: new Map([['toy', pack]]), onChange() {} });
  watch.thing('one', 'toy');
  live(watch, 0, 60 * minute, 120);
  expect(watch.faults('one').map(({ fault }) => fault)).toEqual(['pump']);
  return watch;
}
const shows = (watch: Watch, symptom: string) => watch.judged('one').get(symptom)?.active ?? false;

describe('what was usual while a fault was there', () => {
  it('would call the mended machine unusual', () => {
    const watch = faulty();
    live(watch, 60 * minute, 75 * minute, 90);
    expect(shows(watch, 'odd')).toBe(true);
  });

  it('is forgotten once the repair is confirmed, and learned anew from the mended machine', () => {
    const watch = faulty();
    live(watch, 60 * minute, 62 * minute, 90);
    watch.mended('one', 'pump');
    live(watch, 62 * minute, 120 * minute, 90);
    expect(shows(watch, 'odd')).toBe(false);
    live(watch, 120 * minute, 135 * minute, 70);
    expect(shows(watch, 'odd')).toBe(true);
  });

  it('is kept of signals the fault did not show in', () => {
    const watch = faulty();
    watch.mended('one', 'pump');
    live(watch, 60 * minute, 75 * minute, 90, 40);
    expect(shows(watch, 'odd-too')).toBe(true);
  });

  it('stays for a fault the pack does not know, and a thing nobody knows', () => {
    const watch = faulty();
    watch.mended('one', 'none-such');
    watch.mended('nobody', 'pump');
    live(watch, 60 * minute, 75 * minute, 90);
    expect(shows(watch, 'odd')).toBe(true);
  });
});
