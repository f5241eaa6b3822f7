import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createModels } from '../../models.ts';
import type { SpeakRequest, SpokenPiece, Synthesizer } from '../synthesizer.ts';
import type { Voice } from './mouth-messages.ts';
import { voicesHere } from './mouth-voices.ts';
import { tinyPiper } from './piper-tiny.ts';
import { createMouth } from './port-mouth.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayside-mouth-'));
const [model, config, broken] = ['tiny.onnx', 'tiny.onnx.json', 'broken.onnx'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const tiny = tinyPiper();
writeFileSync(model, tiny.model);
writeFileSync(config, tiny.config);
writeFileSync(broken, 'no model');
afterAll(() => rmSync(folder, { recursive: true }));

const tinyVoice: Voice = { id: 'tiny', languages: ['en'], parts: { model, config } };
let mouth: Synthesizer;
const open = (voices = [tinyVoice]) => {
  mouth = createMouth({ voices: () => voices, now: () => performance.now() });
  return mouth;
};
afterEach(() => mouth.stop());

const allOf = (request: Partial<SpeakRequest> & { text: string }): Promise<SpokenPiece[]> =>
  Array.fromAsync(mouth.speak({ locale: 'en', ...request }));
const advice = 'The engine misfires in cylinder 1. You can drive on gently, but avoid full throttle. Have the coil checked this week.';

describe('the mouth', () => {
  it('does nothing until it is asked, and then says a text piece by piece, in order and whole', async () => {
    open();
    expect(mouth.state()).toEqual({ state: 'off', voice: 'tiny' });
    const pieces = await allOf({ text: advice });
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.map(({ text }) => text).join('')).toBe(advice);
    for (const { sound, rate } of pieces) {
      expect(rate).toBe(16_000);
      expect(sound.some((sample) => sample !== 0)).toBe(true);
    }
    expect(mouth.state()).toMatchObject({ state: 'ready', pid: expect.any(Number) });
  });

  it('is silent at once when it is stopped, between pieces and while one is made, and speaks again', async () => {
    open();
    const stop = new AbortController();
    const heard: string[] = [];
    for await (const { text } of mouth.speak({ text: advice, locale: 'en', signal: stop.signal })) {
      heard.push(text);
      stop.abort();
    }
    expect(heard).toHaveLength(1);
    const early = new AbortController();
    const none = allOf({ text: advice, signal: early.signal });
    early.abort();
    expect(await none).toEqual([]);
    expect(await allOf({ text: 'Stopped already.', signal: AbortSignal.abort() })).toEqual([]);
    expect((await allOf({ text: advice })).length).toBeGreaterThan(2);
  });

  it('ends a speech early when its process is killed in mid-word, says why, and the next is spoken', async () => {
    open();
    const heard: string[] = [];
    for await (const { text } of mouth.speak({ text: advice.repeat(8), locale: 'en' })) {
      heard.push(text);
      if (heard.length === 1) process.kill(mouth.state().pid!, 'SIGKILL');
    }
    expect(heard.join('').length).toBeLessThan(advice.length * 8);
    expect(mouth.state()).toMatchObject({ state: 'off', why: expect.stringContaining('SIGKILL') });
    const pieces = await allOf({ text: advice });
    expect(pieces.map(({ text }) => text).join('')).toBe(advice);
    expect(mouth.state().why).toBeUndefined();
  });

  it('makes no more than a few pieces ahead of what is listened to', async () => {
    open();
    const heard: string[] = [];
    for await (const { text } of mouth.speak({ text: advice.repeat(10), locale: 'en' })) {
      heard.push(text);
      if (heard.length > 1) continue;
      await pause(500);
      process.kill(mouth.state().pid!, 'SIGKILL');
      while (mouth.state().state !== 'off') await pause(10);
    }
    expect(heard.length).toBeLessThanOrEqual(4);
  });

  it('speaks two texts at the same time, each whole', async () => {
    open();
    const texts = [advice, `Then: ${advice}`];
    const spoken = await Promise.all(texts.map((text) => allOf({ text })));
    expect(spoken.map((pieces) => pieces.map(({ text }) => text).join(''))).toEqual(texts);
  });

  it('is silent in a language it has no voice for, and without any voice', async () => {
    open();
    expect([mouth.speaks('en'), mouth.speaks('zh')]).toEqual([true, false]);
    expect(await allOf({ text: '你好。', locale: 'zh' })).toEqual([]);
    open([]);
    expect(mouth.speaks('en')).toBe(false);
    expect(await allOf({ text: advice })).toEqual([]);
    expect(mouth.state()).toEqual({ state: 'off' });
  });

  it('says why a voice cannot be loaded, and goes on once it can', async () => {
    let parts = { model: broken, config };
    mouth = createMouth({ voices: () => [{ ...tinyVoice, parts }], now: () => performance.now() });
    expect(await allOf({ text: advice })).toEqual([]);
    expect(mouth.state().why).toMatch(/Error/);
    parts = { model, config };
    expect((await allOf({ text: advice })).length).toBeGreaterThan(2);
  });

  it.each([
    ['nothing', ''],
    ['blanks and marks', ' \n# \n---\n🙂 * '],
    ['100 kB', 'pump '.repeat(20_000)],
    ['one word ten thousand times', 'pump'.repeat(2500)],
    ['what nobody sees', '\u0000\u200b\u202e\ud800'],
    ['figures without end', '9'.repeat(3000)],
    ['Chinese to an English voice', '水泵正在运行。'],
  ])('takes %s', async (_, text) => {
    open();
    const spoken = await allOf({ text });
    expect(text.startsWith(spoken.map((piece) => piece.text).join(''))).toBe(true);
    expect((await allOf({ text: advice })).length).toBeGreaterThan(2);
  });

  it('gives its memory back when nobody wanted it for a while, and is there for the next word', async () => {
    mouth = createMouth({ voices: () => [tinyVoice], now: () => performance.now(), idleMs: 100 });
    for (let time = 0; time < 2; time++) {
      expect((await allOf({ text: advice })).length).toBeGreaterThan(2);
      while (mouth.state().state !== 'off') await pause(10);
      expect(mouth.state().why).toBeUndefined();
    }
  });

  it('loads the voice of a language before its first word, and no other', async () => {
    open();
    mouth.warm('zh');
    expect(mouth.state().state).toBe('off');
    mouth.warm('en');
    while (mouth.state().state !== 'ready') await pause(10);
  });

  it('ends what it says when it is stopped for good', async () => {
    open();
    for await (const _ of mouth.speak({ text: advice.repeat(8), locale: 'en' })) await mouth.stop();
    expect(mouth.state()).toEqual({ state: 'off', voice: 'tiny' });
  });
});

const models = createModels();
/** A code, a figure and a warning, and the seconds a person takes for them. */
describe.each([
  { id: 'piper-joe', locale: 'en', text: 'Cylinder 1 misfires (P0301). Stop soon.', least: 3, most: 9 },
  { id: 'flite', locale: 'en', text: 'Cylinder 1 misfires (P0301). Stop soon.', least: 3, most: 9 },
  { id: 'kokoro-zh', locale: 'zh', text: '一号气缸缺火（P0301）。请尽快停车。', least: 3, most: 10 },
] as const)('the voice $id', ({ id, locale, text, least, most }) => {
  const here = voicesHere(models).find((voice) => voice.id === id);
  const skipped = here ? '' : ` (skipped: it is not here; npm run wayside -- models pull ${id})`;
  it.skipIf(!here)(`is loud enough and takes its time${skipped}`, { timeout: 120_000 }, async () => {
    open([here!]);
    const pieces = await allOf({ text, locale });
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    const seconds = pieces.reduce((sum, { sound, rate }) => sum + sound.length / rate, 0);
    expect(seconds).toBeGreaterThan(least);
    expect(seconds).toBeLessThan(most);
    const loudest = pieces[0]!.sound.reduce((so, sample) => Math.max(so, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(5000);
  });
});
