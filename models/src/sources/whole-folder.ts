import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const begunPrefix = 'begun-';

/**
 * The folder `name` in `scratch`, filled by `fill` unless it is there already. It stands under its name only once `fill`
 * came to its end: what npm or pip were writing when somebody killed us must not pass for what they finished, and one
 * of them that lives on writes where nobody looks. The caller holds the lock on `scratch`.
 */
export async function wholeFolder(scratch: string, name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const place = join(scratch, name);
  if (existsSync(place)) return place;
  const left = (await readdir(scratch)).filter((one) => one.startsWith(begunPrefix));
  await Promise.all(left.map((one) => rm(join(scratch, one), { recursive: true, force: true })));
  const begun = await mkdtemp(join(scratch, begunPrefix));
  try {
    await fill(begun);
    await rename(begun, place);
    return place;
  } catch (error) {
    await rm(begun, { recursive: true, force: true });
    throw error;
  }
}
