import { stat } from 'node:fs/promises';
import type { Loaded, WholePack } from '@wayside/packs';
import type { Log } from '../log.ts';
import { keepSkills } from '../queue/skills.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { forgetWords, indexMissing } from './index-words.ts';
import type { PackNames } from './names.ts';

/**
 * Lays the packs' articles beside the technicians' own, published: edges have them from their packs; and the skills they name. What a technician has made their own
 * is left alone; a broken pack is named and the others are read.
 * @param read the packs of a folder
 */
export async function seedFromPacks(
  ground: Ground,
  root: string,
  read: (root: string) => Promise<Loaded>,
  names: Pick<PackNames, 'learn'>,
  log: Log,
): Promise<void> {
  if (!(await stat(root).catch(() => undefined))) {
    log.warn({ root }, 'there is no folder of packs here; technicians see only their own articles');
    return;
  }
  const { packs, broken } = await read(root);
  names.learn(packs);
  for (const { dir, problems } of broken)
    log.warn({ dir, problems: problems.slice(0, 3) }, 'a pack does not pass its check; its articles are left as they were');
  await change(ground, async (here) => {
    await keepSkills(here, packs);
    for (const pack of packs) {
      const taken = await seed(here, pack);
      if (taken.length > 0)
        log.warn({ family: pack.family, articles: taken }, 'another pack has articles of these ids; only its own are shown');
    }
    await indexMissing(here.tx);
  });
}

/** @returns the ids that another family's pack has already */
async function seed({ tx, now }: Change, pack: WholePack): Promise<string[]> {
  const taken: string[] = [];
  const before = await tx.selectFrom('article').selectAll().where('origin', '=', 'pack').where('family', '=', pack.family).execute();
  const stale = new Map(before.map((row) => [`${row.id}/${row.locale}`, row]));
  for (const { id, locale, title, body, faults, tags, sources } of pack.articles) {
    const known = stale.get(`${id}/${locale}`);
    stale.delete(`${id}/${locale}`);
    const text = { title, body, faultsJson: JSON.stringify(faults), tagsJson: JSON.stringify(tags), sourcesJson: JSON.stringify(sources) };
    if (known && Object.entries(text).every(([key, value]) => known[key as keyof typeof text] === value)) continue;
    const by = `${pack.family} ${pack.version}`;
    const row = {
      id,
      locale,
      ...text,
      family: pack.family,
      state: 'published',
      origin: 'pack',
      case: null,
      by,
      updatedAt: now,
      publishedJson: null,
    };
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('article')
      .values({ ...row, version: (known?.version ?? 0) + 1 })
      .onConflict((c) =>
        c
          .columns(['id', 'locale'])
          .doUpdateSet({ ...row, version: (known?.version ?? 0) + 1 })
          .where('article.origin', '=', 'pack')
          .where('article.family', '=', pack.family),
      )
      .executeTakeFirst();
    if (known) await forgetWords(tx, id, locale);
    if (!numInsertedOrUpdatedRows && (await isPacks(tx, id, locale))) taken.push(`${id}/${locale}`);
  }
  for (const { id, locale } of stale.values()) {
    await forgetWords(tx, id, locale);
    await tx.deleteFrom('article').where('id', '=', id).where('locale', '=', locale).execute();
  }
  return taken;
}

async function isPacks(db: Db, id: string, locale: string): Promise<boolean> {
  const row = await db.selectFrom('article').select('origin').where('id', '=', id).where('locale', '=', locale).executeTakeFirst();
  return row?.origin === 'pack';
}
