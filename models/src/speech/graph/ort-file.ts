import { readFileSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';

/** The kinds of numbers this project meets in such files (onnx.proto3, TensorProto.DataType). */
const kinds: Record<number, 'float32' | 'uint8' | 'int8' | 'int64'> = { 1: 'float32', 2: 'uint8', 3: 'int8', 7: 'int64' };

export type StoredTensor = { shape: number[]; kind: (typeof kinds)[number] | undefined; bytes: Uint8Array };
export type StoredNode = { op: string; inputs: string[]; outputs: string[] };
export type OrtFile = {
  tensors: Map<string, StoredTensor>;
  /** Of the graph and of the branches within it. */
  nodes: StoredNode[];
};

/** A table of FlatBuffers (flatbuffers.dev/internals): its fields by number, each at the place its vtable says, or absent. */
class Table {
  readonly #bytes: Buffer;
  readonly #at: number;
  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }
  #field(number: number): number | undefined {
    const vtable = this.#at - this.#bytes.readInt32LE(this.#at);
    const slot = 4 + 2 * number;
    const offset = slot < this.#bytes.readUInt16LE(vtable) ? this.#bytes.readUInt16LE(vtable + slot) : 0;
    return offset === 0 ? undefined : this.#at + offset;
  }
  #follow = (at: number) => at + this.#bytes.readUInt32LE(at);
  #vector(number: number): { from: number; length: number } {
    const field = this.#field(number);
    if (field === undefined) return { from: 0, length: 0 };
    const at = this.#follow(field);
    return { from: at + 4, length: this.#bytes.readUInt32LE(at) };
  }
  #textAt(at: number): string {
    return this.#bytes.toString('utf8', at + 4, at + 4 + this.#bytes.readUInt32LE(at));
  }
  #each<T>(number: number, size: number, read: (at: number) => T): T[] {
    const { from, length } = this.#vector(number);
    if (from + length * size > this.#bytes.length) throw new RangeError('a vector leads out of the file');
    return Array.from({ length }, (_, n) => read(from + n * size));
  }
  int32(number: number): number {
    const field = this.#field(number);
    return field === undefined ? 0 : this.#bytes.readInt32LE(field);
  }
  text(number: number): string {
    const field = this.#field(number);
    return field === undefined ? '' : this.#textAt(this.#follow(field));
  }
  table(number: number): Table | undefined {
    const field = this.#field(number);
    return field === undefined ? undefined : new Table(this.#bytes, this.#follow(field));
  }
  tables = (number: number): Table[] => this.#each(number, 4, (at) => new Table(this.#bytes, this.#follow(at)));
  texts = (number: number): string[] => this.#each(number, 4, (at) => this.#textAt(this.#follow(at)));
  longs = (number: number): number[] => this.#each(number, 8, (at) => Number(this.#bytes.readBigInt64LE(at)));
  bytes(number: number): Uint8Array {
    const { from, length } = this.#vector(number);
    return this.#bytes.subarray(from, from + length);
  }
}

function nodesOf(graph: Table): StoredNode[] {
  return graph.tables(2).flatMap((node) => [
    { op: node.text(5), inputs: node.texts(8), outputs: node.texts(9) },
    ...node.tables(10).flatMap((attribute) => {
      const branch = attribute.table(7);
      return branch ? nodesOf(branch) : [];
    }),
  ]);
}

/**
 * Reads the weights and the shape of a model in ONNX Runtime's own format (its `ort.fbs`: InferenceSession, Model, Graph, Node, Tensor; the
 * numbers here are the places of fields in these tables). The weights are views of the file's bytes.
 * @throws `model-corrupt` for a file that is no such model
 */
export function readOrtFile(path: string): OrtFile {
  const bytes = readFileSync(path);
  try {
    if (bytes.toString('latin1', 4, 8) !== 'ORTM') throw new RangeError('it does not begin as one');
    const graph = new Table(bytes, bytes.readUInt32LE(0)).table(1)?.table(7);
    if (!graph) throw new RangeError('there is no graph in it');
    const tensors = graph
      .tables(0)
      .map((one): [string, StoredTensor] => [one.text(0), { shape: one.longs(2), kind: kinds[one.int32(3)], bytes: one.bytes(4) }]);
    return { tensors: new Map(tensors), nodes: nodesOf(graph) };
  } catch (cause) {
    throw new WaysideError('model-corrupt', `${path} is no model in ONNX Runtime's format: ${(cause as Error).message}.`, { cause });
  }
}
