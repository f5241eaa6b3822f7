import { describe, expect, it } from 'vitest';
import type { QueueRules } from '../api/types.ts';
import { duty, hour, ids, queue, severe, skilled, startDesk } from './desk-scenario.ts';
import { defaultRules } from './rules.ts';

describe('the order of the queue', () => {
  it('weighs how grave, how long, for whom and in what mood, and says so in figures', async () => {
    const desk = await startDesk();
    await desk.tell('c-advice', severe('advice'));
    desk.pass(2 * hour);
    await desk.tell('c-warning', severe('warning'));
    await desk.tell('c-danger', severe('danger'));
    await desk.tell('c-valued', { ...severe('warning'), person: { id: 'p', customerValue: 1 } });
    await desk.tell('c-upset', {
      ...severe('warning'),
      brief: { said: [], open: [], next: { en: 'x', zh: 'x' }, mind: { mood: -0.8 } },
    });
    await desk.tell('c-urgent', { ...severe('info'), urgency: 'urgent' });
    const { cases } = await queue(desk.ada);
    // 20, 10, 2 × (1 + 2 × 2 h) = 10 but younger first seen later, 4 × 2, 4 × 1.4, 4
    expect(cases.map((each) => [each.id, Number(each.priority.toFixed(2))])).toEqual([
      ['c-urgent', 20],
      ['c-advice', 10],
      ['c-danger', 10],
      ['c-valued', 8],
      ['c-upset', 5.6],
      ['c-warning', 4],
    ]);
    for (const { priority, why } of cases) expect(Object.values(why).reduce((a, b) => a * b)).toBeCloseTo(priority);
    await desk.site.end();
  });

  it('is other for who knows and speaks other things, and for nobody hides a case', async () => {
    const desk = await startDesk();
    await desk.ada('PUT', '/v1/me/duty', { ...duty, skills: ['brakes'], languages: ['en', 'zh'] });
    await desk.ben('PUT', '/v1/me/duty', { ...duty, skills: ['tyres'] });
    await desk.tell('c-brakes', skilled('c-brakes', 'brakes'));
    await desk.tell('c-chinese', { locale: 'zh' });
    await desk.tell('c-plain');
    expect(await ids(desk.ada)).toEqual(['c-brakes', 'c-chinese', 'c-plain']);
    const bens = (await queue(desk.ben)).cases;
    expect(bens.map((each) => [each.id, each.fits])).toEqual([
      ['c-plain', { skill: true, language: true }],
      ['c-brakes', { skill: false, language: true }],
      ['c-chinese', { skill: true, language: false }],
    ]);
    await desk.site.end();
  });

  it('follows weights that an admin sets, and refuses what are none', async () => {
    const desk = await startDesk();
    await desk.tell('c-old', severe('info'));
    desk.pass(hour);
    await desk.tell('c-danger', severe('danger'));
    expect(await ids(desk.ada)).toEqual(['c-danger', 'c-old']);
    const rules: QueueRules = { ...defaultRules, waiting: { perHour: 100, mostHours: 8, nobody: 0 } };
    expect((await desk.ada('PUT', '/v1/queue/rules', rules)).status).toBe(403);
    expect((await desk.site.as('PUT', '/v1/queue/rules', { ...rules, urgent: -1 })).status).toBe(400);
    expect((await desk.site.as('PUT', '/v1/queue/rules', { ...rules, more: 1 })).status).toBe(400);
    expect((await desk.site.as('PUT', '/v1/queue/rules', rules)).status).toBe(200);
    expect(await ids(desk.ada)).toEqual(['c-old', 'c-danger']);
    await desk.site.end();
  });
});
