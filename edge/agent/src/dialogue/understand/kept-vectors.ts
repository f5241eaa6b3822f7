import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Vectors in eight bits a number, one behind the other, and what the numbers of each are multiplied by. */
export type SmallVectors = { vectors: Int8Array; scales: Float32Array };

/** Keeps what embedding took long for over a restart. Neither half ever throws: what cannot be kept or read is made again. */
export type KeptVectors = {
  /** Undefined where nothing whole is kept of these texts by this model. */
  read(model: string, texts: readonly string[]): Promise<SmallVectors | undefined>;
  write(model: string, texts: readonly string[], small: SmallVectors): Promise<void>;
};

/** So many files are kept, those used last: a family in a language is one, of half a megabyte at most. */
const mostKept = 24;
const headBytes = 8;
const digestBytes = 32;
const ending = '.vectors';

const digestOf = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * A folder with a file for each set of texts, named by the digest of the model and the texts, so that a pack that has changed finds none: how many
 * vectors of what width (little-endian), the scales, the vectors, and the SHA-256 of all before it, by which a torn file is known.
 */
export function keepVectors(folder: string): KeptVectors {
  const fileOf = (model: string, texts: readonly string[]) =>
    join(
      folder,
      `${digestOf(JSON.stringify([model, texts]))
        .toString('hex')
        .slice(0, 32)}${ending}`,
    );
  return {
    async read(model, texts) {
      const file = fileOf(model, texts);
      const bytes = await readFile(file).catch(() => undefined);
      const small = bytes && parsed(bytes, texts.length);
      if (bytes && !small) await rm(file, { force: true }).catch(() => {});
      if (small) await utimes(file, new Date(), new Date()).catch(() => {});
      return small;
    },
    async write(model, texts, { vectors, scales }) {
      const file = fileOf(model, texts);
      const head = Buffer.alloc(headBytes);
      head.writeUInt32LE(scales.length, 0);
      head.writeUInt32LE(vectors.length / (scales.length || 1), 4);
      const body = [head, new Uint8Array(scales.buffer, scales.byteOffset, scales.byteLength), new Uint8Array(vectors.buffer)];
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(file, Buffer.concat([...body, digestOf(...body)]));
        await tidy(folder);
      } catch {
        await rm(file, { force: true }).catch(() => {});
      }
    },
  };
}

/** Undefined for anything but the whole of what `write` wrote for so many texts. */
function parsed(bytes: Buffer, texts: number): SmallVectors | undefined {
  if (bytes.length < headBytes + digestBytes) return undefined;
  const end = bytes.length - digestBytes;
  const [count, width] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
  const from = headBytes + 4 * count;
  if (count !== texts || from + count * width !== end || !digestOf(bytes.subarray(0, end)).equals(bytes.subarray(end))) return undefined;
  const own = Uint8Array.from(bytes.subarray(headBytes, end)).buffer;
  return { scales: new Float32Array(own, 0, count), vectors: new Int8Array(own, 4 * count) };
}

/** Takes away all but the files used last. */
async function tidy(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending));
  const files = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  for (const { name } of files.sort((a, b) => b.at - a.at).slice(mostKept)) await rm(join(folder, name), { force: true });
}
