import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWav, wavOf } from './wav.ts';

type Shape = { rate: number; channels: number; bits: 8 | 16 | 24 | 32; float?: boolean };

/** A tone of half a second as a WAV file of a shape; on the second channel there is silence. */
function toneAs({ rate, channels, bits, float = false }: Shape, hz = 440): Buffer {
  const frames = rate / 2;
  const bytes = bits / 8;
  const data = Buffer.alloc(frames * channels * bytes);
  for (let i = 0; i < frames; i++) {
    const x = 0.5 * Math.sin((2 * Math.PI * hz * i) / rate);
    const at = i * channels * bytes;
    if (float) data.writeFloatLE(x, at);
    else if (bits === 8) data.writeUInt8(Math.round(128 + x * 127), at);
    else data.writeIntLE(Math.round(x * (2 ** (bits - 1) - 1)), at, bytes);
    for (let c = 1; c < channels && bits === 8; c++) data.writeUInt8(128, at + c);
  }
  const wav = wavOf(data, rate);
  wav.writeUInt16LE(float ? 3 : 1, 20);
  wav.writeUInt16LE(channels, 22);
  wav.writeUInt32LE(rate * channels * bytes, 28);
  wav.writeUInt16LE(channels * bytes, 32);
  wav.writeUInt16LE(bits, 34);
  return wav;
}

describe('a WAV file that is to be said', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-wav-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const read = async (content: Buffer) => {
    await writeFile(join(folder, 'one.wav'), content);
    return readWav(join(folder, 'one.wav'));
  };
  const tops = (sound: Int16Array) => sound.reduce((n, x, i) => n + (i > 0 && x >= 0 && sound[i - 1]! < 0 ? 1 : 0), 0);

  const shapes: Shape[] = [
    { rate: 8_000, channels: 1, bits: 8 },
    { rate: 16_000, channels: 1, bits: 16 },
    { rate: 44_100, channels: 2, bits: 16 },
    { rate: 48_000, channels: 2, bits: 24 },
    { rate: 48_000, channels: 1, bits: 32 },
    { rate: 48_000, channels: 2, bits: 32, float: true },
  ];
  it.each(shapes)('of $rate Hz, $channels channels, $bits bits becomes 16 kHz mono', async (shape) => {
    const sound = await read(toneAs(shape));
    expect(Math.abs(sound.length - 8_000)).toBeLessThan(60);
    expect(Math.abs(tops(sound) - 220)).toBeLessThan(4);
    expect(Math.abs(Math.max(...sound) / 32_767 - 0.5 / shape.channels)).toBeLessThan(0.03);
  });

  it('that ends early gives what is there', async () => {
    const whole = toneAs({ rate: 16_000, channels: 1, bits: 16 });
    expect((await read(whole.subarray(0, 44 + 8_001))).length).toBe(4_000);
  });

  it('of what is no number is silent there', async () => {
    const wav = toneAs({ rate: 16_000, channels: 1, bits: 32, float: true });
    for (let at = 44; at < 44 + 4_000; at += 4) wav.writeFloatLE(Number.NaN, at);
    const sound = await read(wav);
    expect([...sound.subarray(0, 900)].every((x) => x === 0)).toBe(true);
    expect(Math.max(...sound)).toBeGreaterThan(10_000);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a head and no sound', toneAs({ rate: 16_000, channels: 1, bits: 16 }).subarray(0, 44)],
    ['half a head', toneAs({ rate: 16_000, channels: 1, bits: 16 }).subarray(0, 20)],
    ['an MP3', Buffer.from('ID3\u0003 something else')],
    ['text', Buffer.from('RIFF but only by name, and long enough to hold a head of a file')],
  ])('that is %s is refused in words', async (_, content) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('no sound') });
  });

  it('that is not there is said to be so', async () => {
    await expect(readWav(join(folder, 'none.wav'))).rejects.toMatchObject({ code: 'not-found' });
  });
});
