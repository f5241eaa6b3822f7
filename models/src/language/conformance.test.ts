import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModels } from '../models.ts';
import type { Claim, Generator, Offered } from './generator.ts';
import { createLlamaGenerator } from './port-llama.ts';
import { createTemplateGenerator } from './port-template.ts';

const now = () => performance.now();
const models = createModels();
/** The smallest model that is here: what is tested is the port, not how well the model writes. */
const here = models
  .list()
  .filter((one) => one.task === 'generate' && one.present && one.languages.includes('en'))
  .toSorted((a, b) => a.bytes - b.bytes)[0];
const model = here && { id: here.id, path: models.resolve(here.id)!, languages: ['en'] };
if (!model)
  console.warn('SKIPPED: the llama generator is not tested, no language model is here. Get one: wayside models pull smollm2-135m-instruct');

const offered: Offered = {
  passages: [
    {
      id: 'article/oil#1',
      text: 'If the oil pressure light comes on, stop and switch the engine off at once. Check the oil level after 5 minutes.',
    },
    { id: 'article/tyres#2', text: 'Tyre pressure is 2.4 bar at the front and 2.2 bar at the rear, measured cold.' },
  ],
  questions: [{ id: 'where', text: 'Where does the sound come from?' }],
  actions: [{ id: 'clear', text: 'Clear the stored fault codes' }],
};
const ask = { locale: 'en', offered, deadlineMs: 30_000 } as const;
/** One thread: two that wait for each other by spinning take thirty seconds for a word on a machine that is busy. */
const llama = () => createLlamaGenerator({ model: () => model, threads: 1, now });

const implementations: [string, () => Generator, boolean][] = [
  ['template', () => createTemplateGenerator({ now }), true],
  ['llama', llama, model !== undefined],
];

for (const [name, create, present] of implementations) {
  describe.skipIf(!present)(`generator: ${name}`, { timeout: 120_000 }, () => {
    const generator = create();
    beforeAll(() => generator.start());
    afterAll(() => generator.stop());

    it.each(['What tyre pressure do I need?', 'The oil pressure light is on', 'Please clear the fault codes', 'It sounds funny', ''])(
      'drafts only with ids that were offered: %j',
      async (utterance) => {
        const generated = await generator.generate({ ...ask, utterance });
        expect(generated.kind).toBe('draft');
        if (generated.kind !== 'draft') return;
        const { draft } = generated;
        if (draft.kind === 'answer')
          expect(draft.claims.every((claim) => offered.passages.some(({ id }) => id === claim.cite) && claim.text.length > 0)).toBe(true);
        if (draft.kind === 'ask') expect(draft.question).toBe('where');
        if (draft.kind === 'propose') expect(draft.action).toBe('clear');
        expect(generated.firstTokenMs).toBeLessThanOrEqual(generated.ms);
      },
    );

    it('tells each claim of the draft as it is complete, whole and in order', async () => {
      const told: Claim[] = [];
      const generated = await generator.generate({
        ...ask,
        utterance: 'What tyre pressure do I need?',
        onClaim: (claim) => told.push(claim),
      });
      expect(told.length).toBeGreaterThan(0);
      expect(generated).toMatchObject({ draft: { kind: 'answer', claims: told } });
    });

    it('says what languages it can answer in, before it is asked anything too', async () => {
      expect(create().stats().languages).toContain('en');
    });

    it('escalates when nothing was offered', async () => {
      const nothing = { passages: [], questions: [], actions: [] };
      expect(await generator.generate({ ...ask, utterance: 'What now?', offered: nothing })).toMatchObject({ draft: { kind: 'escalate' } });
    });

    it('does nothing for a caller that has gone or has no time', async () => {
      expect(await generator.generate({ ...ask, utterance: 'tyre', signal: AbortSignal.abort() })).toEqual({
        kind: 'unavailable',
        reason: 'aborted',
      });
      expect(await generator.generate({ ...ask, utterance: 'tyre', deadlineMs: 0 })).toEqual({ kind: 'unavailable', reason: 'deadline' });
    });

    it('is off after it was stopped, and works again after', async () => {
      await generator.stop();
      expect(generator.stats().state).toBe('off');
      await generator.start();
      expect((await generator.generate({ ...ask, utterance: 'What tyre pressure do I need?' })).kind).toBe('draft');
    });
  });
}

