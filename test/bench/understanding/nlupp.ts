import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createTagger, trainTagger } from '../../../models/src/understanding/tagger.ts';
import { vectorsOf, withVectors } from '../../../models/training/vectors.ts';
import type { Bench } from '../measure.ts';
import { filesOf, notThere } from './read-set.ts';
import { calibrationError, f1Of, microF1, recallAtPrecision, type Tagged } from './scores.ts';

type Item = { text: string; intents: string[]; vector?: Float32Array };
type Marked = Tagged & { chances: ReadonlyMap<string, number> };

const source = 'our own quick baseline: TF-IDF of words and characters, a logistic regression an intent, folds 0-9 against 10-19';

/** How people ask for a person and how they do not, as the agent knows from home, whoever it works for. */
const known: Item[] = Object.entries(
  parse(readFileSync(new URL('../../../models/training/person.yaml', import.meta.url), 'utf8')) as Record<'wish' | 'else', string[]>,
).flatMap(([kind, texts]) => texts.map((text) => ({ text, intents: kind === 'wish' ? ['handoff'] : [] })));

/** Trains on some items and tags others. */
function tag(train: readonly Item[], test: readonly Item[]): Marked[] {
  const tagger = createTagger(trainTagger(train.map((item) => ({ ...item, labels: item.intents }))));
  return test.map((item) => {
    const { labels, chances } = tagger.judge(item);
    return { wants: item.intents, got: labels, chances };
  });
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
    const embedded = async (items: readonly Item[]): Promise<Item[]> =>
      withVectors(
        items,
        await vectorsOf(
          items.map(({ text }) => text),
          { say },
        ),
      );
    const folds = new Map<number, Item[]>();
    for (const [fold, items] of bare) folds.set(fold, await embedded(items));
    const own = await embedded(known);
    const those = (fits: (fold: number) => boolean) => [...folds].filter(([fold]) => fits(fold)).flatMap(([, items]) => items);
    const [low, high] = [those((fold) => fold < 10), those((fold) => fold >= 10)];
    const [even, odd] = [those((fold) => fold % 2 === 0), those((fold) => fold % 2 === 1)];
    const judged = (train: Item[], test: Item[]) => tag([...train, ...own], test);
    const tagged = low.length > 0 && high.length > 0 ? judged(low, high) : [...judged(even, odd), ...judged(odd, even)];
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
      {
        metric: 'handoffRecallAt90',
        says: 'The same, recall where nine of ten are right',
        value: recallAtPrecision(
          tagged.map(({ wants, chances }) => ({ chance: chances.get('handoff') ?? 0, holds: wants.includes('handoff') })),
          0.9,
        ),
        unit: '',
      },
      { metric: 'brokenF1', says: 'Something does not work, F1', value: broken.f1, unit: '', published: baseline(0.81) },
      { metric: 'microF1', says: 'All intents, micro F1', value: microF1(tagged), unit: '', published: baseline(0.835) },
      {
        metric: 'calibrationError',
        says: 'How far the chances are from what comes true',
        value: calibrationError(
          tagged.flatMap(({ wants, chances }) => [...chances].map(([label, confidence]) => ({ confidence, right: wants.includes(label) }))),
        ),
        unit: '',
        goal: { atMost: 0.03 },
      },
    ];
  },
};
