import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createModels } from '../../models.ts';
import { readCt2File } from '../graph/ct2-file.ts';
import { readWav } from '../sound-fixture.ts';
import { findRecognizer, loadRecognizer } from './load-recognizer.ts';
import { bands, pictureOf } from './whisper-sound.ts';

const tone = (hertz: number, seconds = 0.5) =>
  Float32Array.from({ length: 16_000 * seconds }, (_, at) => 0.5 * Math.sin((2 * Math.PI * hertz * at) / 16_000));
const loudestBand = (hertz: number) => {
  const picture = pictureOf(tone(hertz), 60);
  const middle = Array.from({ length: bands }, (_, band) => picture[band * 60 + 25]!);
  return middle.indexOf(Math.max(...middle));
};

describe('the picture of a sound', () => {
  it('shows a tone in its band: even steps to 1 kHz, wider ones above', () => {
    // Slaney's scale has 45.2 steps up to 8 kHz, of which 80 bands take 81.
    expect(Math.abs(loudestBand(500) - 12)).toBeLessThanOrEqual(1);
    expect(Math.abs(loudestBand(1000) - 26)).toBeLessThanOrEqual(1);
    expect(Math.abs(loudestBand(4000) - 62)).toBeLessThanOrEqual(1);
  });
  it('shows silence behind the speech at the floor, two steps below the loudest', () => {
    const picture = pictureOf(tone(1000), 100);
    expect(Math.max(...picture) - picture[99]!).toBeCloseTo(2, 5);
    expect(new Set(pictureOf(new Float32Array(0), 4))).toEqual(new Set([-1.5]));
  });
});

/** A file of CTranslate2 with one matrix of halves. */
function tinyFile(numbers: readonly number[], rows: number): Buffer {
  const name = (text: string) => {
    const bytes = Buffer.from(`${text}\0`);
    return Buffer.concat([Buffer.from(Uint16Array.of(bytes.length).buffer), bytes]);
  };
  const u32 = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
  const halves = Buffer.from(Float16Array.from(numbers).buffer);
  return Buffer.concat([
    u32(6),
    name('WhisperSpec'),
    u32(3, 1),
    name('matrix'),
    Buffer.of(2),
    u32(rows, numbers.length / rows),
    Buffer.of(4),
    u32(halves.length),
    halves,
  ]);
}

describe('a file of CTranslate2', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'wayside-ct2-')), 'model.bin');
  const numbers = Array.from({ length: 128 }, (_, at) => Math.fround(Math.sin(at)));

  it('gives its numbers, and rows of them', () => {
    writeFileSync(path, tinyFile(numbers, 4));
    const { floats } = readCt2File(path);
    expect(floats('matrix').shape).toEqual([4, 32]);
    expect(floats('matrix[1:3]').shape).toEqual([2, 32]);
    expect(floats('matrix[1:3]').numbers[0]).toBeCloseTo(Math.sin(32), 3);
  });
  it('brings them to eight bits with little lost', () => {
    const { weights, scales } = readCt2File(path).eightBits('matrix');
    for (const [at, number] of numbers.entries()) expect((weights[at]! - 128) * scales[at >> 5]!).toBeCloseTo(number, 2);
  });
  it('refuses what is cut short, of another kind, or has no such part', () => {
    expect(() => readCt2File(path).floats('other')).toThrow(/no other/);
    for (const bad of [Buffer.alloc(0), Buffer.from('no model at all'), tinyFile(numbers, 4).subarray(0, 100)]) {
      writeFileSync(path, bad);
      expect(() => readCt2File(path)).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
    }
  });
});

const models = createModels();
const files = findRecognizer(models.list(), models.resolve, 'zh');
if (!files) console.warn('SKIPPED: no Chinese recognizer is on this machine (wayside models pull whisper-base fetches one)');

describe.skipIf(!files)('a Chinese recognizer', { timeout: 120_000 }, () => {
  it('writes Chinese in simplified characters, and hears what is said here where it would not by itself', async () => {
    const recognizer = await loadRecognizer(files!, 'zh');
    const sound = Float32Array.from(readWav(new URL('../sounds/dianping-dianya.wav', import.meta.url)), (value) => value / 32768);
    const freely = await recognizer.transcribe(sound);
    expect(freely.text).not.toMatch(/[電壓]/);
    recognizer.favour({ phrases: ['电瓶电压多少', '水温是多少', '胎压正常吗', '打开空调'] });
    const along = await recognizer.transcribe(sound);
    expect(along.text).toMatch(/^电瓶电压多少/);
    expect(along.confidence).toBeGreaterThan(freely.confidence);
    expect(await recognizer.transcribe(new Float32Array(0))).toHaveProperty('confidence');
  });
});