describe('llama without a model', () => {
  it.each([
    ['none', () => undefined],
    ['a file that is gone', () => ({ id: 'gone', path: '/nowhere/gone.gguf', languages: ['en'] })],
    ['one that does not speak the language', () => ({ id: 'other', path: import.meta.filename, languages: ['fr'] })],
  ])('says there is none: %s', async (_, absent) => {
    const generator = createLlamaGenerator({ model: absent, threads: 1, now });
    expect(await generator.generate({ ...ask, utterance: 'What tyre pressure do I need?' })).toEqual({
      kind: 'unavailable',
      reason: 'no-model',
    });
    expect(generator.stats().state).toBe('off');
    expect(generator.stats().languages).not.toContain('en');
  });

  it('survives a file that is no model, and waits longer before each new try', async () => {
    let clock = 0;
    const whys: string[] = [];
    const generator = createLlamaGenerator({
      model: () => ({ id: 'text', path: import.meta.filename, languages: ['en'] }),
      threads: 1,
      now: () => clock,
      onNews: (news) => news.kind === 'ended' && whys.push(news.why),
    });
    const tries = async () => (await generator.generate({ ...ask, utterance: 'tyre pressure' })).kind === 'unavailable' && whys.length;
    expect([await tries(), await tries(), await tries()]).toEqual([1, 2, 2]);
    clock = 2_000;
    expect(await tries()).toBe(3);
    expect(whys[0]).toMatch(/GGUF/i);
    await generator.stop();
  });
});

describe.skipIf(!model)('llama under stress', { timeout: 120_000 }, () => {
  const generator = llama();
  afterAll(() => generator.stop());
  const question = { ...ask, utterance: 'The oil pressure light is on, what do I do?' };
  /** Begins an answer; `midway` resolves when its model is at work on it, well before the fastest machine is done. */
  function started(deadlineMs = 30_000, signal?: AbortSignal) {
    const answer = generator.generate({ ...question, deadlineMs, ...(signal ? { signal } : {}) });
    const loaded = expect.poll(() => generator.stats().state, { timeout: 20_000, interval: 10 }).toBe('ready');
    return { answer, midway: Promise.resolve(loaded).then(() => pause(50)) };
  }
  const answers = () => expect.poll(() => generator.generate(question).then((next) => next.kind), { timeout: 20_000 }).toBe('draft');

  it('loses one answer to a kill -9 in the middle of it, and no other', async () => {
    for (let round = 0; round < 2; round++) {
      const { answer, midway } = started();
      await midway;
      const { pid } = generator.stats();
      process.kill(pid!, 'SIGKILL');
      expect(await answer).toEqual({ kind: 'unavailable', reason: 'crashed' });
      expect(generator.stats().state).toBe('restarting');
      expect((await generator.generate(question)).kind).toBe('draft');
      expect(generator.stats().pid).not.toBe(pid);
    }
  });

  it('answers a second caller at once that it is busy', async () => {
    const { answer, midway } = started();
    await midway;
    expect(await generator.generate(question)).toEqual({ kind: 'unavailable', reason: 'busy' });
    expect((await answer).kind).toBe('draft');
  });

  it('keeps its deadline, and is there for the next question soon after', async () => {
    await generator.generate(question);
    const began = now();
    const cut = await generator.generate({ ...question, deadlineMs: 60 });
    expect(now() - began).toBeLessThan(400);
    expect(cut.kind === 'draft' || cut.reason === 'deadline').toBe(true);
    await answers();
  });

  it('lets a caller go at once when it aborts', async () => {
    const abort = new AbortController();
    const { answer, midway } = started(30_000, abort.signal);
    await midway;
    abort.abort();
    expect(await answer).toEqual({ kind: 'unavailable', reason: 'aborted' });
    await answers();
  });

  it('kills a process that no longer yields and starts another', async () => {
    const { answer, midway } = started(1_500);
    await midway;
    const { pid } = generator.stats();
    process.kill(pid!, 'SIGSTOP');
    const cut = await answer;
    expect(cut.kind === 'draft' || cut.reason === 'deadline').toBe(true);
    expect(await generator.generate(question)).toEqual({ kind: 'unavailable', reason: 'busy' });
    await answers();
    expect(generator.stats().pid).not.toBe(pid);
  });

  it('leaves no process behind', async () => {
    await generator.generate(question);
    const { pid } = generator.stats();
    await generator.stop();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });
});
