import { sequence } from '../understanding/train-head.ts';

/** The pieces of the small model, with their log-probabilities: its begin, padding, end, unknown, then words. */
const pieces: [piece: string, score: number][] = [
  ['<s>', 0],
  ['<pad>', 0],
  ['</s>', 0],
  ['<unk>', 0],
  ['\u2581', -4],
  ['\u2581pump', -5],
  ['\u2581pumps', -9],
  ['s', -6],
  ['\u6cf5', -5],
  ['query', -3],
  [':', -3],
];
export const tinyWidth = 32;
const [heads, inner] = [2, 64];

export type TinyTable = { name: string; rows: number; columns: number; numbers: Float32Array; packed: boolean };

/** The numbers of a block of Q4_0, and those that come out of it again. */
function packBlock(numbers: Float32Array): { bytes: Buffer; again: number[] } {
  // A power of two is whole in half precision: 2^-4 has the bits 0x2c00.
  const scale = 2 ** -4;
  const q = Array.from(numbers, (value) => Math.max(0, Math.min(15, Math.round(value / scale) + 8)));
  const bytes = Buffer.alloc(18);
  bytes.writeUInt16LE(0x2c00, 0);
  for (let j = 0; j < 16; j++) bytes[2 + j] = q[j]! | (q[j + 16]! << 4);
  return { bytes, again: q.map((each) => (each - 8) * scale) };
}

/** An E5S1 file of one layer with random weights: whole, valid, and of no use. Its tables come with it, as they read back. */
export function tinyE5(): { file: Buffer; tables: Map<string, TinyTable> } {
  const random = sequence(5);
  const tables = new Map<string, TinyTable>();
  const table = (name: string, rows: number, columns: number, packed: boolean, around = 0) =>
    tables.set(name, {
      name,
      rows,
      columns,
      packed,
      numbers: Float32Array.from({ length: rows * columns }, () => around + random() - 0.5),
    });
  table('emb.word', pieces.length, tinyWidth, true);
  table('emb.pos', 16, tinyWidth, false);
  table('emb.type', 2, tinyWidth, false);
  for (const norm of ['emb.ln', 'l0.aln', 'l0.oln']) {
    table(`${norm}.w`, 1, tinyWidth, false, 1);
    table(`${norm}.b`, 1, tinyWidth, false);
  }
  for (const [name, rows, columns] of [
    ...['q', 'k', 'v', 'ao'].map((one) => [one, tinyWidth, tinyWidth] as const),
    ['fi', inner, tinyWidth] as const,
    ['fo', tinyWidth, inner] as const,
  ]) {
    table(`l0.${name}.w`, rows, columns, true);
    table(`l0.${name}.b`, 1, rows, false);
  }

  const i32 = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);
  const f32 = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);
  const u64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
  const words = pieces.map(([piece]) => Buffer.from(piece));
  const offsets = [0];
  for (const word of words) offsets.push(offsets.at(-1)! + word.length);
  const bodies = [...tables.values()].map((one) => {
    if (!one.packed) return f32(...one.numbers);
    const blocks: Buffer[] = [];
    for (let at = 0; at < one.numbers.length; at += 32) {
      const { bytes, again } = packBlock(one.numbers.subarray(at, at + 32));
      one.numbers.set(again, at);
      blocks.push(bytes);
    }
    return Buffer.concat(blocks);
  });
  const head = Buffer.concat([
    Buffer.from('E5S1'),
    i32(1, tinyWidth, 1, heads, inner, pieces.length, 16, 2),
    f32(1e-12),
    i32(32, pieces.length, 0, 2, 1, 3),
    u64(offsets.at(-1)!),
    i32(...offsets),
    f32(...pieces.map(([, score]) => score)),
    ...words,
    i32(0, 0, tables.size),
  ]);
  const names = [...tables.keys()].map((name) => Buffer.from(name));
  let at = head.length + names.reduce((sum, name) => sum + 2 + name.length + 21, 0);
  const directory = [...tables.values()].map(({ packed, numbers }, n) => {
    const name = names[n]!;
    const entry = Buffer.concat([
      Buffer.from([name.length, 0]),
      name,
      Buffer.from([packed ? 1 : 0]),
      i32(numbers.length),
      u64(at),
      u64(bodies[n]!.length),
    ]);
    at += bodies[n]!.length;
    return entry;
  });
  return { file: Buffer.concat([head, ...directory, ...bodies]), tables };
}
