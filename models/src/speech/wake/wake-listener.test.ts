import { describe, expect, it } from 'vitest';
import type { WakeFrontEnd } from './wake-front-end.ts';
import { createWakeListener } from './wake-listener.ts';
import { bands, hop, overlap, stepFrames, width, windowFrames, windowSteps } from './wake-shape.ts';

/** A front end whose every frame and embedding says which samples it was made of: their mean, and their last frame. */
function countingFrontEnd(): WakeFrontEnd & { asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    async spectrogram(samples) {
      const count = (samples.length - overlap) / hop;
      asked.push(count);
      return Float32Array.from({ length: count * bands }, (_, i) => samples[overlap + Math.floor(i / bands) * hop]!);
    },
    embedder() {
      let kept = new Float32Array();
      return async (frames) => {
        kept = Float32Array.of(...kept.slice(-(windowFrames - stepFrames) * bands), ...frames);
        const count = (kept.length / bands - windowFrames) / stepFrames + 1;
        return Float32Array.from(
          { length: count * width },
          (_, i) => kept[(Math.floor(i / width) * stepFrames + windowFrames - 1) * bands]!,
        );
      };
    },
  };
}
const frame = (n: number) => Float32Array.from({ length: 512 }, (_, i) => n * 512 + i);

/** Hears `frames` frames that count upwards, awake from the given one on, and gives what the head saw last. */
async function seen(frames: number, awakeFrom: number) {
  const frontEnd = countingFrontEnd();
  let last = new Float32Array();
  const saw = (embeddings: Float32Array) => {
    last = embeddings.slice();
    return 1;
  };
  const head = { word: 'x', from: 0.5, chance: saw };
  const listener = createWakeListener(frontEnd, [head]);
  for (let n = 0; n < frames; n++) await listener.hear(frame(n), n >= awakeFrom);
  return { last, asked: frontEnd.asked };
}

describe('listening for a wake word', () => {
  it('computes nothing while nobody speaks', async () => {
    expect((await seen(200, 200)).asked).toEqual([]);
  });

  it('makes up for what came just before, and then only goes on', async () => {
    const { last, asked } = await seen(120, 100);
    expect(asked[0]).toBe(windowFrames + (windowSteps - 1) * stepFrames);
    expect(new Set(asked.slice(1))).toEqual(new Set([stepFrames]));
    expect(last).toHaveLength(windowSteps * width);
    for (let step = 1; step < windowSteps; step++) expect(last[step * width]! - last[(step - 1) * width]!).toBe(stepFrames * hop);
  });

  it('sees the same whenever it woke', async () => {
    // 100 and 105 frames apart is a whole number of steps of 80 ms.
    expect((await seen(200, 100)).last).toEqual((await seen(200, 105)).last);
  });

  it('says of each of several words how likely it was', async () => {
    const listener = createWakeListener(countingFrontEnd(), [
      { word: 'one', from: 0.9, chance: () => 0.8 },
      { word: 'other', from: 0.5, chance: async () => 0.6 },
    ]);
    expect(await listener.hear(frame(0), true)).toEqual([0.8, 0.6]);
  });

  it('is as sure as it was twice in a row, of a word that asks for it, and begins anew after silence', async () => {
    const said = [0.9, 0.2, 0.8, 0.7, 0.6];
    const listener = createWakeListener(countingFrontEnd(), [{ word: 'one', from: 0.5, twice: true, chance: () => said.shift()! }]);
    const sure: number[] = [];
    for (let n = 0; said.length > 1; n++) sure.push(...((await listener.hear(frame(n), true)) ?? []));
    expect(sure).toEqual([0, 0.2, 0.2, 0.7]);
    await listener.hear(frame(0), false);
    expect(await listener.hear(frame(1), true)).toEqual([0]);
  });
});
