import { describe, expect, it } from 'vitest';
import { en } from '../words/en.ts';
import { sayTrouble } from '../words/say-trouble.ts';
import { zh } from '../words/zh.ts';
import { problemOf } from './problem.ts';

const answer = (status: number, body: string) => new Response(body, { status });

describe('a refusal', () => {
  it('speaks in the hub’s own words', async () => {
    const problem = await problemOf(answer(409, JSON.stringify({ code: 'conflict', detail: 'Li has this case.', status: 409 })));
    expect(problem).toMatchObject({ code: 'conflict', status: 409 });
    expect(sayTrouble(problem, en)).toBe('Li has this case.');
    expect(sayTrouble(problem, zh), 'the sentence for its code, and the hub’s own').toMatch(/^别人已先操作.+（Li has this case\.）$/);
  });

  it('that is a proxy’s page still gives a sentence', async () => {
    const problem = await problemOf(answer(502, '<html>Bad gateway</html>'));
    expect(problem.code).toBe('unreachable');
    expect(sayTrouble(problem, en)).toBe(en.trouble.unreachableShort);
  });

  it('with no words and no known code gets ours', async () => {
    expect(sayTrouble(await problemOf(answer(500, '[]')), en)).toBe(en.trouble.internal);
  });
});
