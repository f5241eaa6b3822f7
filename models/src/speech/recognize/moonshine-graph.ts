import { WaysideError } from '@wayside/protocol';
import { type Port, writeOnnx } from '../../embedding/onnx-file.ts';
import { blockSize, bytesOf, createGraphWriter, type EightBits, layered, type WeightSource } from '../graph/graph-writer.ts';
import { type OrtFile, readOrtFile, type StoredTensor } from '../graph/ort-file.ts';

/** What the decoder is made of: read from the file's own tensors. */
export type MoonshineShape = { width: number; heads: number; headWidth: number; layers: number; inner: number; pieces: number };

/** How a number at a place in the sentence turns a query and a key (rotary embedding; Su et al., arXiv 2104.09864). */
export type Turn = { cos: Float32Array; sin: Float32Array };

export type MoonshineDecoder = {
  shape: MoonshineShape;
  /** From what was heard, [1, length, width], to what each layer remembers of it: `memory.<layer>.key|value`, [1, heads, length, headWidth]. */
  remember: Buffer;
  /**
   * One step of several beginnings at once: `vectors` [n, 1, width], `cos` and `sin` [headWidth], what was said so far `past.<layer>.key|value`
   * [n, heads, said, headWidth] and the memory above, to `chances` [n, 1, pieces] (natural logarithms) and `present.<layer>.key|value`.
   */
  step: Buffer;
  /** The vector a piece begins as, written into `into` at a place. */
  vectorOf(piece: number, into: Float32Array, at: number): void;
  turnAt(place: number): Turn;
};

const embedding = 'model.decoder.embed_tokens.weight_merged_0';
const first = ({ bytes }: StoredTensor) => new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
const floats = ({ bytes }: StoredTensor) => new Float32Array(Uint8Array.from(bytes).buffer);

function tensorsOf(file: OrtFile) {
  const get = (name: string): StoredTensor => {
    const tensor = file.tensors.get(name);
    if (!tensor) throw new WaysideError('model-corrupt', `The decoder has no ${name}.`);
    return tensor;
  };
  /** The weights are called after numbers; what multiplies with them is called after what it is for. */
  const usedBy = new Map(file.nodes.filter(({ op }) => op === 'MatMul').map(({ inputs, outputs }) => [outputs[0]!, inputs[1]!]));
  const weightsOf = (place: string): string => {
    const name = usedBy.get(`/model/decoder/${place}/MatMul_output_0`);
    if (!name) throw new WaysideError('model-corrupt', `The decoder multiplies nothing at ${place}.`);
    return name.replace(/_add_tensor$/, '');
  };
  const source: WeightSource = {
    floats: (name) => ({ shape: get(name).shape, numbers: floats(get(name)) }),
    eightBits: (name) => eightBits(get, name),
  };
  return { get, weightsOf, source };
}

/** Weights of eight bits, one scale and zero for all: stored as [columns, rows], the embedding as [rows, columns]. Not one value changes. */
function eightBits(get: (name: string) => StoredTensor, name: string): EightBits {
  const { bytes, shape } = get(`${name}_quantized`);
  const scale = first(get(`${name}_scale`));
  // Stored: scale × number + offset. Wanted: scale × (number + 128 − zero).
  const zero = 128 - Math.round(first(get(`${name}_zero_point`)) / scale);
  const straight = name === embedding;
  const [rows, columns] = straight ? (shape as [number, number]) : (shape.toReversed() as [number, number]);
  const weights = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      weights[row * columns + column] = bytes[straight ? row * columns + column : column * rows + row]! ^ 128;
  const blocks = (rows * columns) / blockSize;
  return { rows, columns, weights, scales: new Float32Array(blocks).fill(scale), zeros: new Uint8Array(blocks).fill(zero) };
}

function writeRemember(shape: MoonshineShape, { source, weightsOf }: ReturnType<typeof tensorsOf>): Buffer {
  const { width, heads, headWidth, layers } = shape;
  const { add, shape: shapes, multiply, graph } = createGraphWriter(source);
  for (let n = 0; n < layers; n++)
    for (const [part, short] of [
      ['key', 'k'],
      ['value', 'v'],
    ] as const) {
      const of = multiply('heard', weightsOf(`layers.${n}/encoder_attn/${short}_proj`), `${part}.${n}.flat`);
      add('Reshape', [of, shapes('by-heads', 1, -1, heads, headWidth)], `${part}.${n}.heads`);
      add('Transpose', [`${part}.${n}.heads`], `memory.${n}.${part}`, { perm: { ints: [0, 2, 1, 3] } });
    }
  const outputs = layered(layers, 'memory', [1, heads, 'length', headWidth]);
  return writeOnnx({ ...graph(), inputs: [{ name: 'heard', shape: [1, 'length', width] }], outputs });
}

