import { describe, expect, it } from 'vitest';
import { createResampler, toPcm } from './resample.ts';

const tone = (hz: number, rate: number, seconds = 1) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rate));
const rms = (sound: Float32Array) => Math.sqrt(sound.reduce((sum, x) => sum + x * x, 0) / sound.length);
function through(sound: Float32Array, from: number, block: number): Float32Array {
  const resample = createResampler(from, 16_000);
  const out: number[] = [];
  for (let i = 0; i < sound.length; i += block) out.push(...resample(sound.subarray(i, i + block)));
  return Float32Array.from(out);
}

describe('sound for the ears', () => {
  it.each([48_000, 44_100, 32_000, 22_050, 8_000])('keeps a voice’s tone as it is from %i Hz', (from) => {
    const out = through(tone(1_000, from), from, 128);
    expect(Math.abs(out.length - 16_000)).toBeLessThan(60);
    const middle = out.subarray(1_000, 15_000);
    expect(rms(middle)).toBeCloseTo(0.5 / Math.SQRT2, 2);
    const crossings = middle.reduce((n, x, i) => n + (i > 0 && x >= 0 && middle[i - 1]! < 0 ? 1 : 0), 0);
    expect(Math.abs(crossings - 875)).toBeLessThan(3);
  });

  it('lets nothing fold back that is above what it can carry', () => {
    expect(rms(through(tone(11_000, 48_000), 48_000, 128).subarray(500))).toBeLessThan(0.003);
  });

  it('makes the same of small blocks as of large ones', () => {
    const sound = tone(700, 44_100, 0.3);
    expect(through(sound, 44_100, 128)).toEqual(through(sound, 44_100, 4_096));
  });

  it('clips what is too loud', () => expect([...toPcm(Float32Array.of(-2, -1, 0, 1, 2))]).toEqual([-32_767, -32_767, 0, 32_767, 32_767]));
});
