import { createClassifier, trainClassifier } from '../../../models/src/understanding/classifier.ts';
import { vectorsOf, withVectors } from '../../../models/training/vectors.ts';
import type { Bench } from '../measure.ts';
import { filesOf, notThere } from './read-set.ts';
import { calibrationError } from './scores.ts';

type Rows = [text: string, intent: string][];

/** Which share of the sentences in scope may be taken for out of it; by `val`. */
const lost = 0.012;

const source = 'Larson et al., EMNLP 2019, table 1, "Full"; BERT with a class for what is out of scope, by a threshold';
const published = (byClass: number, byThreshold: number) => [
  { by: 'BERT, class', value: byClass, source },
  { by: 'BERT, threshold', value: byThreshold, source },
];

/** 150 intents of an assistant, with questions that are none of them: trained on `train` and `oos_train`, judged on `test`, or `val` where that is all there is. */
export const clinc150: Bench = {
  name: 'clinc150',
  title: 'CLINC150: 150 intents, and knowing what is none of them',
  async run({ data, say }) {
    const files = data === undefined ? undefined : await filesOf(data, 'clinc150', /^data_full.*\.json$/);
    if (!files) return notThere('clinc150');
    const parts: Record<string, Rows> = Object.assign({}, ...files.map(({ text }) => JSON.parse(text)));
    const [test, strange] = parts.test ? [parts.test, parts.oos_test ?? []] : [parts.val ?? [], parts.oos_val ?? []];
    const embedded = async (rows: readonly (readonly [text: string, intent: string])[]) => {
      const items = rows.map(([text, intent]) => ({ text, labels: intent === '' ? [] : [intent] }));
      return withVectors(
        items,
        await vectorsOf(
          items.map(({ text }) => text),
          { say },
        ),
      );
    };
    const train = await embedded([...(parts.train ?? []), ...(parts.oos_train ?? []).map(([text]) => [text, ''] as const)]);
    const asked = await embedded([...test, ...strange]);
    say(`training on ${train.length} sentences`);
    const classifier = createClassifier(trainClassifier(train, { lost, epochs: 6, buckets: 2 ** 14 }));
    say(`judging ${test.length} sentences in scope and ${strange.length} out of it`);
    const judged = asked.map((example) => ({ intent: example.labels[0]!, ...classifier.judge(example) }));
    const [inside, beyond] = [judged.slice(0, test.length), judged.slice(test.length)];
    const percent = (rows: readonly unknown[], of: number) => (100 * rows.length) / of;
    return [
      {
        metric: 'inScope',
        says: `In scope, right of ${test.length}`,
        value: percent(
          inside.filter(({ label, outside, intent }) => !outside && label === intent),
          test.length,
        ),
        unit: '%',
        goal: { atLeast: 95 },
        published: published(96.9, 96.2),
      },
      {
        metric: 'oosRecall',
        says: `Out of scope, known as such of ${strange.length}`,
        value: percent(
          beyond.filter(({ outside }) => outside),
          strange.length,
        ),
        unit: '%',
        goal: { atLeast: 75 },
        published: published(40.3, 52.3),
      },
      {
        metric: 'falseOos',
        says: 'In scope, but taken for out of it',
        value: percent(
          inside.filter(({ outside }) => outside),
          test.length,
        ),
        unit: '%',
      },
      {
        metric: 'calibrationError',
        says: 'How far confidence is from the share that is right, in scope',
        value: calibrationError(inside.map(({ confidence, label, intent }) => ({ confidence, right: label === intent }))),
        unit: '',
        goal: { atMost: 0.03 },
      },
    ];
  },
};
