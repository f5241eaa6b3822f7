import { block, type E5File, half } from './e5-file.ts';
import { type Constant, type Node, writeOnnx } from './onnx-file.ts';

/** Weights of four bits as ONNX Runtime's `MatMulNBits` wants them: neighbours share a byte, scales apart. Not one value changes. */
function repack(q4: Buffer): { weights: Uint8Array; scales: Float32Array } {
  const blocks = q4.length / block.bytes;
  const weights = new Uint8Array(blocks * 16);
  const scales = new Float32Array(blocks);
  for (let b = 0; b < blocks; b++) {
    const from = b * block.bytes;
    scales[b] = half(q4.readUInt16LE(from));
    for (let j = 0; j < 16; j += 2) {
      const [first, second] = [q4[from + 2 + j]!, q4[from + 3 + j]!];
      weights[b * 16 + j / 2] = (first & 15) | ((second & 15) << 4);
      weights[b * 16 + 8 + j / 2] = (first >> 4) | (second & 0xf0);
    }
  }
  return { weights, scales };
}

const bytesOf = (numbers: Float32Array) => new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** The layers half and three quarters of the way: they still know of a sentence's tone what the last one, trained to find passages, has let go. */
const innerLayersOf = (layers: number): number[] => [Math.ceil(layers / 2), Math.ceil((3 * layers) / 4)];

/**
 * The encoder as an ONNX model (Devlin et al., "BERT", NAACL 2019): from the pieces' vectors, positions added, [1, pieces, width], to the
 * mean of what they came to, `mean`, [1, width], and of what they were at two inner layers, `inner`, [1, 2 width]. The vocabulary's own table stays in the file.
 */
export function e5Graph(file: E5File): Buffer {
  const { width, layers, heads, inner, epsilon } = file;
  const nodes: Node[] = [];
  const constants: Constant[] = [];
  const numbers = (name: string, length: number): string => {
    constants.push({ name, kind: 'float32', shape: [length], bytes: file.table(name, 'float32', length) });
    return name;
  };
  const add = (op: string, inputs: string[], outputs: string[], attributes: Node['attributes'] = {}, domain = 'com.microsoft') =>
    nodes.push({ op, domain, inputs, outputs, attributes });
  const multiply = (from: string, table: string, out: string, columns: number, rows: number) => {
    const { weights, scales } = repack(file.table(`${table}.w`, 'q4', columns * rows));
    const blocks = columns / block.weights;
    constants.push({ name: `${table}.q4`, kind: 'uint8', shape: [rows, blocks, 16], bytes: weights });
    constants.push({ name: `${table}.scales`, kind: 'float32', shape: [rows * blocks], bytes: bytesOf(scales) });
    // Level 4: the other factor in eight bits, as the package's own engine has it.
    const attributes = {
      K: { int: columns },
      N: { int: rows },
      bits: { int: 4 },
      block_size: { int: block.weights },
      accuracy_level: { int: 4 },
    };
    add('MatMulNBits', [from, `${table}.q4`, `${table}.scales`, '', '', numbers(`${table}.b`, rows)], [out], attributes);
  };
  const addNorm = (of: string, more: string, norm: string, out: string) =>
    add('SkipLayerNormalization', [of, more, numbers(`${norm}.w`, width), numbers(`${norm}.b`, width)], [out], {
      epsilon: { float: epsilon },
    });

  add(
    'LayerNormalization',
    ['pieces', numbers('emb.ln.w', width), numbers('emb.ln.b', width)],
    ['x0'],
    { epsilon: { float: epsilon } },
    '',
  );
  for (let n = 0; n < layers; n++) {
    const own = (name: string) => `l${n}.${name}`;
    for (const part of ['q', 'k', 'v']) multiply(`x${n}`, own(part), own(`${part}.out`), width, width);
    add(
      'MultiHeadAttention',
      ['q', 'k', 'v'].map((part) => own(`${part}.out`)),
      [own('seen')],
      { num_heads: { int: heads } },
    );
    multiply(own('seen'), own('ao'), own('attended'), width, width);
    addNorm(`x${n}`, own('attended'), own('aln'), own('between'));
    multiply(own('between'), own('fi'), own('wide'), width, inner);
    add('Gelu', [own('wide')], [own('bent')]);
    multiply(own('bent'), own('fo'), own('narrow'), inner, width);
    addNorm(own('between'), own('narrow'), own('oln'), `x${n + 1}`);
  }
  const mean = (layer: number, out: string) => add('ReduceMean', [`x${layer}`], [out], { axes: { ints: [1] }, keepdims: { int: 0 } }, '');
  mean(layers, 'mean');
  const insides = innerLayersOf(layers).map((layer, n) => ({ layer, out: `inside${n}` }));
  for (const { layer, out } of insides) mean(layer, out);
  add(
    'Concat',
    insides.map(({ out }) => out),
    ['inner'],
    { axis: { int: 1 } },
    '',
  );
  return writeOnnx({
    nodes,
    constants,
    inputs: [{ name: 'pieces', shape: [1, 'length', width] }],
    outputs: [
      { name: 'mean', shape: [1, width] },
      { name: 'inner', shape: [1, insides.length * width] },
    ],
  });
}
