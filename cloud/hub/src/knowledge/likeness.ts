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
