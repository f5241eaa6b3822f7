import type { Detector, Pack } from '@wayside/packs';
import { detector } from '@wayside/packs';
import type { Value } from '@wayside/protocol';
import { describe, expect, it } from 'vitest';
import { createBank } from './detect.ts';

const title = { en: 'x', zh: 'x' };
const symptom = (detect: Record<string, unknown>): Pack['symptoms'] => ({ s: { title, detect: detector.parse(detect) as Detector } });
const start = 1_795_341_600_000;
const run = (bank: ReturnType<typeof createBank>, signal: string, values: (Value | undefined)[], every = 1000, from = 0) =>
  values.flatMap((value, i) => (value === undefined ? [] : bank.observe({ signal, value, observedAt: start + (from + i) * every })));
const repeat = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

describe('a limit', () => {
  const hot = symptom({ kind: 'limit', signal: 't', above: 110, clear: 105, for: '5s' });

  it('shows after its duration, from the moment it was passed', () => {
    const bank = createBank(hot);
    expect(run(bank, 't', [90, 111, 112, 113, 114, 115])).toEqual([]);
    expect(run(bank, 't', [116], 1000, 6)).toEqual([
      { symptom: 's', active: true, since: start + 1000, at: start + 6000, value: 116, signal: 't', band: { high: 110 } },
    ]);
  });

  it('does not flutter between its limit and where it clears', () => {
    const bank = createBank(hot);
    const changes = run(bank, 't', [...repeat(10, 112), ...repeat(30, 107), ...repeat(10, 104)]);
    expect(changes.map((change) => change.active)).toEqual([true, false]);
  });

  it('ignores a short spike', () => {
    expect(run(createBank(hot), 't', [90, 130, 130, 90, 90, 130, 90])).toEqual([]);
  });

  it('applies only while its conditions hold, and stays as it was when they lapse', () => {
    const bank = createBank(symptom({ kind: 'limit', signal: 'oil', below: 1, for: '2s', while: [{ signal: 'rpm', above: 500 }] }));
    expect(run(bank, 'oil', repeat(10, 0))).toEqual([]);
    run(bank, 'rpm', [800], 1000, 10);
    expect(run(bank, 'oil', repeat(5, 0), 1000, 10).map((change) => change.active)).toEqual([true]);
    run(bank, 'rpm', [0], 1000, 20);
    expect(run(bank, 'oil', repeat(60, 0), 1000, 21)).toEqual([]);
    expect(bank.state().get('s')?.active).toBe(true);
    expect(run(bank, 'oil', [0], 1000, 40 * 60)).toMatchObject([{ active: false }]);
  });

  it('sees the samples of one message together', () => {
    const bank = createBank(symptom({ kind: 'limit', signal: 'sh', below: 1, while: [{ signal: 'on', is: true }] }));
    bank.observe([
      { signal: 'on', value: true, observedAt: start },
      { signal: 'sh', value: 5, observedAt: start },
    ]);
    const changes = bank.observe([
      { signal: 'sh', value: 0, observedAt: start + 1000 },
      { signal: 'on', value: false, observedAt: start + 1000 },
    ]);
    expect(changes).toEqual([]);
  });
});

