import { describe, expect, it } from 'vitest';
import { judgeWake, readWakeHead, type WakeNet, writeWakeHead } from './wake-head.ts';
import { width, windowSteps } from './wake-shape.ts';

const inputs = windowSteps * width;
/** Hears nothing but the first number of the last embedding: likely when that is above 1. */
function tinyNet(): WakeNet {
  const first = new Float32Array(2 * inputs);
  first[inputs - width] = 1;
  return {
    word: 'hey you',
    hidden: 2,
    from: 0.5,
    mean: new Float32Array(inputs),
    factor: new Float32Array(inputs).fill(1),
    first,
    firstBias: Float32Array.of(0, -1),
    second: Float32Array.of(4, 1),
    secondBias: -4,
  };
}
const hearing = (value: number) => new Float32Array(inputs).fill(value, inputs - width, inputs - width + 1);

describe("a wake word's head", () => {
  it('judges by the embeddings it was made for', () => {
    expect(judgeWake(tinyNet(), hearing(2))).toBeGreaterThan(0.9);
    expect(judgeWake(tinyNet(), hearing(0))).toBeLessThan(0.1);
    expect(judgeWake(tinyNet(), hearing(-5))).toBeLessThan(0.1);
  });

  it('is the same when it was written and read', () => {
    expect(readWakeHead(writeWakeHead(tinyNet()))).toEqual(tinyNet());
  });

  it('is refused when its file is cut short, too long, or another one', () => {
    const file = writeWakeHead(tinyNet());
    for (const wrong of [
      file.subarray(0, -4),
      Buffer.concat([file, Buffer.alloc(4)]),
      Buffer.alloc(0),
      Buffer.from('onnx onnx onnx'),
      file.subarray(8),
    ])
      expect(() => readWakeHead(wrong)).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
  });
});
