import { readFileSync } from 'node:fs';
import { type Constant, type Node, type Port, writeOnnx } from '../../embedding/onnx-file.ts';
import { bytesOf } from '../graph/graph-writer.ts';
import { bands } from './wake-shape.ts';

/** Where the weights and the biases of each convolution lie in the file, which is known by its SHA-256: float32, little-endian. */
const places: readonly (readonly [weights: number, biases?: number])[] = [
  [1_325_403, 1_326_311],
  [1_318_295, 1_325_253],
  [276_915, 283_873],
  [262_796, 276_667],
  [234_853, 262_548],
  [206_908, 234_603],
  [178_963, 206_658],
  [137_098, 178_617],
  [74_497, 136_752],
  [11_896, 74_151],
  [1_255_695, 1_317_951],
  [1_172_260, 1_255_252],
  [1_061_177, 1_171_817],
  [950_094, 1_060_734],
  [839_011, 949_651],
  [727_928, 838_568],
  [616_845, 727_485],
  [505_762, 616_402],
  [394_679, 505_319],
  [284_028],
];
/** How far the net looks in one layer, in time and over the bands, and the step of what is kept of it where something is. */
type Layer = { channels: number; time: 1 | 3; across: 1 | 3; pool?: [time: number, across: number] };
/** Groups of layers, each: its channels, and by what it is pooled after its last. All but the first begin across the bands and alternate. */
const groups: readonly (readonly [layers: number, channels: number, pool: [number, number]])[] = [
  [4, 48, [1, 2]],
  [4, 72, [2, 2]],
  [4, 96, [1, 2]],
  [4, 96, [2, 2]],
];
const layers: readonly Layer[] = [
  { channels: 24, time: 3, across: 3 },
  { channels: 24, time: 1, across: 3 },
  { channels: 24, time: 3, across: 1, pool: [2, 2] },
  ...groups.flatMap(([count, channels, pool]) =>
    Array.from({ length: count }, (_, n): Layer => {
      const [time, across]: [1 | 3, 1 | 3] = n % 2 === 0 ? [1, 3] : [3, 1];
      return { channels, time, across, ...(n === count - 1 ? { pool } : {}) };
    }),
  ),
  { channels: 96, time: 3, across: 1 },
];

/** What a layer that looks back must be given again: the end of what it saw, [1, channels, frames, across]; none of it at the beginning. */
export type Tail = { name: string; channels: number; across: number };

function createParts(file: Buffer) {
  const constants: Constant[] = [{ name: 'softest', kind: 'float32', shape: [1], bytes: bytesOf(Float32Array.of(-0.4)) }];
  for (const [name, value] of Object.entries({ from: -2, end: 2 ** 31, time: 2 }))
    constants.push({ name, kind: 'int64', shape: [1], bytes: bytesOf(BigInt64Array.of(BigInt(value))) });
  const nodes: Node[] = [];
  const add = (op: string, inputs: string[], out: string, attributes: Node['attributes'] = {}) => {
    nodes.push({ op, inputs, outputs: [out], attributes });
    return out;
  };
  const numbers = (name: string, shape: number[], at: number) => {
    const length = 4 * shape.reduce((product, one) => product * one, 1);
    if (at + length > file.length) throw new RangeError('it ends too early');
    constants.push({ name, kind: 'float32', shape, bytes: file.subarray(at, at + length) });
    return name;
  };
  return { constants, nodes, add, numbers };
}

/**
 * Google's speech embedding (Lin et al., "Training keyword spotters with limited and synthesized speech data", 2020) as a net that goes on where it
 * stopped: it looks at 76 mel frames for one embedding, the next is 8 frames on, and what the two share is computed once. No layer fills up in time, and
 * time is halved three times, so the numbers are those of the published graph.
 * In: `frames`, [1, 1, n, bands], n = 76 + 8k at first and 8k then, and each tail; out: `embeddings`, [1, 96, k (+ 1), 1], and each tail as `next.<name>`.
 * @throws RangeError when the file is too short to be it
 */
export function wakeEmbeddingGraph(path: string): { model: Buffer; tails: Tail[] } {
  const { constants, nodes, add, numbers } = createParts(readFileSync(path));
  const tails: Tail[] = [];
  /** What came before, and this; the end of it is kept for next time. */
  const goOn = (x: string, n: number, channels: number, across: number) => {
    const name = `tail.${n}`;
    tails.push({ name, channels, across });
    const all = add('Concat', [name, x], `all.${n}`, { axis: { int: 2 } });
    add('Slice', [all, 'from', 'end', 'time'], `next.${name}`);
    return all;
  };
  let [x, channels, across] = ['frames', 1, bands];
  for (const [n, layer] of layers.entries()) {
    const [weights, biases] = places[n]!;
    if (layer.time > 1) x = goOn(x, n, channels, across);
    const inputs = [x, numbers(`w.${n}`, [layer.channels, channels, layer.time, layer.across], weights)];
    if (biases !== undefined) inputs.push(numbers(`b.${n}`, [layer.channels], biases));
    const beside = (layer.across - 1) / 2;
    const whole = biases === undefined ? 'embeddings' : `conv.${n}`;
    x = add('Conv', inputs, whole, { kernel_shape: { ints: [layer.time, layer.across] }, pads: { ints: [0, beside, 0, beside] } });
    channels = layer.channels;
    if (biases === undefined) continue;
    x = add('Max', [add('LeakyRelu', [x], `leaky.${n}`, { alpha: { float: 0.2 } }), 'softest'], `max.${n}`);
    if (!layer.pool) continue;
    x = add('MaxPool', [x], `pool.${n}`, { kernel_shape: { ints: layer.pool }, strides: { ints: layer.pool } });
    across /= layer.pool[1];
  }
  const port = (name: string, shape: Port['shape']): Port => ({ name, shape });
  const model = writeOnnx({
    nodes,
    constants,
    inputs: [
      port('frames', [1, 1, 'n', bands]),
      ...tails.map((tail) => port(tail.name, [1, tail.channels, `${tail.name}.n`, tail.across])),
    ],
    outputs: [
      port('embeddings', [1, channels, 'k', 1]),
      ...tails.map((tail) => port(`next.${tail.name}`, [1, tail.channels, `next.${tail.name}.n`, tail.across])),
    ],
  });
  return { model, tails };
}
