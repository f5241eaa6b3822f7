import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHead } from '../../../models/src/understanding/head-file.ts';
import { createTagger } from '../../../models/src/understanding/tagger.ts';
import { feelingsOf, groups, readComments } from '../../../models/training/goemotions.ts';
import { vectorsOf, withVectors } from '../../../models/training/vectors.ts';
import type { Bench } from '../measure.ts';
import { filesOf, notThere } from './read-set.ts';
import { calibrationError, f1Of, type Tagged } from './scores.ts';

const source = 'BERT-base on the test part, README of monologg/GoEmotions-pytorch';
const headOf = (kind: 'words' | 'e5') => readHead(readFileSync(new URL(`../../../models/heads/feeling-${kind}.head`, import.meta.url)));

/** Comments and what their writers feel: the head that ships, trained on `train.tsv`, is judged on `test.tsv`, or `dev.tsv` where that is all there is. */
export const goemotions: Bench = {
  name: 'goemotions',
  title: 'GoEmotions: how the writer of a comment feels',
  async run({ data, say }) {
    const files = data === undefined ? undefined : await filesOf(data, 'goemotions', /^(dev|test)\.tsv$|^labels\.txt$/);
    const file = files?.map(({ name }) => name).findLast((name) => name.endsWith('.tsv'));
    if (!file) return notThere('goemotions');
    const comments = readComments(join(data!, 'goemotions'), file).map(({ text, emotions }) => ({ text, labels: feelingsOf(emotions) }));
    const vectors = await vectorsOf(
      comments.map(({ text }) => text),
      { inner: true, say },
    );
    const tagger = createTagger(headOf(vectors ? 'e5' : 'words'));
    const judged = withVectors(comments, vectors).map((comment) => ({ wants: comment.labels, ...tagger.judge(comment) }));
    const tagged: Tagged[] = judged.map(({ wants, labels }) => ({ wants, got: labels }));
    const calm = tagged.filter(({ wants }) => wants.length === 1 && wants[0] === 'neutral');
    const four = Object.keys(groups).map((group) => f1Of(group, tagged).f1);
    return [
      {
        metric: 'macroF1of4',
        says: `Positive, negative, ambiguous, neutral: macro F1, ${comments.length} comments`,
        value: (100 * four.reduce((sum, f1) => sum + f1, 0)) / four.length,
        unit: '',
        goal: { atLeast: 70 },
        published: [{ by: 'BERT-base', value: 70.06, source }],
      },
      { metric: 'angerF1', says: 'Anger and annoyance, F1', value: 100 * f1Of('anger', tagged).f1, unit: '' },
      {
        metric: 'angerOnNeutral',
        says: 'Neutral comments taken for angry, of all that are neutral',
        value: (100 * calm.filter(({ got }) => got.includes('anger')).length) / calm.length,
        unit: '%',
        goal: { atMost: 3 },
      },
      {
        metric: 'calibrationError',
        says: 'How far the chances are from what comes true',
        value: calibrationError(
          judged.flatMap(({ wants, chances }) => [...chances].map(([label, confidence]) => ({ confidence, right: wants.includes(label) }))),
        ),
        unit: '',
        goal: { atMost: 0.03 },
      },
    ];
  },
};
