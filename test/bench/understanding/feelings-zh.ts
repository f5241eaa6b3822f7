import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createTagger } from '../../../models/src/understanding/tagger.ts';
import { chineseFeelings, trainChineseFeelings } from '../../../models/training/chinese-feelings.ts';
import type { Bench, Row } from '../measure.ts';
import { notThere } from './read-set.ts';
import { f1Of } from './scores.ts';

const folds = 4;
/** From this chance on the dialogue believes a head. */
const sureFrom = 0.5;

/**
 * Anger and anxiety in Chinese, by a head like the one that ships: each quarter of the sentences is judged by a head that learned from the
 * others. No public set with a free licence was at hand, so the sentences with a feeling are ours, and few; the calm ones are also those of people in cars.
 */
export const feelingsZh: Bench = {
  name: 'feelings-zh',
  title: 'Feelings in Chinese: our own sentences, and the commands of MAC-SLU as calm ones',
  async run({ data, say }) {
    const there =
      data !== undefined &&
      (await access(join(data, 'mac-slu')).then(
        () => true,
        () => false,
      ));
    if (!there) return notThere('mac-slu');
    const said = await chineseFeelings(data, say);
    if (!said) return { skipped: 'the embedder is not here (wayside models pull multilingual-e5-small)' };
    const judged = Array.from({ length: folds }, (_, fold) => {
      const tagger = createTagger(trainChineseFeelings(said.filter((_, n) => n % folds !== fold)));
      return said
        .filter((_, n) => n % folds === fold)
        .map((one) => {
          const { chances } = tagger.judge(one);
          return { ours: one.ours, wants: one.labels, got: tagger.labels.filter((label) => chances.get(label)! >= sureFrom) };
        });
    }).flat();
    const ours = judged.filter((one) => one.ours);
    const commands = judged.filter((one) => !one.ours);
    return [
      ...['anger', 'anxiety'].flatMap((kind): Row[] => {
        const { precision, recall } = f1Of(kind, ours);
        return [
          { metric: `${kind}Recall`, says: `Of ours with ${kind}, heard (${ours.length} in all)`, value: recall, unit: '' },
          { metric: `${kind}Precision`, says: 'Of those heard so, right', value: precision, unit: '' },
        ];
      }),
      {
        metric: 'falseOnCommands',
        says: `Commands of people in cars taken for upset, of ${commands.length}`,
        value: (100 * commands.filter(({ got }) => got.length > 0).length) / commands.length,
        unit: '%',
        goal: { atMost: 3 },
      },
    ];
  },
};
