import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { Beginnings } from './recognize-beams.ts';

/** One thread: a step is too short for two to pay, and a second one spins while it waits. */
export const sessionOptions: InferenceSession.SessionOptions = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };

export type Kept = Record<string, Tensor>;

export type DecoderShape = { width: number; heads: number; headWidth: number; layers: number; pieces: number };

/** Rows of a tensor [rows, …] chosen by number. */
function rowsOf(tensor: Tensor, rows: readonly number[]): Tensor {
  const [count, ...rest] = tensor.dims as [number, ...number[]];
  if (rows.length === count && rows.every((row, at) => row === at)) return tensor;
  const data = tensor.data as Float32Array;
  const size = data.length / count;
  const chosen = new Float32Array(rows.length * size);
  for (const [at, row] of rows.entries()) chosen.set(data.subarray(row * size, (row + 1) * size), at * size);
  return new Tensor('float32', chosen, [rows.length, ...rest]);
}

/**
 * Runs a decoder piece by piece, several beginnings at once. Its graph takes what `feeds` gives, `past.<layer>.key|value` and the memory, and gives
 * `chances` and `present.<layer>.key|value`.
 * @param feeds what the graph wants of the pieces at a place in the sentence
 * @param silence pieces that are never said
 */
export function createStepDecoder(
  session: InferenceSession,
  { heads, headWidth, layers, pieces: width }: DecoderShape,
  feeds: (place: number, pieces: readonly number[]) => Kept,
  silence: (chances: Float32Array) => void = () => {},
): (memory: Kept, first: number) => Promise<Beginnings> {
  const nothing = new Tensor('float32', new Float32Array(0), [1, heads, 0, headWidth]);
  const empty = Object.fromEntries(
    Array.from({ length: layers }, (_, n) => ['key', 'value'].map((part) => [`past.${n}.${part}`, nothing] as const)).flat(),
  );
  async function at(memory: Kept, past: Kept, place: number, pieces: readonly number[]): Promise<Beginnings> {
    const { chances, ...present } = await session.run({ ...feeds(place, pieces), ...past, ...memory });
    const rows = chances!.data as Float32Array;
    for (let from = 0; from < rows.length; from += width) silence(rows.subarray(from, from + width));
    const said = Object.entries(present).map(([name, tensor]) => [name.replace('present', 'past'), tensor] as const);
    return {
      width,
      chances: rows,
      next: (from, following) =>
        at(memory, Object.fromEntries(said.map(([name, tensor]) => [name, rowsOf(tensor, from)])), place + 1, following),
    };
  }
  return (memory, first) => at(memory, empty, 0, [first]);
}