function writeStep(shape: MoonshineShape, { source, weightsOf }: ReturnType<typeof tensorsOf>): Buffer {
  const { width, heads, headWidth, layers, pieces } = shape;
  const { add, shape: shapes, numbers, constant, multiply, attend, graph } = createGraphWriter(source);
  constant({ name: 'swap', kind: 'float32', shape: [headWidth, headWidth], bytes: bytesOf(swapOf(headWidth)) });
  const norm = (of: string, name: string, out: string) =>
    add('LayerNormalization', [of, numbers(`model.decoder.${name}.weight_merged_0`)], out, { epsilon: { float: 1e-5 } });
  /** x × cos + swapped x × sin; beyond the turned part cos is 1 and sin 0. */
  const turned = (of: string) =>
    add(
      'Add',
      [add('Mul', [of, 'cos'], `${of}.cos`), add('Mul', [add('MatMul', [of, 'swap'], `${of}.swapped`), 'sin'], `${of}.sin`)],
      `${of}.turned`,
    );
  let x = 'vectors';
  for (let n = 0; n < layers; n++) {
    const own = (name: string) => `${n}.${name}`;
    const at = (name: string) => weightsOf(`layers.${n}/${name}`);
    const one = norm(x, `layers.${n}.input_layernorm`, own('n1'));
    const [q, k, v] = (['q', 'k', 'v'] as const).map((part) =>
      add(
        'Reshape',
        [multiply(one, at(`self_attn/${part}_proj`), own(`${part}.flat`)), shapes('said', -1, heads, 1, headWidth)],
        own(part),
      ),
    ) as [string, string, string];
    const keys = add('Concat', [`past.${n}.key`, turned(k)], `present.${n}.key`, { axis: { int: 2 } });
    const values = add('Concat', [`past.${n}.value`, v], `present.${n}.value`, { axis: { int: 2 } });
    const said = add('Reshape', [attend(turned(q), keys, values, headWidth, own('said')), shapes('flat', -1, 1, width)], own('said.flat'));
    const after = add('Add', [x, multiply(said, at('self_attn/dense'), own('said.out'))], own('x1'));

    // All beginnings listen to the same sound, so for its memory they are the places of one.
    const two = norm(after, `layers.${n}.post_attention_layernorm`, own('n2'));
    add(
      'Reshape',
      [multiply(two, at('encoder_attn/q_proj'), own('ask.flat')), shapes('together', 1, -1, heads, headWidth)],
      own('ask.rows'),
    );
    const ask = add('Transpose', [own('ask.rows')], own('ask'), { perm: { ints: [0, 2, 1, 3] } });
    const heard = add('Transpose', [attend(ask, `memory.${n}.key`, `memory.${n}.value`, headWidth, own('heard'))], own('heard.rows'), {
      perm: { ints: [0, 2, 1, 3] },
    });
    add('Reshape', [heard, shapes('flat', -1, 1, width)], own('heard.flat'));
    const then = add('Add', [after, multiply(own('heard.flat'), at('encoder_attn/dense'), own('heard.out'))], own('x2'));

    const three = norm(then, `layers.${n}.final_layernorm`, own('n3'));
    const bias = (name: string) => `model.decoder.layers.${n}.mlp.${name}.bias_merged_0`;
    const wide = multiply(three, at('mlp/up_proj'), own('wide'), bias('up_proj'));
    add('Split', [wide], [own('plain'), own('gate')], { axis: { int: 2 } });
    const open = add('Mul', [own('gate'), add('Sigmoid', [own('gate')], own('gate.sigmoid'))], own('gate.open'));
    const inner = add('Mul', [open, own('plain')], own('inner'));
    x = add('Add', [then, multiply(inner, at('mlp/down_proj'), own('narrow'), bias('down_proj'))], own('x3'));
  }
  const logits = multiply(norm(x, 'norm', 'last'), embedding, 'logits');
  add('LogSoftmax', [logits], 'chances', { axis: { int: 2 } });
  const cache: Port['shape'] = ['n', heads, 'said', headWidth];
  return writeOnnx({
    ...graph(),
    inputs: [
      { name: 'vectors', shape: ['n', 1, width] },
      ...['cos', 'sin'].map((name) => ({ name, shape: [headWidth] })),
      ...layered(layers, 'past', cache),
      ...layered(layers, 'memory', [1, heads, 'length', headWidth]),
    ],
    outputs: [{ name: 'chances', shape: ['n', 1, pieces] }, ...layered(layers, 'present', ['n', heads, 'then', headWidth])],
  });
}

/** As a matrix: neighbours change places, and the one that comes first its sign. */
function swapOf(size: number): Float32Array {
  const swap = new Float32Array(size * size);
  for (let at = 0; at < size; at += 2) {
    swap[(at + 1) * size + at] = -1;
    swap[at * size + at + 1] = 1;
  }
  return swap;
}

/**
 * Moonshine's decoder, made anew around the weights of its file: as it is published it turns all weights into floats at every step, which is
 * nine tenths of its time. Here they stay in eight bits.
 * @throws `model-corrupt` for a file that is no decoder of Moonshine
 */
export function moonshineDecoder(path: string): MoonshineDecoder {
  const file = readOrtFile(path);
  const tensors = tensorsOf(file);
  const table = tensors.get(`${embedding}_quantized`);
  const [scale, offset] = [first(tensors.get(`${embedding}_scale`)), first(tensors.get(`${embedding}_zero_point`))];
  const [pieces, width] = table.shape as [number, number];
  const layers = [...file.tensors.keys()].filter((name) => /layers\.\d+\.input_layernorm\.weight/.test(name)).length;
  const inner = tensors.get('model.decoder.layers.0.mlp.up_proj.bias_merged_0').shape[0]! / 2;
  const heads = 8;
  const shape = { width, heads, headWidth: width / heads, layers, inner, pieces };
  const frequencies = floats(tensors.get('/model/decoder/rotary_emb/Cast_1_output_0'));
  const embedded = Int8Array.from(new Int8Array(table.bytes.buffer, table.bytes.byteOffset, table.bytes.byteLength));
  return {
    shape,
    remember: writeRemember(shape, tensors),
    step: writeStep(shape, tensors),
    vectorOf(piece, into, at) {
      for (let n = 0; n < width; n++) into[at + n] = embedded[piece * width + n]! * scale + offset;
    },
    turnAt(place) {
      const [cos, sin] = [new Float32Array(shape.headWidth).fill(1), new Float32Array(shape.headWidth)];
      for (const [n, frequency] of frequencies.entries())
        for (const at of [2 * n, 2 * n + 1]) [cos[at], sin[at]] = [Math.cos(place * frequency), Math.sin(place * frequency)];
      return { cos, sin };
    },
  };
}
