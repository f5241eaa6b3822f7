import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackBundle } from '@wayside/contract';
import { checkPack, fingerprintOf, layOut, tell } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import type { PackRow } from '../api/rollout-types.ts';
import { change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import type { Updates } from '../updates/updates.ts';

const mostListed = 200;

/**
 * Keeps a pack, so that it can be rolled out: only one that passes its check. The same files again are the same pack.
 * @throws WaysideError `pack-invalid` that lists every problem, `invalid`, `too-large`
 */
export async function keepPack(
  { ground, updates }: { ground: Ground; updates: Updates },
  { files }: PackBundle,
  by: string,
): Promise<PackRow> {
  const dir = await mkdtemp(join(tmpdir(), 'wayside-pack-'));
  try {
    await layOut(files, dir);
    const { pack, problems } = await checkPack(dir);
    if (!pack) throw new WaysideError('pack-invalid', tell('This pack', problems));
    const { family, version, title } = pack;
    if (family === 'core') throw new WaysideError('invalid', 'What all packs share ships with Wayside and comes with its new versions.');
    const fingerprint = await fingerprintOf(dir);
    const filesJson = JSON.stringify(files);
    return await change(ground, async (here) => {
      const { tx, now } = here;
      const row = { fingerprint, family, version, titleJson: JSON.stringify(title), bytes: filesJson.length, by, at: now };
      await tx
        .insertInto('pack')
        .values({ ...row, filesJson })
        .onConflict((c) => c.doNothing())
        .execute();
      await updates.bringUp(here);
      return rowOf(row);
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The packs that can be rolled out, newest first. */
export async function listPacks(db: Db): Promise<PackRow[]> {
  const rows = await db
    .selectFrom('pack')
    .select(['fingerprint', 'family', 'version', 'titleJson', 'bytes', 'by', 'at'])
    .orderBy('at', 'desc')
    .limit(mostListed)
    .execute();
  return rows.map(rowOf);
}

const rowOf = ({ titleJson, bytes, at, ...row }: Omit<PackRow, 'title'> & { titleJson: string }): PackRow => ({
  ...row,
  bytes: Number(bytes),
  at: Number(at),
  title: JSON.parse(titleJson) as PackRow['title'],
});
