import { createTagger, trainTagger } from '../../../models/src/understanding/tagger.ts';
import { vectorsOf, withVectors } from '../../../models/training/vectors.ts';
import type { Bench } from '../measure.ts';
import { filesOf, halves, notThere } from './read-set.ts';
import { microF1, type Tagged } from './scores.ts';
import { trainSlots } from './slot-tagger.ts';

type Item = { id: string; query: string; semantics: { domain: string; intent: string; slots?: Record<string, string> }[] };

/** Chinese commands in a car, several wishes at once: which they are. Trained on the odd numbers and judged on the even ones; where only one kind is there, each half judged by the other. */
export const macSlu: Bench = {
  name: 'mac-slu',
  title: 'MAC-SLU: Chinese commands in a car, several wishes in one sentence',
  async run({ data, say }) {
    const files = data === undefined ? undefined : await filesOf(data, 'mac-slu', /\.jsonl$/);
    if (!files) return notThere('mac-slu');
    const lines = files.flatMap(({ text }) => text.trim().split('\n'));
    const items = lines
      .map((line): Item => JSON.parse(line))
      .map(({ id, query, semantics }) => ({
        number: Number(id),
        text: query,
        labels: [...new Set(semantics.map(({ domain, intent }) => `${domain} ${intent}`))],
        slots: semantics.flatMap(({ slots = {} }) => Object.entries(slots).map(([name, value]) => [name, String(value)] as const)),
      }));
    const vectors = await vectorsOf(
      items.map(({ text }) => text),
      { say },
    );
    const tagged: Tagged[] = halves(withVectors(items, vectors), ({ number }) => number, 1).flatMap(([train, test]) => {
      const tagger = createTagger(trainTagger(train));
      return test.map((item) => ({ wants: item.labels, got: tagger.judge(item).labels }));
    });
    const slotted: Tagged[] = halves(items, ({ number }) => number, 1).flatMap(([train, test]) => {
      const find = trainSlots(train);
      const named = (slots: readonly (readonly [string, string])[]) => slots.map(([name, value]) => `${name} ${value}`);
      return test.map(({ text, slots }) => ({ wants: named(slots), got: named(find(text)) }));
    });
    const same = tagged.filter(({ wants, got }) => wants.length === got.length && wants.every((one) => got.includes(one)));
    return [
      {
        metric: 'intent',
        says: `All wishes of a sentence right, ${tagged.length} sentences`,
        value: (100 * same.length) / tagged.length,
        unit: '%',
      },
      { metric: 'intentF1', says: 'Wishes, micro F1', value: microF1(tagged), unit: '' },
      // A value that does not stand in the sentence ("mid") is never found by it, and counts as missed.
      { metric: 'slotF1', says: 'Slots of all wishes, name and value, micro F1', value: microF1(slotted), unit: '' },
    ];
  },
};
