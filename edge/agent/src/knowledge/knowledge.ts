import type { Article } from '@wayside/contract';
import { type Locale, WaysideError } from '@wayside/protocol';
import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';
import { type AboutFault, bestForFault } from './best-for-fault.ts';
import { indexArticle } from './index-article.ts';
import { plain, sectionsOf } from './sections.ts';
import { type Machine, overruled, standsFor } from './stands-for.ts';
import { type AtStep, stepPicture } from './step-picture.ts';
import { articleOf, type Origin, rowOf, supersedes, takeIn } from './take-in.ts';
import { languageOf, wordsOf } from './words.ts';

/** A part of an article that fits a question. `matched` is the share of the question's content words found in it, rare ones counting more. */
export type Passage = {
  id: string;
  article: string;
  locale: Locale;
  /** The article's title and the heading of the part. */
  title: string;
  heading: string;
  text: string;
  score: number;
  matched: number;
  /** Whether the article is about a fault that is active now; if not, what it says of "now" is said in general. */
  active: boolean;
};

export type Question = {
  text: string;
  locale: Locale;
  /** The family of the thing at hand. Articles of another family do not answer, unless `named` holds it. */
  family?: string;
  /** Families that the question names. */
  named?: readonly string[];
  /** The machines asked about. An article that is about other machines does not answer, nor does one about some when none is named. */
  about?: readonly Machine[];
  /** Faults active now, whose articles come first. */
  faults?: readonly string[];
  /** Also what fits too little to answer with, told by `matched`: for whoever only wants to know in which order things are found. */
  weak?: boolean;
  limit?: number;
};

export type Knowledge = {
  /** Stores an article unless a newer one of this origin is already here. Returns whether anything changed. */
  put(article: Article, origin: Origin): Promise<boolean>;
  /** Forgets the hub's text; that of a pack, where there is one, stands again. */
  withdraw(id: string, locale: Locale): Promise<void>;
  /** The article for these machines, in this language, or in the other when there is none. @throws WaysideError `not-found` */
  read(id: string, locale: Locale, about?: readonly Machine[]): Promise<Article>;
  /** Passages that fit, best first; in the other language when nothing in this one does. Empty when nothing fits. */
  search(question: Question): Promise<Passage[]>;
  /** What to cite for a fault, where anything is about it. */
  bestForFault(about: AboutFault): Promise<{ id: string; title: string } | undefined>;
  /** The picture that technicians chose for a step of a procedure, where they did. */
  stepPicture(at: AtStep): Promise<{ hash: string; alt: string } | undefined>;
};

/**
 * Below this share of matched content nothing fits. Measured on the packs, all in one store: it keeps all 86 article questions (the weakest
 * has 0.40, less when its pack is alone) and lets in 3 of 52 sentences about other matters, such as setting a timer.
 */
export const fitsFrom = 0.36;
/** Families whose articles are for every thing. */
const everyThing = ['core'];
/** How many of the best parts by BM25 are looked at closely. */
const looked = 32;
const boosts = { fault: 1.5, heading: 1.3, otherHeading: 0.6, family: 1.25, otherFamily: 0.7 } as const;
const maxWords = 128;
/** Whoever tells a long story has most words to themselves: so many in common are as good as all, however long it is. */
const enough = 8;

/**
 * The knowledge base over SQLite's full-text index (FTS5, BM25: Robertson & Zaragoza, 2009), one row per section of an article.
 * @param db the store, or a transaction that `put` and `withdraw` are to be part of
 */
export function createKnowledge(db: Db): Knowledge {
  const within = <T>(act: (tx: Db) => Promise<T>): Promise<T> => (db.isTransaction ? act(db) : db.transaction().execute(act));

  return {
    put: (article, origin) =>
      within(async (tx) => {
        const row = rowOf(article, origin);
        const { id, locale } = row;
        const known = await tx
          .selectFrom('article')
          .selectAll()
          .where('id', '=', id)
          .where('locale', '=', locale)
          .where('origin', '=', origin)
          .executeTakeFirst();
        if (known && !supersedes(row, known)) return false;
        await takeIn(tx, [{ row, sections: indexArticle(article) }]);
        return true;
      }),

    withdraw: (id, locale) =>
      within(async (tx) => {
        await sql`delete from article where id = ${id} and locale = ${locale} and origin = 'hub'`.execute(tx);
        await sql`delete from articleWords where id = ${id} and locale = ${locale} and origin = 'hub'`.execute(tx);
      }),

    async read(id, locale, about = []) {
      const rows = await db.selectFrom('article').selectAll().where('id', '=', id).execute();
      const row = standsFor(rows, locale, about);
      if (!row) throw new WaysideError('not-found', `There is no article ${id.slice(0, 80)} on this edge.`);
      return articleOf(row);
    },

    bestForFault: (about) => bestForFault(db, about),
    stepPicture: (at) => stepPicture(db, at),

    async search({ text, locale, family, named = [], about = [], faults = [], weak = false, limit = 3 }) {
      // FTS5 counts a word as often as the query has it: what a story comes back to weighs more.
      const said = wordsOf(text.slice(0, 2_000)).slice(0, maxWords);
      const words = [...new Set(said)];
      if (words.length === 0) return [];
      const asked = [...(family === undefined ? [] : [family]), ...named];
      const of = asked.length === 0 ? undefined : [...everyThing, ...asked];
      const not = await overruled(db, about);
      const spoken = languageOf(text);
      for (const language of spoken === locale ? [locale, other(locale)] : [spoken, locale]) {
        const ranked = rank(await candidates(db, said, language, of, not), words, wantedOf(text), family, faults);
        const found = weak ? ranked : ranked.filter(({ fits }) => fits);
        if (found.length > 0) return found.slice(0, limit).map(({ passage }) => passage);
      }
      return [];
    },
  };
}

