import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { createModels } from '../../models.ts';
import { loadWakeFrontEnd, ownFloorDb } from './wake-front-end.ts';
import { bands, stepFrames, width, windowFrames } from './wake-shape.ts';

const models = createModels();
const [spectrogram, embedding] = ['wake-spectrogram', 'wake-embedding'].map((id) => models.resolve(id));
if (!spectrogram || !embedding)
  console.warn('SKIPPED, how a wake word is heard: its models are not here: wayside models pull wake-features');

describe.skipIf(!spectrogram || !embedding)('the embeddings that a wake word is known by', () => {
  it('are those of the published graph, window by window, however the frames come', async () => {
    const published = await InferenceSession.create(embedding!);
    const windows = 9;
    const frames = Float32Array.from({ length: (windowFrames + (windows - 1) * stepFrames) * bands }, (_, i) => Math.sin(i * i) * 4 + 2);
    const from = (window: number) => window * stepFrames * bands;
    const frontEnd = (await loadWakeFrontEnd({ spectrogram: spectrogram!, embedding: embedding! }))(ownFloorDb);
    const embed = frontEnd.embedder();
    const size = windowFrames * bands;
    const made = [...(await embed(frames.slice(0, from(3) + size)))];
    made.push(...(await embed(frames.slice(from(3) + size, from(4) + size))), ...(await embed(frames.slice(from(4) + size))));
    expect(made).toHaveLength(windows * width);
    for (let n = 0; n < windows; n++) {
      const window = new Tensor('float32', frames.slice(from(n), from(n) + size), [1, windowFrames, bands, 1]);
      const { conv2d_19 } = await published.run({ input_1: window });
      for (const [i, value] of (conv2d_19!.data as Float32Array).entries()) expect(made[n * width + i]).toBeCloseTo(value, 3);
    }
  });

  it('end with the last frame, of frames that make no whole number of windows', async () => {
    const frontEnd = (await loadWakeFrontEnd({ spectrogram: spectrogram!, embedding: embedding! }))(ownFloorDb);
    const frames = Float32Array.from({ length: (windowFrames + stepFrames) * bands }, (_, i) => Math.cos(i * i) * 4);
    const longer = Float32Array.of(...new Float32Array(5 * bands).fill(9), ...frames);
    expect(await frontEnd.embedder()(longer)).toEqual(await frontEnd.embedder()(frames));
  });
});
