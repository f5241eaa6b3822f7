import { describe, expect, it } from 'vitest';
import { type Advice, advise, sameWithinMs, shown, type Worth } from './advise.ts';

const both = (text: string) => ({ en: text, zh: text });
const fault = (ref: string, more: Partial<Worth> = {}): Worth => ({
  kind: 'fault',
  thing: 't',
  ref,
  title: both(ref),
  text: both('gently'),
  severity: 'warning',
  safety: 'gently',
  probability: 0.6,
  ...more,
});
/** Advice as a room keeps it over a course of events: what was worth telling at each, and when. */
const course = (...steps: [at: number, worth: Worth[]][]) => {
  let known: Advice[] = [];
  const told: string[] = [];
  for (const [at, worth] of steps) {
    known = known.filter(({ overAt }) => overAt === undefined || at - overAt < sameWithinMs);
    const { changed, news } = advise(known, worth, at);
    known = [...known.filter((one) => !changed.some(({ advice }) => advice === one.advice)), ...changed];
    told.push(...news.map(({ ref, worse }) => `${ref}${worse ? ' worse' : ''}`));
  }
  return { known, told };
};

describe('advice before anyone asks', () => {
  it('is given once for each occurrence, however its signals flutter', () => {
    const minute = 60_000;
    const on: Worth[] = [fault('belt')];
    const { told } = course([0, on], [minute, []], [2 * minute, on], [3 * minute, on], [4 * minute, []], [40 * minute, on]);
    expect(told).toEqual(['belt', 'belt']);
  });

  it('comes again when it has become graver, or from a guess to something sure', () => {
    expect(course([0, [fault('belt')]], [1, [fault('belt', { severity: 'danger' })]]).told).toEqual(['belt', 'belt worse']);
    expect(course([0, [fault('belt')]], [1, [fault('belt', { safety: 'stop' })]]).told).toEqual(['belt', 'belt worse']);
    expect(course([0, [fault('belt', { probability: 0.3 })]], [1, [fault('belt', { probability: 0.9 })]]).told).toEqual([
      'belt',
      'belt worse',
    ]);
    expect(
      course(
        [0, [fault('belt', { probability: 0.7 })]],
        [1, [fault('belt', { probability: 0.9 })]],
        [2, [fault('belt', { probability: 0.3 })]],
        [3, [fault('belt', { probability: 0.9 })]],
      ).told,
    ).toEqual(['belt']);
  });

  it('put aside stays aside until it is worse', () => {
    const [first] = advise([], [fault('belt')], 0).changed as [Advice];
    const aside = { ...first, dismissedAt: 1 };
    expect(shown([aside])).toEqual([]);
    expect(advise([aside], [fault('belt')], 2)).toEqual({ changed: [], news: [] });
    expect(shown(advise([aside], [fault('belt', { severity: 'danger' })], 2).changed)).toHaveLength(1);
  });

  it('is shown the gravest first, and not once it is over', () => {
    const { changed } = advise(
      [],
      [fault('info', { severity: 'info', safety: 'go-on' }), fault('fire', { severity: 'danger', safety: 'stop' }), fault('belt')],
      0,
    );
    expect(shown(changed).map(({ ref }) => ref)).toEqual(['fire', 'belt', 'info']);
    expect(shown(advise(changed, [], 1).changed)).toEqual([]);
  });
});
