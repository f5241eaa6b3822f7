/**
 * Text as the full-text index takes it: each Chinese character is a word of its own, since nothing stands between the words of Chinese. A
 * query is taken the same way and as a phrase, so that it finds exactly what stands there.
 */
export const indexed = (text: string): string => text.normalize('NFKC').replace(/(\p{Script=Han})/gu, ' $1 ');

/**
 * What somebody types, as an FTS5 query (sqlite.org/fts5.html §3): every word must be there, and the last may be half typed.
 * @returns undefined when there is no word in it
 */
export function queryOf(typed: string): string | undefined {
  const words = typed
    .split(/\s+/)
    .map((word) =>
      indexed(word)
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    )
    .filter((word) => word !== '')
    .slice(0, 8);
  if (words.length === 0) return undefined;
  const complete = /\s$/.test(typed);
  return words.map((word, i) => `"${word}"${i === words.length - 1 && !complete ? '*' : ''}`).join(' AND ');
}

/** The words of a text that carry meaning: for telling how alike two texts are. Chinese in pairs of characters. */
export function gist(text: string): Set<string> {
  const plain = text.normalize('NFKC').toLowerCase();
  const latin = (plain.match(/[\p{Script=Latin}\p{N}]{3,}/gu) ?? []).filter((word) => !common.has(word));
  const han = (plain.match(/\p{Script=Han}+/gu) ?? []).flatMap((run) =>
    Array.from({ length: Math.max(0, run.length - 1) }, (_, i) => run.slice(i, i + 2)),
  );
  return new Set([...latin, ...han]);
}

const common = new Set(
  'the and for with that this from are was were has have not but you your its into onto when then than what which will can may'.split(' '),
);

/** How alike two sets of words are, 0 to 1 (Jaccard). */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = a.intersection(b).size;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}
