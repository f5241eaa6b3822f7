const longest = 6;
const beta = 2;

function ngrams(text: string, n: number): Map<string, number> {
  const chars = [...text.replace(/\s+/g, '')];
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= chars.length; i++) {
    const gram = chars.slice(i, i + n).join('');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

const sum = (counts: Map<string, number>) => [...counts.values()].reduce((all, count) => all + count, 0);

/**
 * chrF2, 0 to 1: how many runs of one to six characters a translation shares with a person's (Popović, “chrF: character n-gram F-score for
 * automatic MT evaluation”, WMT 2015). It needs no words, so it holds for Chinese too.
 */
export function chrF(translation: string, reference: string): number {
  let [precision, recall, orders] = [0, 0, 0];
  for (let n = 1; n <= longest; n++) {
    const [said, wanted] = [ngrams(translation, n), ngrams(reference, n)];
    if (said.size === 0 || wanted.size === 0) continue;
    const shared = [...said].reduce((all, [gram, count]) => all + Math.min(count, wanted.get(gram) ?? 0), 0);
    precision += shared / sum(said);
    recall += shared / sum(wanted);
    orders++;
  }
  if (orders === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return p + r === 0 ? 0 : ((1 + beta ** 2) * p * r) / (beta ** 2 * p + r);
}
