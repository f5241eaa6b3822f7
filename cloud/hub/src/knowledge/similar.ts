import type { Locale } from '@wayside/protocol';
import type { SimilarArticle } from '../api/types.ts';
import { wantedBy } from '../store/full-text.ts';
import type { Db } from '../store/schema.ts';
import { search } from './index-words.ts';
import { joinBodies } from './join-bodies.ts';
import { gist, likeness } from './likeness.ts';
import { articleRowOf, readArticle } from './row.ts';
import { usesOf } from './uses.ts';

const mostLooked = 40;
const mostShown = 5;
/** Two texts that share a quarter of their words are worth a look; with a fault in common, a tenth. */
const enough = { alone: 0.25, sameFault: 0.1 };

/** Articles of the same family and language that may say the same, most alike first. @throws WaysideError `not-found` */
export async function similarTo(db: Db, id: string, locale: Locale, now: number): Promise<SimilarArticle[]> {
  const row = await readArticle(db, id, locale);
  const faults = JSON.parse(row.faultsJson) as string[];
  const ours = gist(`${row.title} ${row.body}`);
  const phrases = [...gist(row.title), ...[...ours].slice(0, 30)].flatMap((word) => wantedBy(word)?.phrases ?? []);
  if (phrases.length === 0) return [];
  const found = search(db, { phrases, how: 'any', unfinished: false });
  const rows = await db
    .selectFrom('article')
    .innerJoin('articleWords', (join) => join.on(found.joined))
    .selectAll('article')
    .where(found.fits)
    .where('article.family', '=', row.family)
    .where('article.locale', '=', locale)
    .where('article.id', '!=', id)
    .where('article.state', '!=', 'withdrawn')
    .orderBy(found.fit, 'desc')
    .limit(mostLooked)
    .execute();
  const uses = await usesOf(
    db,
    now,
    rows.map((one) => one.id),
  );
  return rows
    .map((other) => ({
      ...articleRowOf(other, uses.get(other.id) ?? 0),
      likeness: likeness(ours, gist(`${other.title} ${other.body}`)),
      joined: joinBodies(row.body, other.body).slice(0, 50_000),
      sharedFaults: (JSON.parse(other.faultsJson) as string[]).filter((fault) => faults.includes(fault)),
    }))
    .filter((other) => other.likeness >= (other.sharedFaults.length > 0 ? enough.sameFault : enough.alone))
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, mostShown);
}
