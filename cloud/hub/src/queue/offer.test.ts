import { describe, expect, it } from 'vitest';
import type { Colleague, Duty } from '../api/types.ts';
import { duty, hour, queue, skilled, startDesk } from './desk-scenario.ts';
import { whomItFits } from './offer.ts';

describe('a case is offered', () => {
  const colleague = (id: string, more: Partial<Omit<Colleague, 'duty'>> & { duty?: Partial<Duty> } = {}): Colleague => ({
    id,
    name: id,
    onShift: true,
    here: true,
    load: 0,
    ...more,
    duty: { ...duty, ...more.duty },
  });
  const fits = (need: { skill: string | null; locale: string }, ...colleagues: Colleague[]) => whomItFits(need, colleagues)?.id;

  it('to who has the skill, then the language, then the least in hand', () => {
    const need = { skill: 'brakes', locale: 'zh' };
    const [skill, language] = [
      colleague('skill', { duty: { skills: ['brakes'] } }),
      colleague('language', { duty: { languages: ['zh'] } }),
    ];
    expect(fits(need, language, skill)).toBe('skill');
    expect(fits(need, colleague('other', { duty: { skills: ['tyres'], languages: ['zh'] } }), language)).toBe('language');
    expect(fits({ skill: null, locale: 'zh' }, skill, language)).toBe('language');
    expect(fits({ skill: null, locale: 'en' }, colleague('busy', { load: 2 }), colleague('free', { load: 1 }))).toBe('free');
    expect(
      fits(
        { skill: null, locale: 'en' },
        colleague('half', { load: 2, duty: { most: 10 } }),
        colleague('full', { load: 1, duty: { most: 2 } }),
      ),
    ).toBe('half');
  });

  it('to nobody who is off shift, away, not signed in or has enough', () => {
    const need = { skill: null, locale: 'en' };
    expect(
      fits(need, colleague('off', { onShift: false }), colleague('gone', { here: false }), colleague('full', { load: 5 })),
    ).toBeUndefined();
  });

  it('for two minutes, in which “next” gives it to nobody else; then to all', async () => {
    const desk = await startDesk();
    await desk.ada('PUT', '/v1/me/duty', { ...duty, skills: ['brakes'] });
    await desk.ben('PUT', '/v1/me/duty', { ...duty, hours: 'Mon-Sun 00:00-23:59' });
    await desk.tell('c-brakes', skilled('c-brakes', 'brakes'));
    expect((await queue(desk.ben)).cases[0]?.offered).toMatchObject({ name: 'Ada' });
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: null });
    desk.pass(2 * 60_000 + 1);
    expect((await queue(desk.ben)).cases[0]?.offered).toBeNull();
    await desk.ben('PUT', '/v1/me/duty', { ...duty, skills: ['tyres'] });
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'fitting' })).body).toEqual({ case: null });
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: 'c-brakes' });
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: null });
    await desk.site.end();
  });

  it('never to one whose shift is over', async () => {
    const desk = await startDesk();
    await desk.ada('PUT', '/v1/me/duty', { ...duty, hours: 'Mon-Fri 12:00-18:00' });
    await desk.ben('PUT', '/v1/me/duty', { ...duty, away: true });
    await desk.tell('c-early');
    expect((await queue(desk.ben)).cases[0]?.offered).toBeNull();
    desk.pass(3 * hour);
    await desk.tell('c-noon');
    const offered = Object.fromEntries((await queue(desk.ben)).cases.map((each) => [each.id, each.offered?.name]));
    expect(offered).toEqual({ 'c-early': undefined, 'c-noon': 'Ada' });
    await desk.site.end();
  });
});
