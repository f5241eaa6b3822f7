import { trainClassifier } from '../../../models/src/understanding/classifier.ts';
import type { Bench } from '../measure.ts';
import { filesOf, notThere } from './read-set.ts';

type Rows = [text: string, intent: string][];

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
    const classifier = trainClassifier([
      ...(parts.train ?? []).map(([text, intent]) => ({ text, labels: [intent] })),
      ...(parts.oos_train ?? []).map(([text]) => ({ text, labels: [] })),
    ]);
    say(`judging ${test.length} sentences in scope and ${strange.length} out of it`);
    const inside = test.map(([text, intent]) => ({ intent, ...classifier.judge({ text }) }));
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
          strange.filter(([text]) => classifier.judge({ text }).outside),
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
    ];
  },
};