/** What a section of an article is for, as the packs head them. */
type Part = 'meaning' | 'do' | 'safe' | 'person' | undefined;

function partOf(heading: string): Part {
  if (/when to call|person|人工|请人|求助|联系/i.test(heading)) return 'person';
  if (/safe|安全|还能|继续/i.test(heading)) return 'safe';
  if (/what to do|怎么办|怎么做|如何|处理/i.test(heading)) return 'do';
  if (/mean|意味|含义|意思|说明|是什么|怎么回事/i.test(heading)) return 'meaning';
  return undefined;
}

/** The section people mean by how they ask: what to do, whether it is safe, else what it is. */
function wantedOf(question: string): Part {
  if (/\bhow (do|can|should|to)\b|\bwhat (should|can|do) (i|we)\b|怎么(?!回事|了)|如何|怎样/i.test(question)) return 'do';
  if (/\b(safe|dangerous|drive|go on|keep)\b|安全|危险|还能/i.test(question)) return 'safe';
  return 'meaning';
}

const other = (locale: Locale): Locale => (locale === 'en' ? 'zh' : 'en');

type Candidate = {
  id: string;
  locale: string;
  part: number;
  family: string;
  titleWords: string;
  bodyWords: string;
  bm25: number;
  title: string;
  body: string;
  faults: string;
};

async function candidates(
  db: Db,
  words: readonly string[],
  locale: Locale,
  families: readonly string[] | undefined,
  not: readonly string[],
): Promise<Candidate[]> {
  // Each word is a quoted string, so whatever a person typed can never be FTS5 syntax (sqlite.org/fts5.html §3.1).
  const query = words.map((word) => `"${word}"`).join(' OR ');
  const of = families ? sql`and family in (${sql.join(families)})` : sql``;
  const but = not.length > 0 ? sql`and (origin || ' ' || locale || ' ' || id) not in (${sql.join(not)})` : sql``;
  const { rows } = await sql<Candidate>`
    with best as (
      select id, locale, part, family, origin, title as titleWords, body as bodyWords, bm25(articleWords, 0, 0, 0, 0, 0, 3.0, 1.0) as bm25
      from articleWords where articleWords match ${`{title body} : (${query})`} and locale = ${locale} ${of} ${but} order by bm25 limit ${looked}
    )
    select best.*, article.title, article.body, article.faults from best
    join article on article.id = best.id and article.locale = best.locale and article.origin = best.origin`.execute(db);
  return rows;
}

/** `fits`: enough of the question is in it to answer with it. */
type Ranked = { passage: Passage; fits: boolean };

function rank(
  rows: readonly Candidate[],
  words: readonly string[],
  wanted: Part,
  family: string | undefined,
  active: readonly string[],
): Ranked[] {
  const held = rows.map((row) => new Set(`${row.titleWords} ${row.bodyWords}`.split(' ')));
  // How telling a word is among what was found; one found nowhere counts as much as the rarest, so a stranger topic does not fit by chance.
  const weight = new Map(
    words.map((word) => [word, Math.log(1 + (rows.length + 1) / Math.max(1, held.filter((set) => set.has(word)).length + 0.5))]),
  );
  const sum = [...weight.values()]
    .sort((a, b) => b - a)
    .slice(0, enough)
    .reduce((a, b) => a + b, 0);
  const ranked: Ranked[] = [];
  for (const [i, row] of rows.entries()) {
    const shared = words.filter((word) => held[i]!.has(word));
    const matched = Math.min(1, shared.reduce((total, word) => total + weight.get(word)!, 0) / sum);
    // One word in common is a coincidence, unless it is all that was asked and what the article is about.
    const alone = words.length === 1 && row.titleWords.split(' ').includes(words[0]!);
    const section = sectionsOf(row.body)[Number(row.part)];
    if (!section) continue;
    let score = -row.bm25 * (0.5 + matched);
    if (family !== undefined) score *= row.family === family ? boosts.family : boosts.otherFamily;
    const isActive = (JSON.parse(row.faults) as string[]).some((fault) => active.includes(fault));
    if (isActive) score *= boosts.fault;
    const part = partOf(section.title);
    if (part === wanted) score *= boosts.heading;
    else if (part === 'safe' || part === 'person') score *= boosts.otherHeading;
    const passage = {
      id: `${row.id}#${row.part}`,
      article: row.id,
      locale: row.locale as Locale,
      title: row.title,
      heading: section.title,
      text: plain(section.text),
      score,
      matched,
      active: isActive,
    };
    ranked.push({ passage, fits: matched >= fitsFrom && (shared.length >= 2 || alone) });
  }
  return ranked.sort((a, b) => b.passage.score - a.passage.score);
}
