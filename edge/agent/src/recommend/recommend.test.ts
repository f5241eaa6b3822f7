import { recommendationFile } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { type Given, reasonOf, toGive } from './recommend.ts';
import { nothingTallied, sumUp, tally } from './tally.ts';

const both = (text: string) => ({ en: text, zh: text });
const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const title = both('t');

describe('how a thing is used', () => {
  const running = { signal: 'on', is: true };
  const trips = (more: object) => ({ title, runs: running, over: '30d', gap: '30m', ...more }) as const;
  /** A run of so many minutes on a day, with a sample a minute, begun so warm. */
  const run = (figure: Parameters<typeof tally>[0], state: ReturnType<typeof nothingTallied>, at: number, minutes: number, warm = 20) => {
    tally(figure, state, 'temperature', warm, at);
    for (let m = 0; m < minutes; m++) tally(figure, state, 'on', true, at + m * 60_000);
    tally(figure, state, 'on', false, at + minutes * 60_000);
  };

  it('counts the runs that lasted and began as said, and forgets those of long ago', () => {
    const short = trips({ shorter: '10m' });
    const cold = trips({ begins: { signal: 'temperature', below: 5 } });
    const [shorts, colds] = [nothingTallied(), nothingTallied()];
    for (let d = 0; d < 40; d++) {
      run(short, shorts, start + d * day, d % 2 === 0 ? 5 : 20);
      run(cold, colds, start + d * day, 5, d % 4 === 0 ? -3 : 15);
    }
    const now = start + 40 * day;
    // The thirty days are today and the 29 before it.
    expect(sumUp(short, shorts, now)).toBe(14);
    expect(sumUp(cold, colds, now)).toBe(7);
    expect(Object.keys(shorts.days).length).toBeLessThanOrEqual(31);
    expect(sumUp(short, shorts, now + 365 * day)).toBe(0);
  });

  it('ends a run where the samples end: a car whose plug was pulled has not driven all night', () => {
    const figure = { title, hours: running, over: '7d', gap: '30m' } as const;
    const state = nothingTallied();
    for (let m = 0; m <= 60; m += 5) tally(figure, state, 'on', true, start + m * 60_000);
    tally(figure, state, 'on', true, start + 10 * 3_600_000);
    expect(sumUp(figure, state, start + day)).toBe(1);
  });

  it('knows nothing of what it never heard, and takes nothing twice that comes late', () => {
    const figure = { title, mean: 'charge', over: '7d' } as const;
    expect(sumUp(figure, undefined, start)).toBeUndefined();
    const state = nothingTallied();
    tally(figure, state, 'charge', 80, start + 1_000);
    tally(figure, state, 'charge', 20, start);
    tally(figure, state, 'charge', 'full', start + 2_000);
    expect(sumUp(figure, state, start + day / 2)).toBe(80);
  });
});

describe('what is recommended', () => {
  const file = recommendationFile.parse({
    mostPerWeek: 2,
    figures: { a: { title, latest: 'x' }, age: { title, age: 'years', unit: 'years' } },
    recommendations: Object.fromEntries(
      ['one', 'two', 'three'].map((id) => [
        id,
        {
          title: both(id),
          advice: both('do'),
          because: both('{a}'),
          when: [{ figure: 'a', atLeast: 1 }],
          again: '60d',
          article: 'x',
          sources: ['us'],
        },
      ]),
    ),
  });
  const calm = { busy: false, danger: false };
  const all = ['one', 'two', 'three'];
  const given = (recommendation: string, at: number, more: Partial<Given> = {}): Given => ({
    recommendation,
    thing: 't',
    givenAt: at,
    ...more,
  });

  it('is no more in a week than the pack allows, and the next week another', () => {
    expect(toGive(all, file, [], calm, start)).toEqual(['one', 'two']);
    const two = [given('one', start), given('two', start)];
    expect(toGive(all, file, two, calm, start + 6 * day)).toEqual([]);
    expect(toGive(all, file, two, calm, start + 8 * day)).toEqual(['three']);
  });

  it('is nothing while somebody drives, nor beside a danger', () => {
    expect(toGive(all, file, [], { busy: true, danger: false }, start)).toEqual([]);
    expect(toGive(all, file, [], { busy: false, danger: true }, start)).toEqual([]);
  });

  it('comes again when it was put off, and not for as long as the pack says when it was not wanted', () => {
    const later = [given('one', start, { answer: 'later', answeredAt: start, until: start + 3 * day })];
    expect(toGive(['one'], file, later, calm, start + 2 * day)).toEqual([]);
    expect(toGive(['one'], file, later, calm, start + 8 * day)).toEqual(['one']);
    const no = [given('one', start, { answer: 'no', answeredAt: start })];
    expect(toGive(['one'], file, no, calm, start + 59 * day)).toEqual([]);
    expect(toGive(['one'], file, no, calm, start + 61 * day)).toEqual(['one']);
    expect(toGive(['one'], file, [given('one', start)], calm, start + 300 * day)).toEqual([]);
  });

  it('says why with its figures in the units one likes, and how it has done elsewhere once that is more than chance', () => {
    const figures = { cold: { title, least: 'air', over: '14d' } };
    const one = { ...file.recommendations.one!, because: { en: 'As cold as {cold}.', zh: '最低 {cold}。' }, procedure: 'p' };
    const say = (fixed: number, notFixed: number, units: 'metric' | 'us') =>
      reasonOf(
        one,
        () => -10,
        figures as never,
        () => 'celsius',
        { family: 'f', procedure: 'p', tries: 9, fixed, notFixed },
        units,
      );
    expect(say(8, 1, 'metric').en).toBe('As cold as -10 °C. On other machines of this kind it helped 8 of 9 times.');
    expect(say(8, 1, 'us').zh).toBe('最低 14 °F。在其他同类设备上，9 次中有 8 次见效。');
    expect(say(1, 1, 'metric').en).toBe('As cold as -10 °C.');
  });
});