describe('other detectors', () => {
  it('measure a rate through noise', () => {
    const bank = createBank(symptom({ kind: 'rate', signal: 'p', below: -2, per: '1m', over: '1m' }));
    const noise = (i: number) => Math.sin(i * 12.9898) * 0.3;
    expect(
      run(
        bank,
        'p',
        Array.from({ length: 120 }, (_, i) => 100 + noise(i)),
      ),
    ).toEqual([]);
    const falling = run(
      bank,
      'p',
      Array.from({ length: 120 }, (_, i) => 100 - i * 0.1 + noise(i)),
      1000,
      120,
    );
    expect(falling).toHaveLength(1);
    expect(falling[0]).toMatchObject({ active: true });
  });

  it('compare two signals', () => {
    const bank = createBank(symptom({ kind: 'difference', signal: 'a', minus: 'b', above: 9, for: '3s' }));
    run(bank, 'b', [30]);
    expect(run(bank, 'a', repeat(6, 45), 1000, 1)).toHaveLength(1);
  });

  it('find a stuck signal and let it go when it moves', () => {
    const bank = createBank(symptom({ kind: 'stuck', signal: 'a', within: 0.1, for: '10s' }));
    expect(run(bank, 'a', [1, 2, 3, 4])).toEqual([]);
    expect(bank.covered().has('s')).toBe(true);
    expect(run(bank, 'a', [...repeat(12, 5.05), 7], 1000, 4).map((change) => change.active)).toEqual([true, false]);
  });

  it('miss a signal only while the thing goes on talking', () => {
    const bank = createBank(symptom({ kind: 'missing', signal: 'a', for: '60s' }));
    run(bank, 'a', [1]);
    expect(bank.tick(start + 600_000)).toEqual([]);
    run(bank, 'other', repeat(70, 1));
    expect(bank.tick(start + 70_000)).toMatchObject([{ symptom: 's', active: true, since: start }]);
    expect(run(bank, 'a', repeat(11, 2), 1000, 71)).toMatchObject([{ active: false }]);
  });

  it('let a state that is told once run out its duration', () => {
    const bank = createBank(symptom({ kind: 'state', signal: 'mode', states: ['fault'], for: '30s' }));
    expect(run(bank, 'mode', ['idle', 'fault'])).toEqual([]);
    expect(bank.tick(start + 20_000)).toEqual([]);
    expect(bank.tick(start + 31_000)).toMatchObject([{ active: true, value: 'fault' }]);
  });
});

describe('bad time', () => {
  const hot = symptom({ kind: 'limit', signal: 't', above: 110, for: '5s' });

  it('does not matter when late samples are mixed in or repeated', () => {
    const bank = createBank(hot);
    const changes = run(bank, 't', repeat(4, 112));
    changes.push(...bank.observe({ signal: 't', value: 20, observedAt: start - 60_000 }));
    changes.push(...bank.observe({ signal: 't', value: 112, observedAt: start + 3000 }));
    changes.push(...run(bank, 't', repeat(4, 112), 1000, 4));
    expect(changes.map((change) => change.active)).toEqual([true]);
  });

  it('starts anew when the clock of the device is set back by an hour', () => {
    const bank = createBank(hot);
    run(bank, 't', repeat(3, 112));
    expect(run(bank, 't', repeat(10, 112), 1000, -3600)).toMatchObject([{ active: true, since: start - 3_600_000 + 2_000 }]);
  });
});

describe('absence', () => {
  it('says something only when it was judged for long enough', () => {
    const bank = createBank(symptom({ kind: 'limit', signal: 't', above: 110, for: '30s', while: [{ signal: 'on', is: true }] }));
    run(bank, 't', repeat(60, 90));
    expect(bank.covered().size).toBe(0);
    run(bank, 'on', [true], 1000, 60);
    run(bank, 't', repeat(10, 90), 1000, 61);
    expect(bank.covered().size).toBe(0);
    run(bank, 't', repeat(30, 90), 1000, 71);
    expect(bank.covered().has('s')).toBe(true);
    run(bank, 'other', [1], 1000, 2000);
    run(bank, 't', [120], 1000, 2000);
    expect(bank.covered().size).toBe(0);
  });
});

it('goes on after a restart where it stopped', () => {
  const all: Pack['symptoms'] = {
    ...symptom({ kind: 'limit', signal: 't', above: 110, for: '10s' }),
    r: { title, detect: detector.parse({ kind: 'rate', signal: 't', above: 100, per: '1m', over: '10s' }) },
  };
  const values = [...repeat(20, 90), ...repeat(20, 112), ...repeat(20, 90)];
  const whole = run(createBank(all), 't', values);
  for (const cut of [5, 19, 25, 33, 45]) {
    const first = createBank(all);
    const changes = run(first, 't', values.slice(0, cut));
    const second = createBank(all);
    second.restore(JSON.parse(JSON.stringify(first.snapshot())));
    changes.push(...run(second, 't', values.slice(cut), 1000, cut));
    expect(changes).toEqual(whole);
  }
  expect(whole.length).toBeGreaterThan(1);
});
