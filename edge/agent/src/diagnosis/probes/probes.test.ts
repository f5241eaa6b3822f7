import { detector, type Pack } from '@wayside/packs';
import type { Quality, Value } from '@wayside/protocol';
import { createRandom } from '@wayside/simulators';
import { describe, expect, it } from 'vitest';
import { type Bank, createBank, type SymptomChange } from '../detect.ts';

const title = { en: 'x', zh: 'x' };
const symptom = (detect: object): Pack['symptoms'] => ({ s: { title, detect: detector.parse(detect) } });
const start = Date.UTC(2026, 0, 5);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** Normal noise from a seed. */
function noise(seed: number): () => number {
  const random = createRandom(seed, 'noise');
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

type Course = (at: number) => Value;
/** Feeds one sample each `every` from `from` to `to` (ms since the start) and returns what changed. */
function feed(bank: Bank, from: number, to: number, every: number, course: Course, quality: Quality = 'good'): SymptomChange[] {
  const changes: SymptomChange[] = [];
  for (let at = from; at < to; at += every)
    changes.push(...bank.observe([{ signal: 't', value: course(at), observedAt: start + at, quality }]));
  return changes;
}
const shown = (changes: readonly SymptomChange[]) => changes.map(({ active }) => active);

describe('noise', () => {
  const restless = symptom({ kind: 'noisy', signal: 't', times: 3, over: '10m', learn: '6h' });

  it('is found where it grew to many times its own usual, and ends when it is gone', () => {
    const bank = createBank(restless);
    const random = noise(1);
    expect(feed(bank, 0, day, 10_000, () => 20 + random())).toEqual([]);
    const found = feed(bank, day, day + hour, 10_000, () => 20 + 6 * random());
    expect(shown(found)).toEqual([true]);
    expect(found[0]!.since - start - day).toBeLessThan(10 * minute);
    expect(found[0]!.band!.low).toBeLessThan(20);
    expect(shown(feed(bank, day + hour, day + 2 * hour, 10_000, () => 20 + random()))).toEqual([false]);
  });

  it('is not found in a level that moves, however far, nor in a slow course', () => {
    const random = noise(2);
    expect(feed(createBank(restless), 0, 2 * day, 10_000, (at) => 20 + random() + 40 * Math.sin(at / hour))).toEqual([]);
  });

  it('is not found in the last digit of a steady sensor', () => {
    const random = noise(3);
    const bank = createBank(restless);
    feed(bank, 0, day, 10_000, (at) => 21 + (at % (3 * hour) === 0 ? 0.1 : 0));
    expect(feed(bank, day, 2 * day, 10_000, () => 21 + (random() > 0 ? 0.1 : 0))).toEqual([]);
  });

  it('can be held to a given limit, without learning', () => {
    const bank = createBank(symptom({ kind: 'noisy', signal: 't', above: 2, over: '5m' }));
    const random = noise(4);
    expect(feed(bank, 0, hour, 5_000, () => random())).toEqual([]);
    expect(shown(feed(bank, hour, 2 * hour, 5_000, () => 4 * random()))).toEqual([true]);
  });
});

describe('a level that shifted', () => {
  const moved = symptom({ kind: 'shift', signal: 't', times: 6, by: 0.5, over: '30m', against: '1d' });

  it('is found within the while it is measured over, with the band it left', () => {
    const bank = createBank(moved);
    const random = noise(5);
    expect(feed(bank, 0, day, minute, () => 50 + random())).toEqual([]);
    const found = feed(bank, day, day + 2 * hour, minute, () => 60 + random());
    expect(shown(found)).toEqual([true]);
    expect(found[0]!.since - start - day).toBeLessThanOrEqual(30 * minute);
    expect(found[0]!.band!.low!).toBeGreaterThan(43);
    expect(found[0]!.band!.high!).toBeLessThan(57);
  });

  it('is no spike, however high, and no noise', () => {
    const bank = createBank(moved);
    const random = noise(6);
    feed(bank, 0, day, minute, () => 50 + random());
    expect(feed(bank, day, 4 * day, minute, (at) => (at % (3 * hour) === 0 ? 1e6 : 50 + random()))).toEqual([]);
  });

  it('becomes usual when it lasts', () => {
    const bank = createBank(moved);
    const random = noise(7);
    feed(bank, 0, day, minute, () => 50 + random());
    expect(shown(feed(bank, day, 3 * day, minute, () => 60 + random()))).toEqual([true, false]);
  });

  it('of one sensor against its siblings is found, of all together is weather', () => {
    const bank = createBank(symptom({ kind: 'shift', signal: { kind: 'temperature' }, minus: 'siblings', by: 1, against: '1d' }), {
      a: { title: 'A', type: 'number', kind: 'temperature' },
      b: { title: 'B', type: 'number', kind: 'temperature' },
      c: { title: 'C', type: 'number', kind: 'temperature' },
      d: { title: 'D', type: 'number', kind: 'humidity' },
    });
    const random = noise(8);
    const all = (from: number, to: number, offset: (name: string) => number) => {
      const changes: SymptomChange[] = [];
      for (let at = from; at < to; at += minute) {
        const weather = 10 * Math.sin(at / (3 * hour));
        const samples = ['a', 'b', 'c', 'd'].map((signal) => ({
          signal,
          value: 20 + weather + 0.2 * random() + offset(signal),
          observedAt: start + at,
        }));
        changes.push(...bank.observe(samples));
      }
      return changes;
    };
    expect(all(0, day, () => 0)).toEqual([]);
    expect(all(day, day + 6 * hour, () => 8)).toEqual([]);
    expect(all(day + 6 * hour, day + 12 * hour, (name) => (name === 'b' ? 4 : 0)).map(({ signal }) => signal)).toEqual(['b']);
  });
});

describe('a mean that changed', () => {
  const changed = symptom({ kind: 'change', signal: 't', every: '5m', learn: '1d' });

  it('by one standard deviation is found within three hours', () => {
    const bank = createBank(changed);
    const random = noise(9);
    expect(feed(bank, 0, 3 * day, 5 * minute, () => random())).toEqual([]);
    const found = feed(bank, 3 * day, 3 * day + 6 * hour, 5 * minute, () => 1 + random());
    expect(shown(found)).toEqual([true]);
    expect(found[0]!.since - start - 3 * day).toBeLessThan(3 * hour);
  });

  it('is seldom found in plain noise: at most once in fifty days', () => {
    const random = noise(10);
    expect(shown(feed(createBank(changed), 0, 50 * day, 5 * minute, () => random())).filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  it('is over when it goes back, and usual when it stays', () => {
    const bank = createBank(changed);
    const random = noise(11);
    feed(bank, 0, 3 * day, 5 * minute, () => random());
    feed(bank, 3 * day, 3 * day + 6 * hour, 5 * minute, () => 3 + random());
    expect(shown(feed(bank, 3 * day + 6 * hour, 4 * day, 5 * minute, () => random()))).toEqual([false]);
    expect(shown(feed(bank, 4 * day, 5 * day, 5 * minute, () => 3 + random()))).toEqual([true]);
    feed(bank, 5 * day, 7 * day, 5 * minute, () => 3 + random());
    expect(bank.state().get('s')?.active).toBe(false);
  });
});

describe('a departure from the pattern of the day', () => {
  const off = symptom({ kind: 'season', signal: 't', times: 2, learn: '7d', for: '20m' });
  const random = noise(12);
  const daily: Course = (at) => 20 + 8 * Math.sin((2 * Math.PI * at) / day) + 0.3 * random();

  it('is found at a value that would be usual at another time of day', () => {
    const bank = createBank(off);
    expect(feed(bank, 0, 14 * day, 5 * minute, daily)).toEqual([]);
    // Midnight's 20 degrees at six in the morning, when 28 are usual.
    const at = 14 * day + 6 * hour;
    feed(bank, 14 * day, at, 5 * minute, daily);
    const found = feed(bank, at, at + hour, 5 * minute, () => 20);
    expect(shown(found)).toEqual([true]);
    expect(found[0]!.band!.low).toBeGreaterThan(22);
  });
});

describe('the unusual', () => {
  const odd = symptom({ kind: 'unusual', signal: 't', oneIn: 300, learn: '3d' });

  it('is found in a fast signal at its slow pace, with the band it left and how rare it is', () => {
    const bank = createBank(odd);
    const random = noise(13);
    const before = shown(feed(bank, 0, 14 * day, minute, () => 5 + 0.1 * random()));
    expect(before.length).toBeLessThanOrEqual(2);
    const found = feed(bank, 14 * day, 14 * day + hour, minute, () => 7).filter(({ active }) => active);
    expect(found).toHaveLength(1);
    expect(found[0]!.band!.high!).toBeLessThan(6);
    expect(found[0]!.oneIn!).toBeGreaterThanOrEqual(300);
  });

  it('takes none of the room all share while its signal never moves, and gives it back', () => {
    const room = { learners: 1, selected: 0 };
    const still = createBank(odd, {}, room);
    feed(still, 0, day, minute, () => 5);
    expect(room.learners).toBe(1);
    const lively = createBank(odd, {}, room);
    feed(lively, 0, day, minute, (at) => at);
    expect(room.learners).toBe(0);
    const third = createBank(odd, {}, room);
    feed(third, 0, 10 * day, minute, (at) => at);
    expect(third.state().size).toBe(0);
    lively.release();
    expect(room.learners).toBe(1);
  });
});

describe('a sensor that stands still', () => {
  it('is measured by how long it ever stood still before', () => {
    const bank = createBank(symptom({ kind: 'stuck', signal: 't', times: 10, for: '1h' }));
    const random = noise(14);
    expect(feed(bank, 0, 2 * day, minute, () => Math.round(20 + random()))).toEqual([]);
    const found = feed(bank, 2 * day, 2 * day + 3 * hour, minute, () => 20);
    expect(shown(found)).toEqual([true]);
    expect(found[0]!.since - start - 2 * day).toBeLessThan(2 * hour);
    expect(shown(feed(bank, 2 * day + 3 * hour, 2 * day + 4 * hour, minute, () => Math.round(22 + random())))).toEqual([false]);
  });
});

describe('a symptom that ended in silence', () => {
  it('has to last anew when its signal is heard again', () => {
    const bank = createBank(symptom({ kind: 'shift', signal: 't', times: 5, by: 6, over: '1h', against: '1d', for: '30m' }));
    const random = noise(11);
    feed(bank, 0, day, minute, () => 90 + random());
    expect(shown(feed(bank, day, day + 6 * hour, minute, () => 70 + random()))).toEqual([true]);
    const night: SymptomChange[] = [];
    for (let at = day + 6 * hour; at < 2 * day; at += minute) {
      bank.observe([{ signal: 'other', value: 0, observedAt: start + at }]);
      night.push(...bank.tick(start + at));
    }
    expect(shown(night)).toEqual([false]);
    expect(feed(bank, 2 * day, 2 * day + 6 * hour, minute, () => 90 + random())).toEqual([]);
  });
});

describe('silence', () => {
  it('of one signal is measured by its own longest pause while the thing talked', () => {
    const bank = createBank(symptom({ kind: 'missing', signal: 't', times: 5, for: '10m' }));
    const talk = (from: number, to: number, every: number) => {
      const changes: SymptomChange[] = [];
      for (let at = from; at < to; at += minute) {
        const samples = [{ signal: 'other', value: 1, observedAt: start + at }];
        if (every > 0 && at % every === 0) samples.push({ signal: 't', value: 1, observedAt: start + at });
        changes.push(...bank.observe(samples), ...bank.tick(start + at));
      }
      return changes;
    };
    expect(talk(0, 2 * day, 30 * minute)).toEqual([]);
    const found = talk(2 * day, 2 * day + 6 * hour, 0);
    expect(shown(found)).toEqual([true]);
    expect(found[0]!.at - start).toBeLessThan(2 * day);
    // One incident does not make the next one usual.
    expect(shown(talk(3 * day, 3 * day + 6 * hour, 30 * minute))).toEqual([false]);
    expect(shown(talk(3 * day + 6 * hour, 4 * day, 0))).toEqual([true]);
  });

  it('of the whole thing is measured by the edge’s clock, and does not count while the edge was down', () => {
    const silent = symptom({ kind: 'silent', times: 10, for: '30m' });
    const bank = createBank(silent);
    for (let at = 0; at < day + 5 * hour; at += 10_000) {
      if (at % (5 * minute) === 0) bank.observe({ signal: 't', value: 1, observedAt: start + at });
      expect(bank.tick(start + at)).toEqual([]);
    }
    const again = createBank(silent);
    again.restore(JSON.parse(JSON.stringify(bank.snapshot())));
    const changes: SymptomChange[] = [];
    for (let at = 3 * day; at < 3 * day + 2 * hour; at += 10_000) changes.push(...again.tick(start + at));
    expect(shown(changes)).toEqual([true]);
    expect(changes[0]!.since).toBe(start + 3 * day);
    again.observe({ signal: 't', value: 1, observedAt: start + 3 * day + 2 * hour });
    const over = [again.tick(start + 3 * day + 2 * hour), again.tick(start + 3 * day + 2 * hour + 20_000)].flat();
    expect(shown(over)).toEqual([false]);
  });
});

describe('the clock of the edge', () => {
  it('may jump, forwards and back: nobody was silent while nobody listened', () => {
    const bank = createBank(symptom({ kind: 'silent', times: 10, for: '30m' }));
    const tick = (at: number, heard: boolean) => {
      if (heard) bank.observe({ signal: 't', value: 1, observedAt: start + at });
      return bank.tick(start + at);
    };
    for (let at = 0; at < 2 * day; at += minute) tick(at, true);
    expect(tick(400 * day, false)).toEqual([]);
    expect(tick(400 * day + minute, false)).toEqual([]);
    expect(tick(2 * day, false)).toEqual([]);
    const changes: SymptomChange[] = [];
    for (let at = 2 * day; at < 2 * day + hour; at += minute) changes.push(...tick(at, false));
    expect(shown(changes)).toEqual([true]);
  });
});

describe('marks of the door', () => {
  it('are a symptom of their own, and keep other detectors from looking', () => {
    const bank = createBank({
      ...symptom({ kind: 'quality', signal: 't', marks: ['out-of-range'], for: '1m' }),
      hot: { title, detect: detector.parse({ kind: 'limit', signal: 't', above: 100 }) },
    });
    feed(bank, 0, hour, 10_000, () => 20);
    expect(feed(bank, hour, 2 * hour, 10_000, () => 9_999, 'out-of-range').map(({ symptom }) => symptom)).toEqual(['s']);
  });
});

describe('a signal that is doubted', () => {
  it('is left alone by all other detectors while it is, and named', () => {
    const bank = createBank({
      stuck: { title, doubts: true, detect: detector.parse({ kind: 'stuck', signal: 't', for: '10m' }) },
      hot: { title, detect: detector.parse({ kind: 'limit', signal: 't', above: 100, for: '20m' }) },
    });
    feed(bank, 0, hour, minute, (at) => 20 + (at % 7));
    expect(feed(bank, hour, 2 * hour, minute, () => 120).map(({ symptom }) => symptom)).toEqual(['stuck']);
    expect([...bank.doubted()]).toEqual(['t']);
    expect(feed(bank, 2 * hour, 3 * hour, minute, (at) => 120 + (at % 7)).map(({ symptom, active }) => [symptom, active])).toEqual([
      ['stuck', false],
      ['hot', true],
    ]);
    expect(bank.doubted().size).toBe(0);
  });
});
