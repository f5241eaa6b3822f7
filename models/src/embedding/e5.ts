import { InferenceSession, Tensor } from 'onnxruntime-node';
import { block, type E5File, openE5, unpackBlock } from './e5-file.ts';
import { e5Graph } from './e5-graph.ts';
import type { EmbedRequest } from './embedder.ts';
import { createTokenizer } from './unigram.ts';

/** What somebody wants is said in the first lines; a passage may be as long as the model reads. */
const readPieces = { query: 128, passage: Number.POSITIVE_INFINITY } as const;

/** What became of a text: its vector, of length 1, and the means of its pieces at two inner layers, which only trained heads read. */
export type Meant = { vector: Float32Array; inner: Float32Array };

const floatsOf = (bytes: Buffer) => new Float32Array(Uint8Array.from(bytes).buffer);

/** The vectors a text begins as: its pieces' rows of the vocabulary's table, and those of their places. */
function firstVectors(file: E5File) {
  const { width, positions } = file;
  const places = floatsOf(file.table('emb.pos', 'float32', positions * width));
  const kind = floatsOf(file.table('emb.type', 'float32', 2 * width));
  const blocks = width / block.weights;
  return (ids: readonly number[]): Float32Array => {
    const vectors = new Float32Array(ids.length * width);
    for (const [at, id] of ids.entries()) {
      const row = file.row('emb.word', id);
      for (let b = 0; b < blocks; b++) unpackBlock(row, b * block.bytes, vectors, at * width + b * block.weights);
      for (let k = 0; k < width; k++) vectors[at * width + k]! += places[at * width + k]! + kind[k]!;
    }
    return vectors;
  };
}

/**
 * Loads an e5 model (Wang et al., "Multilingual E5 text embeddings", 2024) and embeds with ONNX Runtime, on one thread: a sentence is too
 * short for two to pay. The weights stay as they are in the file; the graph around them is made here.
 * @throws `model-corrupt` for a file that is no such model
 */
export async function loadE5(path: string): Promise<(text: string, as: EmbedRequest['as']) => Promise<Meant>> {
  const file = openE5(path);
  const { begin, end } = file.pieces;
  const tokenize = createTokenizer(file.pieces, file.positions - 2);
  const session = await InferenceSession.create(e5Graph(file), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    logSeverityLevel: 3,
  });
  const vectorsOf = firstVectors(file);
  return async (text, as) => {
    const ids = [begin, ...tokenize(`${as}: ${text}`).slice(0, readPieces[as]), end];
    const pieces = new Tensor('float32', vectorsOf(ids), [1, ids.length, file.width]);
    const { mean, inner } = await session.run({ pieces });
    const vector = mean!.data as Float32Array;
    const length = Math.hypot(...vector) || 1;
    return { vector: vector.map((value) => value / length), inner: inner!.data as Float32Array };
  };
}
