import { beforeAll, describe, expect, it } from 'vitest';
import { readCatalog } from '../../catalog.ts';
import { createModels } from '../../models.ts';
import type { Recognizer } from '../recognizer.ts';
import { noise, readWav } from '../sound-fixture.ts';
import { readSpelled, spelledPhrases } from '../spelling.ts';
import { findRecognizer, loadRecognizer } from './load-recognizer.ts';

const sound = (name: string) => Float32Array.from(readWav(new URL(`../sounds/${name}.wav`, import.meta.url)), (value) => value / 32768);

describe('finding a recognizer', () => {
  it('takes a model of several files only when all of them are here', () => {
    const here = new Set(['moonshine-base-en-encoder', 'moonshine-base-en-decoder']);
    const resolve = (id: string) => (here.has(id) ? `/models/${id}` : undefined);
    expect(findRecognizer(readCatalog(), resolve, 'en')).toBeUndefined();
    here.add('moonshine-base-en-pieces');
    expect(findRecognizer(readCatalog(), resolve, 'en')).toMatchObject({
      model: 'moonshine-base-en',
      parts: { decoder: '/models/moonshine-base-en-decoder' },
    });
  });
  it('refuses files of a kind it does not know', async () => {
    await expect(loadRecognizer({ model: 'strange', parts: { tables: '/x' } }, 'en')).rejects.toMatchObject({ code: 'invalid' });
  });
});

const models = createModels();
const files = findRecognizer(models.list(), models.resolve, 'en');
if (!files) console.warn('SKIPPED: no English recognizer is on this machine (npm run setup fetches one)');

describe.skipIf(!files)('an English recognizer', () => {
  let recognizer: Recognizer;
  beforeAll(async () => {
    recognizer = await loadRecognizer(files!, 'en');
  });

  it.each([
    ['lock-the-front-door', /^lock the front door\W?$/i],
    ['whats-the-temperature', /^what's the temperature\W?$/i],
    ['ill-disposed-young-man', /^he was not an ill.disposed young man\W?$/i],
  ])('writes down %s as it was said', async (name, said) => {
    const { text, confidence } = await recognizer.transcribe(sound(name));
    expect(text).toMatch(said);
    expect(confidence).toBeGreaterThan(0.5);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  it('hears through noise what is said here, and still what nobody said it would be', async () => {
    const heard = sound('lock-the-front-door');
    const hiss = noise(3, 1_500);
    const noisy = heard.map((value, at) => value + hiss[at]! / 32768);
    recognizer.favour({ phrases: ['is the front door locked', 'lock the front door', 'what is the temperature', 'lock the back door'] });
    expect((await recognizer.transcribe(noisy)).text).toMatch(/^lock the front door/i);
    expect((await recognizer.transcribe(sound('ill-disposed-young-man'))).text).toMatch(/ill.disposed young man/i);
    recognizer.favour({ phrases: [] });
  });
  it('hears a letter as one when letters are expected', async () => {
    recognizer.favour({ phrases: spelledPhrases('en') });
    expect(readSpelled((await recognizer.transcribe(sound('letter-p'))).text)).toBe('P');
    recognizer.favour({ phrases: [] });
  });
  it('is less sure of noise than of speech, and says no more of it than there is time for', async () => {
    const { text, confidence } = await recognizer.transcribe(Float32Array.from(noise(5, 8_000), (value) => value / 32768));
    expect(confidence).toBeLessThan(0.5);
    expect(text.length).toBeLessThan(200);
  });
  it('takes what is no speech at all: nothing, a sample, 30 s', async () => {
    for (const length of [0, 1, 30 * 16_000]) expect(await recognizer.transcribe(new Float32Array(length))).toHaveProperty('confidence');
  });
});
