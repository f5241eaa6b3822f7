import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Article, loadPacks, packsRoot } from '@wayside/packs';
import { locales } from '@wayside/protocol';

export type LibraryArticle = Article & { family: string };

/** A seeded sequence in [0, 1), so that every run measures the same articles (mulberry32, public domain). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A library of `count` articles, each in both languages: those that ship, and as many more made of their titles, headings
 * and sentences at random. Every word is then in hundreds of articles, which is the hard case for a word index.
 */
export async function composeLibrary(count: number, seed = 1_000): Promise<LibraryArticle[]> {
  const { packs } = await loadPacks(packsRoot);
  const shipped = packs.flatMap(({ family, articles }) => articles.map((article) => ({ ...article, family })));
  const families = [...new Set(shipped.map(({ family }) => family))];
  const next = random(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const pools = new Map(
    locales.map((locale) => {
      const mine = shipped.filter((article) => article.locale === locale);
      const lines = mine.flatMap(({ body }) => body.split('\n')).filter((line) => line !== '');
      const text = lines.filter((line) => !line.startsWith('#')).map((line) => line.replace(/^- /, ''));
      return [
        locale,
        {
          titles: mine.map(({ title }) => title),
          headings: lines.filter((line) => line.startsWith('## ')),
          sentences: text.flatMap((line) => line.match(/[^.。]+[.。]?/g) ?? []).filter((one) => one.trim().length > 3),
        },
      ] as const;
    }),
  );
  const made: LibraryArticle[] = [];
  const missing = count - new Set(shipped.map(({ id, family }) => `${family} ${id}`)).size;
  for (let n = 1; n <= missing; n++) {
    const family = families[n % families.length]!;
    for (const locale of locales) {
      const { titles, headings, sentences } = pools.get(locale)!;
      const parts = Array.from(
        { length: 4 },
        () => `${pick(headings)}\n\n${Array.from({ length: 5 }, () => pick(sentences).trim()).join(' ')}`,
      );
      made.push({
        id: `note-${n}`,
        locale,
        family,
        title: `${pick(titles)} ${n}`,
        faults: [],
        tags: [],
        sources: ['made for the bench'],
        body: parts.join('\n\n'),
      });
    }
  }
  return [...shipped, ...made];
}

/** The packs that ship, with the library's further articles in them, as a folder an edge can be started on. */
export async function writePacks(folder: string, library: readonly LibraryArticle[]): Promise<void> {
  await cp(packsRoot, folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  const { packs } = await loadPacks(folder);
  const dirs = new Map(packs.map(({ family, dir }) => [family, dir]));
  for (const locale of locales) for (const dir of dirs.values()) await mkdir(join(dir, 'articles', locale), { recursive: true });
  for (const { family, body, locale, ...head } of library) {
    if (!head.id.startsWith('note-')) continue;
    // JSON is YAML (YAML 1.2 §1.2), so any title is safely quoted.
    await writeFile(join(dirs.get(family)!, 'articles', locale, `${head.id}.md`), `---\n${JSON.stringify(head)}\n---\n\n${body}\n`);
  }
}
