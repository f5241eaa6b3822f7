import type { Constant, Node, Port } from '../../embedding/onnx-file.ts';

/** How many neighbours share a scale in ONNX Runtime's `MatMulNBits`; a size its fast paths know. */
export const blockSize = 32;

/** Weights of eight bits as `MatMulNBits` wants them: [rows, columns], a scale and a zero for each block of a row. */
export type EightBits = { rows: number; columns: number; weights: Uint8Array; scales: Float32Array; zeros: Uint8Array };

/** Where a graph gets its numbers from, by their names in the model's file. */
export type WeightSource = {
  floats(name: string): { shape: number[]; numbers: Float32Array };
  eightBits(name: string): EightBits;
};

export const bytesOf = (numbers: Float32Array | BigInt64Array) => new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** What is remembered of each layer: `<kind>.<layer>.key` and `.value`. */
export const layered = (layers: number, kind: string, shape: Port['shape']): Port[] =>
  Array.from({ length: layers }, (_, n) => ['key', 'value'].map((part) => ({ name: `${kind}.${n}.${part}`, shape }))).flat();

/** Collects the nodes and constants of a graph; what adds a node gives the name of its output. */
export function createGraphWriter({ floats, eightBits }: WeightSource) {
  const nodes: Node[] = [];
  const constants = new Map<string, Constant>();
  const add = (op: string, inputs: string[], out: string | string[], attributes: Node['attributes'] = {}, domain = ''): string => {
    const outputs = [out].flat();
    nodes.push({ op, domain, inputs, outputs, attributes });
    return outputs[0]!;
  };
  const constant = (made: Constant): string => {
    if (!constants.has(made.name)) constants.set(made.name, made);
    return made.name;
  };
  const numbers = (name: string): string => {
    const { numbers: held, shape } = floats(name);
    return constant({ name, kind: 'float32', shape, bytes: bytesOf(held) });
  };
  return {
    add,
    numbers,
    constant,
    /** A shape to bring something to; -1 is what is left. */
    shape: (name: string, ...lengths: number[]): string =>
      constant({ name, kind: 'int64', shape: [lengths.length], bytes: bytesOf(BigInt64Array.from(lengths, BigInt)) }),
    /** Multiplied by weights of eight bits, the other factor in eight bits as well; `bias` is the name of what is added. */
    multiply(from: string, name: string, out: string, bias = ''): string {
      const { rows, columns, weights, scales, zeros } = eightBits(name);
      const blocks = columns / blockSize;
      constant({ name: `${name}.w`, kind: 'uint8', shape: [rows, blocks, blockSize], bytes: weights });
      constant({ name: `${name}.s`, kind: 'float32', shape: [rows * blocks], bytes: bytesOf(scales) });
      constant({ name: `${name}.z`, kind: 'uint8', shape: [rows * blocks], bytes: zeros });
      const attributes = {
        K: { int: columns },
        N: { int: rows },
        bits: { int: 8 },
        block_size: { int: blockSize },
        accuracy_level: { int: 4 },
      };
      const inputs = [from, `${name}.w`, `${name}.s`, `${name}.z`, ...(bias === '' ? [] : ['', numbers(bias)])];
      return add('MatMulNBits', inputs, out, attributes, 'com.microsoft');
    },
    /** What each query finds in the values, by how well it fits their keys: all of [n, heads, length, headWidth]. */
    attend(query: string, key: string, value: string, headWidth: number, out: string): string {
      add('FusedMatMul', [query, key], `${out}.scores`, { alpha: { float: headWidth ** -0.5 }, transB: { int: 1 } }, 'com.microsoft');
      add('Softmax', [`${out}.scores`], `${out}.shares`, { axis: { int: 3 } });
      return add('MatMul', [`${out}.shares`, value], `${out}.heads`);
    },
    graph: () => ({ nodes, constants: [...constants.values()] }),
  };
}

export type GraphWriter = ReturnType<typeof createGraphWriter>;
