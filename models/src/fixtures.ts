/** Small files in the formats the tests read, made byte by byte from their specifications. */
import { crc32 } from 'node:zlib';

/** Whole numbers below a bound, the same ones for the same seed (Park & Miller's minimal standard generator, 1988). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

/** A GGUF version 3 file with one tensor of eight 32-bit floats: whole, valid and of no use (GGUF specification). */
export function tinyGguf(about: { name: string; languages: string[] }): Buffer {
  const pairs = [
    [text('general.architecture'), u32(8), text('llama')],
    [text('general.name'), u32(8), text(about.name)],
    [text('llama.context_length'), u32(4), u32(2048)],
    [text('general.languages'), u32(9), u32(8), u64(about.languages.length), ...about.languages.map(text)],
  ].map((parts) => Buffer.concat(parts));
  const tensor = Buffer.concat([text('weights'), u32(1), u64(8), u32(0), u64(0)]);
  const head = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(1), u64(pairs.length), ...pairs, tensor]);
  return Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), Buffer.alloc(32, 1)]);
}

/** A zip archive without compression, which is what a wheel is (APPNOTE.TXT 6.3.10, §4.3). */
export function wheel(files: Record<string, Buffer>): Buffer {
  const [local, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(content.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const entry = Buffer.concat([u32(0x04034b50), shared, Buffer.from(name), content]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([u32(0x02014b50), Buffer.from([20, 0]), shared, tail, Buffer.from(name)]));
    local.push(entry);
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, u32(0x06054b50), end]);
}
