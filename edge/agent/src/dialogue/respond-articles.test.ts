import type { Generator } from '@wayside/models';
import { policyFile } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openToyTalk } from './test-talk.ts';
import { both } from './test-toy.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

describe('an answer from an article', () => {
  it('answers from an article word for word, or with the claims of a generator that are grounded in it', async () => {
    talk.begin(false);
    // Other words than the article's: that is where a generator is asked at all.
    const question = 'how many hours does a belt last';
    expect((await talk.tell(question)).answer).toMatchObject({
      rung: 'knowledge',
      text: expect.stringContaining('2000 hours'),
      citations: [{ kind: 'article', ref: 'belt' }],
    });
    const writes = (text: string): Generator => ({
      name: 'scripted',
      start: async () => {},
      stop: async () => {},
      stats: () => ({ state: 'ready', languages: ['en'] }),
      async generate({ offered, onClaim }) {
        const claim = { text, cite: offered.passages[0]!.id };
        onClaim?.(claim);
        return { kind: 'draft', draft: { kind: 'answer', claims: [claim] }, tokens: 1, ms: 1, firstTokenMs: 1 };
      },
    });
    expect((await talk.tell(question, writes('Replace the belt after 2000 hours.'))).answer).toMatchObject({
      rung: 'generator',
      text: 'Replace the belt after 2000 hours.',
    });
    expect((await talk.tell(question, writes('Replace the belt after 9000 hours.'))).answer.rung).toBe('knowledge');
  });

  it('says after a generated answer, too, that a rule brings a person', async () => {
    talk.begin(false);
    const generator: Generator = {
      name: 'scripted',
      start: async () => {},
      stop: async () => {},
      stats: () => ({ state: 'ready', languages: ['en'] }),
      generate: async ({ offered }) => ({
        kind: 'draft',
        draft: { kind: 'answer', claims: [{ text: 'Replace the belt after 2000 hours.', cite: offered.passages[0]!.id }] },
        tokens: 1,
        ms: 1,
        firstTokenMs: 1,
      }),
    };
    talk.state = { ...talk.state, wishes: 0, turns: 98 };
    const rules = policyFile.parse({
      rules: [{ id: 'late', because: both('It is late.', '太晚了。'), when: { turns: { atLeast: 99 } }, effect: 'handoff' }],
    });
    const { answer, handoff } = await talk.tell('how many hours does a belt last', generator, rules);
    expect(answer.rung).toBe('generator');
    expect(answer.text).toBe('Replace the belt after 2000 hours. I am also handing this to a person, who sees all of this. It is late.');
    expect(handoff).toMatchObject({ effect: 'handoff', rule: { id: 'late' } });
  });
});
