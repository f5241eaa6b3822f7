import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Log } from '../log.ts';
import type { Prepare, Prepared } from './prepare.ts';

const hashBytes = 32;
const hash = (...parts: (string | Uint8Array)[]): Buffer => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest();

/**
 * As `prepare`, once for each state of the packs: what was made of them is kept in `file`, so that a start reads a few megabytes instead of hundreds of
 * texts. Good for the very same packs and the program that made it; whatever else is found there is made anew.
 */
export const prepareOnce =
  (file: string, prepare: Prepare, log: Log): Prepare =>
  async (root, installed) => {
    const state = stateOf(root, installed);
    const kept = await read(file, state);
    if (kept) return kept;
    const prepared = await prepare(root, installed);
    await keep(file, state, prepared).catch((err) =>
      log.warn({ err }, 'what was made of the packs could not be kept: the next start takes longer'),
    );
    return prepared;
  };

/** What the result depends on. A file's change time moves with its content, whatever its other times say. */
function stateOf(...folders: string[]): Buffer {
  const program = fileURLToPath(new URL('./prepare-process.ts', import.meta.url));
  const seen = [program, ...folders.flatMap(filesIn)].map((path) => {
    const { size, ctimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
    return [path, size, ctimeMs];
  });
  return hash(JSON.stringify([process.version, seen]));
}

/** By hand: Node's own way into folders normalises each path letter by letter, hot enough to bring its optimising compiler into memory. */
function filesIn(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // Not there: that is a state as well, and `prepare` says what there is to say about it.
    return [];
  }
}

async function read(file: string, state: Buffer): Promise<Prepared | undefined> {
  try {
    const bytes = await readFile(file);
    const body = bytes.subarray(hashBytes);
    return hash(state, body).equals(bytes.subarray(0, hashBytes)) ? (deserialize(body) as Prepared) : undefined;
  } catch {
    return undefined;
  }
}

async function keep(file: string, state: Buffer, prepared: Prepared): Promise<void> {
  const body = serialize(prepared);
  const begun = `${file}.new`;
  const handle = await open(begun, 'w', 0o600);
  try {
    await handle.writev([hash(state, body), body]);
  } finally {
    await handle.close();
  }
  await rename(begun, file);
}
