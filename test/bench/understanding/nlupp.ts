import { join } from 'node:path';
import { createTagger, trainTagger } from '../../../models/src/understanding/tagger.ts';
import { vectorsOf, withVectors } from '../../../models/training/vectors.ts';
import type { Bench } from '../measure.ts';
import { filesOf, notThere } from './read-set.ts';
import { f1Of, microF1, type Tagged } from './scores.ts';

type Item = { text: string; intents: string[]; vector?: Float32Array };

const source = 'our own quick baseline: TF-IDF of words and characters, a logistic regression an intent, folds 0-9 against 10-19';

/** Trains on some items and tags others. */
function tag(train: readonly Item[], test: readonly Item[]): Tagged[] {
  const tagger = createTagger(trainTagger(train.map((item) => ({ ...item, labels: item.intents }))));
  return test.map((item) => ({ wants: item.intents, got: tagger.judge(item).labels }));
}

/** The folds of both domains by their number. */
async function foldsOf(dataDir: string): Promise<Map<number, Item[]>> {
  const folds = new Map<number, Item[]>();
  for (const domain of ['banking', 'hotels'])
    for (const { name, text } of (await filesOf(join(dataDir, 'nlupp'), domain, /^fold\d+\.json$/)) ?? []) {
      const number = Number(/\d+/.exec(name)![0]);
      const items: { text: string; intents?: string[] }[] = JSON.parse(text);
      const read = items.map((item) => ({ text: item.text, intents: item.intents ?? [] }));
      folds.set(number, [...(folds.get(number) ?? []), ...read]);
    }
  return folds;
}

/** Customers of a bank and a hotel, several intents at once: trained on folds 0-9 and judged on 10-19; where only one set of folds is there, each half of it judged by the other. */
export const nlupp: Bench = {
  name: 'nlupp',
  title: 'NLU++: several intents in one sentence, among them the wish for a person',
  async run({ data, say }) {
    const bare = data === undefined ? new Map<number, Item[]>() : await foldsOf(data);
    if (bare.size < 2) return notThere('nlupp');
    const folds = new Map<number, Item[]>();
    for (const [fold, items] of bare)
      folds.set(
        fold,
        withVectors(
          items,
          await vectorsOf(
            items.map(({ text }) => text),
            { say },
          ),
        ),
      );
    const those = (fits: (fold: number) => boolean) => [...folds].filter(([fold]) => fits(fold)).flatMap(([, items]) => items);
    const [low, high] = [those((fold) => fold < 10), those((fold) => fold >= 10)];
    const [even, odd] = [those((fold) => fold % 2 === 0), those((fold) => fold % 2 === 1)];
    const tagged = low.length > 0 && high.length > 0 ? tag(low, high) : [...tag(even, odd), ...tag(odd, even)];
    const person = f1Of('handoff', tagged);
    const broken = f1Of('wrong_notworking_notshowing', tagged);
    const baseline = (value: number) => [{ by: 'TF-IDF baseline', value, source }];
    return [
      {
        metric: 'handoffF1',
        says: `The wish for a person, F1, ${tagged.length} sentences`,
        value: person.f1,
        unit: '',
        goal: { atLeast: 0.93 },
        published: baseline(0.86),
      },
      { metric: 'handoffPrecision', says: 'The same, precision', value: person.precision, unit: '', published: baseline(0.92) },
      { metric: 'handoffRecall', says: 'The same, recall', value: person.recall, unit: '', published: baseline(0.81) },
      { metric: 'brokenF1', says: 'Something does not work, F1', value: broken.f1, unit: '', published: baseline(0.81) },
      { metric: 'microF1', says: 'All intents, micro F1', value: microF1(tagged), unit: '', published: baseline(0.835) },
    ];
  },
};
