import type { z } from 'zod';
import type { Report } from './files.ts';
import { readYaml } from './read.ts';

/** The parts of a pack that may be one file (`faults.yaml`) or, when they are many, a folder with a file for each area (`faults/brakes.yaml`). */
export const splitParts = ['symptoms', 'observations', 'faults', 'procedures'] as const;
type SplitPart = (typeof splitParts)[number];

/** A part's entries, undefined where one of its files is broken, and the file each entry stands in. */
export type ReadPart<T> = { entries: Record<string, T> | undefined; homes: ReadonlyMap<string, string> };

/** The files of a part, in the order they are read. */
export const filesOfPart = (part: SplitPart, files: ReadonlySet<string>): string[] =>
  [...files].filter((file) => file === `${part}.yaml` || (file.startsWith(`${part}/`) && file.endsWith('.yaml')));

/**
 * Reads a part from all its files and adds them up.
 * @param schema of one file: an object that holds the entries under the part's own name
 */
export async function readPart<P extends SplitPart, T>(
  part: P,
  schema: z.ZodType<Record<P, Record<string, T>>>,
  { root, files, report }: { root: string; files: ReadonlySet<string>; report: Report },
): Promise<ReadPart<T>> {
  const entries: Record<string, T> = {};
  const homes = new Map<string, string>();
  let broken = false;
  for (const file of filesOfPart(part, files)) {
    const read = await readYaml(schema, root, file, report);
    if (!read) broken = true;
    for (const [id, entry] of Object.entries(read?.[part] ?? {})) {
      const other = homes.get(id);
      if (other) report(file, `${part}.${id}`, `is already in ${other}: keep one of the two`);
      homes.set(id, file);
      entries[id] = entry;
    }
  }
  return { entries: broken ? undefined : entries, homes };
}

/** A report that names the file an entry really stands in, where a check speaks of `faults.yaml` at `faults.<id>`. */
export function reportAtHome(parts: Record<SplitPart, ReadPart<unknown>>, report: Report): Report {
  return (file, at, problem) => {
    const part = splitParts.find((one) => file === `${one}.yaml`);
    const id = part && at.split('.')[1];
    report((part && id && parts[part].homes.get(id)) || file, at, problem);
  };
}
