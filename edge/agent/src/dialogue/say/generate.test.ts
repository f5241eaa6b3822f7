import { type Claim, createTemplateGenerator, type Generated, type Generator } from '@wayside/models';
import { describe, expect, it, vi } from 'vitest';
import type { Passage } from '../../knowledge/knowledge.ts';
import { firstSentenceMs, fitsWellFrom, type Rephrasing, rephrase } from './generate.ts';

const passage = (over: Partial<Passage>): Passage => ({
  id: 'overheat#0',
  article: 'overheat',
  locale: 'en',
  title: 'The engine overheats',
  heading: 'What to do',
  text: 'Stop and switch the engine off. Wait at least 30 minutes. Do not open the radiator cap while the engine is hot.',
  score: 1,
  matched: 0.5,
  active: true,
  ...over,
});
const oil = passage({ id: 'oil#0', article: 'oil', title: 'Oil', text: 'Check the oil level after 5 minutes.' });
const ask = { utterance: 'May I open the radiator cap now?', asks: true, locale: 'en', passages: [passage({}), oil] } as const;

/** A model that writes these claims, as small models do: true or not. `over` is how its answer ends. */
function writer(claims: Claim[], over?: Generated, languages = ['en']) {
  let asked = 0;
  const generator: Generator = {
    name: 'writer',
    start: async () => {},
    stop: async () => {},
    stats: () => ({ state: 'off', languages }),
    async generate({ onClaim }) {
      asked++;
      for (const claim of claims) onClaim?.(claim);
      return over ?? { kind: 'draft', draft: { kind: 'answer', claims }, tokens: 1, ms: 1, firstTokenMs: 1 };
    },
  };
  return { generator, asked: () => asked };
}

/** What is answered, and what was heard of it on the way. */
async function heard(generator: Generator, over: Partial<Rephrasing> = {}) {
  const pieces: string[] = [];
  const answer = await rephrase(generator, { ...ask, onToken: (text) => pieces.push(text), ...over });
  return { answer, pieces };
}

const wait = { cite: 'overheat#0', text: 'Wait at least 30 minutes.' };
const lie = { cite: 'overheat#0', text: 'You may open the radiator cap now while the engine is hot.' };
const check = { cite: 'oil#0', text: 'Check the oil level after 5 minutes.' };

