import { createHash } from 'node:crypto';
import { readCatalog } from '@wayside/models';
import { canonical } from '@wayside/record';
import type { Db } from '../store/schema.ts';
import type { Target } from './metadata.ts';

const packFolder = 'packs/';

/** What a pack is as a file: the bytes an edge gets, and whose hash is signed. */
const packText = (filesJson: string): string => `{"files":${filesJson}}`;

/** Everything edges may have of this hub, as it is now: of each path the newest. Whether it is signed is another matter. */
export async function wantedTargets(db: Db): Promise<Target[]> {
  const rows = await db
    .selectFrom('updateTarget')
    .select(['path', 'sha256', 'bytes', 'customJson'])
    .orderBy('at')
    .orderBy('sha256')
    .execute();
  const targets = rows.map(({ path, sha256, bytes, customJson }) => ({
    ...{ path, sha256, bytes: Number(bytes) },
    custom: JSON.parse(customJson) as Record<string, string>,
  }));
  return [...new Map(targets.map((one) => [one.path, one])).values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Measures what came and was not measured yet: packs, and the language models of the catalog that ships with this hub. */
export async function measureNew(tx: Db, now: number): Promise<void> {
  const known = await tx.selectFrom('updateTarget').select('path').where('path', 'like', `${packFolder}%`).execute();
  const measured = known.map(({ path }) => path.slice(packFolder.length));
  const all = tx.selectFrom('pack').select(['fingerprint', 'family', 'version', 'filesJson']);
  const packs = await (measured.length > 0 ? all.where('fingerprint', 'not in', measured) : all).execute();
  for (const { fingerprint, family, version, filesJson } of packs)
    await keepTarget(tx, `${packFolder}${fingerprint}`, packText(filesJson), { family, version }, now, false);
  for (const { id, task, file, bytes, sha256 } of readCatalog())
    if (task === 'generate') await keepTarget(tx, `models/${id}`, canonical({ id, file, bytes, sha256 }), { model: id }, now);
}

/** A small file that edges may have, such as the list of a release's files. */
export async function keepTarget(
  tx: Db,
  path: string,
  text: string,
  custom: Record<string, string>,
  now: number,
  kept = true,
): Promise<void> {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await tx
    .insertInto('updateTarget')
    .values({ path, sha256, bytes: bytes.length, customJson: canonical(custom), text: kept ? text : null, at: Math.floor(now) })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** What was signed under this path with this hash. */
export async function targetText(db: Db, path: string, sha256: string): Promise<string | undefined> {
  const row = await db.selectFrom('updateTarget').select('text').where('path', '=', path).where('sha256', '=', sha256).executeTakeFirst();
  if (!row || row.text !== null) return row?.text ?? undefined;
  const pack = await db.selectFrom('pack').select('filesJson').where('fingerprint', '=', path.slice(packFolder.length)).executeTakeFirst();
  return pack && packText(pack.filesJson);
}
