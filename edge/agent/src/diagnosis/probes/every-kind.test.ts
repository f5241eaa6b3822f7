import { type Detector, detector, type Pack } from '@wayside/packs';
import type { Quality, Value } from '@wayside/protocol';
import { createRandom } from '@wayside/simulators';
import { describe, expect, it } from 'vitest';
import { type Bank, createBank, type Observed, type SymptomChange } from '../detect.ts';

const title = { en: 'x', zh: 'x' };
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const start = Date.UTC(2026, 0, 5);

/** One detector of each kind, all on the signal `t` and quick enough to show something in the stream below. */
const kinds = {
  limit: { kind: 'limit', signal: 't', above: 30, clear: 28, for: '5m' },
  rate: { kind: 'rate', signal: 't', above: 0.5, per: '1m', over: '10m', for: '2m' },
  difference: { kind: 'difference', signal: 't', minus: 'u', above: 8, for: '5m' },
  stuck: { kind: 'stuck', signal: 't', times: 5, for: '20m' },
  missing: { kind: 'missing', signal: 't', times: 3, for: '20m' },
  state: { kind: 'state', signal: 'mode', states: ['fault'], for: '5m' },
  quality: { kind: 'quality', signal: 't', marks: ['out-of-range'], for: '1m' },
  noisy: { kind: 'noisy', signal: 't', times: 3, over: '10m', learn: '6h' },
  shift: { kind: 'shift', signal: 't', times: 5, over: '30m', against: '12h' },
  change: { kind: 'change', signal: 't', every: '5m', learn: '1d', drift: 1.5 },
  season: { kind: 'season', signal: 't', every: '5m', learn: '1d', for: '10m' },
  together: { kind: 'together', signal: 't', with: ['u'], every: '1m', learn: '1d', for: '5m' },
  unusual: { kind: 'unusual', signal: 't', every: '5m', learn: '12h', oneIn: 60 },
} as const satisfies Partial<Record<Detector['kind'], object>>;
const symptoms = (detect: object): Pack['symptoms'] => ({ s: { title, detect: detector.parse(detect) } });

type Message = { at: number; samples: Observed[] };

/** Three days of a signal with a daily course, in which everything a detector may look for happens once, on the third day. */
function messages(seed: number): Message[] {
  const random = createRandom(seed, 'stream');
  const stream: Message[] = [];
  let last = 20;
  for (let at = 0; at < 3 * day; at += minute) {
    const into = (from: number, to: number) => at >= 2 * day + from * hour && at < 2 * day + to * hour;
    let t = 20 + 2 * Math.sin((2 * Math.PI * at) / day) + random() - 0.5;
    if (into(2, 3)) t += 15;
    if (into(4, 5)) t += 12 * (random() - 0.5);
    if (into(6, 8)) t = last;
    if (into(9, 10)) t += ((at - 2 * day - 9 * hour) / hour) * 60;
    last = t;
    const quality: Quality = into(12, 13) ? 'out-of-range' : 'good';
    const samples: Observed[] = [
      { signal: 'u', value: 20, observedAt: start + at },
      { signal: 'mode', value: into(14, 15) ? 'fault' : 'run', observedAt: start + at },
    ];
    if (!into(16, 19)) samples.push({ signal: 't', value: t, observedAt: start + at, quality });
    stream.push({ at, samples });
  }
  return stream;
}

function play(bank: Bank, stream: readonly Message[], meddle: (bank: Bank, message: Message, i: number) => Bank = (same) => same) {
  const changes: SymptomChange[] = [];
  let now = bank;
  for (const [i, message] of stream.entries()) {
    now = meddle(now, message, i);
    changes.push(...now.observe(message.samples), ...now.tick(start + message.at));
  }
  return changes;
}

describe.each(Object.entries(kinds))('a detector of the kind %s', (_, detect) => {
  const fresh = () => createBank(symptoms(detect));
  const stream = messages(7);
  const clean = play(fresh(), stream);

  it('shows something in a stream in which everything happens', () => {
    expect(clean.some(({ active }) => active)).toBe(true);
    expect(clean.filter(({ active, since }) => active && since < start + 2 * day).length).toBeLessThanOrEqual(1);
  });

  it('goes on after a restart at any moment as if there had been none', () => {
    const random = createRandom(3, 'restarts');
    const restarted = play(fresh(), stream, (bank) => {
      if (random() > 0.01) return bank;
      const again = fresh();
      again.restore(JSON.parse(JSON.stringify(bank.snapshot())));
      for (const [signal, learned] of bank.learned(true)) again.restoreLearned(signal, JSON.parse(JSON.stringify(learned)));
      return again;
    });
    expect(restarted).toEqual(clean);
  });

  it('is not moved by repeated samples, late ones, and what is no number', () => {
    const random = createRandom(4, 'mischief');
    let newest = Number.NaN;
    const meddled = play(fresh(), stream, (bank, _, i) => {
      const before = stream[i - 1]?.samples ?? [];
      newest = before.find(({ signal }) => signal === 't')?.observedAt ?? newest;
      const say = (value: Value, observedAt: number) => bank.observe([{ signal: 't', value, observedAt }]);
      if (random() < 0.2) bank.observe(before);
      if (random() < 0.2) say(1e9, newest - Math.ceil(random() * 5) * minute);
      if (random() < 0.2) say(random() < 0.5 ? Number.NaN : Number.POSITIVE_INFINITY, newest);
      return bank;
    });
    expect(meddled).toEqual(clean);
  });

  it('goes on when the clock of the device is set back by a year', () => {
    const bank = fresh();
    play(bank, stream);
    const back = stream.map(({ at, samples }) => ({
      at: at + 4 * day,
      samples: samples.map((one) => ({ ...one, observedAt: one.observedAt - 365 * day })),
    }));
    expect(play(bank, back).some(({ active }) => active)).toBe(true);
  });

  it('bears anything at any time, in bounded memory', () => {
    const random = createRandom(5, 'garbage');
    const bank = fresh();
    const values: Value[] = [0, -0, 1e300, -1e300, 1e-300, Number.NaN, true, 'fault', 'x'.repeat(256), 7.5, 21];
    let at = start;
    let largest = 0;
    for (let i = 0; i < 20_000; i++) {
      at += random() < 0.02 ? (random() - 0.5) * 400 * day : random() ** 6 * hour;
      const quality = (['good', 'undeclared', 'out-of-range', 'wrong-type', 'suspect-time'] as const)[Math.floor(random() * 5)]!;
      const value = random() < 0.5 ? random() * 100 : values[Math.floor(random() * values.length)]!;
      bank.observe([{ signal: ['t', 'u', 'mode', `odd${i % 500}`][Math.floor(random() * 4)]!, value, observedAt: at, quality }]);
      if (i % 10 === 0) bank.tick(at + random() * minute);
      if (i % 2_000 === 0) {
        const state = JSON.parse(JSON.stringify([bank.snapshot().states, bank.learned(true)])) as [unknown, [string, unknown][]];
        largest = Math.max(largest, JSON.stringify(state).length);
        bank.covered();
        bank.state();
      }
    }
    expect(largest).toBeLessThan(12 * 1024);
  });
});
