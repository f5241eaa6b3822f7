import { readFile, rename, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Models } from '../models.ts';
import { isInstalled, type Native, type NativeState, nativeOf, natives } from './native.ts';

const note = z.object({ machine: z.string().max(300), broken: z.array(z.enum(natives)).max(natives.length) });

/** A verdict holds for this version on this processor; when either changes it is as if none had been given. */
const machineOf = (version: string) =>
  `${version} ${process.version} ${process.platform}-${process.arch} ${cpus()[0]?.model ?? ''}`.slice(0, 300);
const fileIn = (folder: string) => join(folder, 'natives.json');

/** Writes down which natives break here, so that the edge whose data is in `folder` does without them from its next start. */
export async function noteNatives(folder: string, states: readonly NativeState[], version: string): Promise<void> {
  const broken = states.filter(({ state }) => state === 'broken').map(({ native }) => native);
  const temporary = `${fileIn(folder)}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify({ machine: machineOf(version), broken })}\n`);
  await rename(temporary, fileIn(folder));
}

/** What an edge cannot use: natives that are not installed, and those that were found to break on this machine. */
export async function brokenNatives(folder: string, version: string): Promise<Native[]> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => '');
  const read = note.safeParse(parsed(text));
  const noted = read.success && read.data.machine === machineOf(version) ? read.data.broken : [];
  return natives.filter((native) => noted.includes(native) || !isInstalled(native));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same models without those that a broken native would have to run: the tier below takes over, as where they were never fetched. */
export function withoutBroken(models: Models, broken: readonly Native[]): Models {
  if (broken.length === 0) return models;
  const runs = (entry: Parameters<typeof nativeOf>[0]) => {
    const native = nativeOf(entry);
    return native === undefined || !broken.includes(native);
  };
  return {
    ...models,
    list: () => models.list().map((entry) => (runs(entry) ? entry : { ...entry, present: false })),
    resolve: (id) => (models.list().some((entry) => entry.id === id && runs(entry)) ? models.resolve(id) : undefined),
  };
}
