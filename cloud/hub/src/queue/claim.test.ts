import { describe, expect, it } from 'vitest';
import { handoff, startScenario } from '../scenario.ts';

describe('however many take at once', () => {
  it('each case has one technician, by claim and by “next”', async () => {
    const site = await startScenario();
    const edge = await site.edge('e1');
    for (let n = 0; n < 6; n++) await edge.tell('handoff', handoff(`c-${n}`));
    const people = await Promise.all(['A', 'B', 'C', 'D'].map((name) => site.technician(name)));
    const claims = await Promise.all(people.map((as) => as('POST', '/v1/cases/c-0/claim')));
    expect(claims.map((each) => each.status).sort()).toEqual([200, 409, 409, 409]);
    const taken = await Promise.all(
      [...people, ...people].map((as) => as<{ case: string | null }>('POST', '/v1/queue/next', { which: 'any' })),
    );
    const got = taken.flatMap(({ body }) => body.case ?? []);
    expect(new Set(got).size).toBe(got.length);
    expect(got.sort()).toEqual(['c-1', 'c-2', 'c-3', 'c-4', 'c-5']);
    await site.end();
  });
});
