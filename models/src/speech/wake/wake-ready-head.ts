import { InferenceSession, Tensor } from 'onnxruntime-node';
import { width, windowSteps } from './wake-shape.ts';

/** openWakeWord's own advice for its ready heads. */
const from = 0.5;

/** Loads a ready head of openWakeWord: the last 16 embeddings in, one chance out. */
export async function loadReadyHead(path: string): Promise<{ from: number; chance: (embeddings: Float32Array) => Promise<number> }> {
  const session = await InferenceSession.create(path, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    logSeverityLevel: 3,
  });
  const [input, output] = [session.inputNames[0]!, session.outputNames[0]!];
  return {
    from,
    chance: async (embeddings) => {
      const out = await session.run({ [input]: new Tensor('float32', embeddings, [1, windowSteps, width]) });
      return Number(out[output]!.data[0]);
    },
  };
}