describe('rephrase', () => {
  it('lets nobody hear a sentence that the passages do not say', async () => {
    const { answer, pieces } = await heard(writer([lie, wait, { ...wait, text: 'Wait at least 5 minutes.' }, check]).generator);
    expect(pieces).toEqual(['Wait at least 30 minutes.', ' Check the oil level after 5 minutes.']);
    expect(answer).toMatchObject({ text: pieces.join(''), cited: [{ id: 'overheat#0' }, { id: 'oil#0' }] });
    expect(await heard(writer([lie]).generator)).toEqual({ answer: undefined, pieces: [] });
  });

  it('asks no model of who tells something', async () => {
    const { generator, asked } = writer([wait]);
    expect(await heard(generator, { asks: false })).toEqual({ answer: undefined, pieces: [] });
    expect(asked()).toBe(0);
  });

  it('lets nobody hear a title for an answer, nor the same in other words', async () => {
    const again = { cite: 'overheat#0', text: 'Wait 30 minutes at least.' };
    expect((await heard(writer([wait, again]).generator)).pieces).toEqual([wait.text]);
    const titled = [passage({ title: 'The purge valve is stuck', text: 'The purge valve is stuck when it stalls at the lights.' })];
    const title = { cite: 'overheat#0', text: 'The purge valve is stuck.' };
    expect((await heard(writer([title]).generator, { passages: titled })).pieces).toEqual([]);
  });

  it('judges each sentence of a claim for itself', async () => {
    const { pieces } = await heard(writer([{ cite: 'overheat#0', text: `${wait.text} ${lie.text}` }]).generator);
    expect(pieces).toEqual([wait.text]);
  });

  it('takes the question said back for no answer', async () => {
    const said = { cite: 'overheat#0', text: 'Open the radiator cap.' };
    const passages = [passage({ text: 'Open the radiator cap when it is cold.' })];
    expect((await heard(writer([said]).generator, { passages, utterance: 'How do I open the radiator cap?' })).pieces).toEqual([]);
    expect((await heard(writer([said]).generator, { passages, utterance: 'How do I fill in coolant?' })).pieces).toEqual([said.text]);
  });

  it('waits no longer for a first sentence than for the passage to be the better answer', async () => {
    vi.useFakeTimers();
    try {
      /** A model on a busy machine: its first sentence comes after so long, and it lets go when it is told to. */
      const slow = (ms: number): Generator => ({
        ...writer([]).generator,
        generate: ({ onClaim, signal }) =>
          new Promise((resolve) => {
            setTimeout(() => onClaim?.(wait), ms);
            setTimeout(() => resolve({ kind: 'unavailable', reason: 'deadline' }), 8_000);
            signal?.addEventListener('abort', () => resolve({ kind: 'unavailable', reason: 'aborted' }));
          }),
      });
      const began = Date.now();
      const late = heard(slow(firstSentenceMs + 1));
      await vi.advanceTimersByTimeAsync(firstSentenceMs);
      expect(await late).toEqual({ answer: undefined, pieces: [] });
      expect(Date.now() - began).toBe(firstSentenceMs);
      const inTime = heard(slow(firstSentenceMs - 1));
      await vi.advanceTimersByTimeAsync(8_000);
      expect((await inTime).answer?.text).toBe(wait.text);
    } finally {
      vi.useRealTimers();
    }
  });

  it('says nothing twice', async () => {
    expect((await heard(writer([wait, wait]).generator)).pieces).toEqual([wait.text]);
  });

  it('joins Chinese sentences without a space', async () => {
    const zh = passage({ locale: 'zh', title: '发动机过热', text: '停车并关闭发动机。至少等待30分钟。' });
    const claims = ['停车并关闭发动机。', '至少等待30分钟。'].map((text) => ({ cite: zh.id, text }));
    const { answer } = await heard(writer(claims, undefined, ['en', 'zh']).generator, {
      utterance: '太热了怎么办',
      locale: 'zh',
      passages: [zh],
    });
    expect(answer?.text).toBe('停车并关闭发动机。至少等待30分钟。');
  });

  it('takes nothing back of what was heard when the generator dies', async () => {
    const { answer, pieces } = await heard(writer([wait], { kind: 'unavailable', reason: 'crashed' }).generator);
    expect(answer?.text).toBe(wait.text);
    expect(pieces).toEqual([wait.text]);
  });

  it('leaves out what may not be said, and asks it of the answer as it grows', async () => {
    const seen: string[] = [];
    const { answer, pieces } = await heard(writer([wait, check]).generator, {
      maySay: (text, cited) => {
        seen.push(`${text} [${cited.map((one) => one.article)}]`);
        return !text.includes('oil');
      },
    });
    expect(seen).toEqual([
      'Wait at least 30 minutes. [overheat]',
      'Wait at least 30 minutes. Check the oil level after 5 minutes. [overheat,oil]',
    ]);
    expect(answer).toMatchObject({ text: wait.text, cited: [{ id: 'overheat#0' }] });
    expect(pieces).toEqual([wait.text]);
  });

  it.each([
    ['the best passage fits well', { passages: [passage({ matched: fitsWellFrom }), oil] }, ['en']],
    ['the model does not speak the language', {}, ['fr']],
    ['no model is there', {}, []],
    ['the passage is in another language', { passages: [passage({ locale: 'zh' as const })] }, ['en', 'zh']],
    ['nothing was found', { passages: [] }, ['en']],
  ])('does not ask the generator when %s', async (_, over, languages) => {
    const { generator, asked } = writer([wait], undefined, languages);
    expect(await heard(generator, over)).toEqual({ answer: undefined, pieces: [] });
    expect(asked()).toBe(0);
  });

  it('asks a generator that has not started yet, so that a model is loaded by the first question it can help with', async () => {
    const { answer } = await heard(createTemplateGenerator({ now: () => 0 }));
    expect(answer?.text).toContain('Do not open the radiator cap while the engine is hot.');
  });
});
