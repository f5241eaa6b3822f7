import { trainTagger } from '../../../models/src/understanding/tagger.ts';
import type { Bench } from '../measure.ts';
import { filesOf, notThere } from './read-set.ts';
import { f1Of, type Tagged } from './scores.ts';

/** The four coarse groups of the set's authors (Demszky et al., ACL 2020, figure 2); neutral is a group of its own. */
const groups: Record<string, string> = {
  positive: 'admiration amusement approval caring desire excitement gratitude joy love optimism pride relief',
  negative: 'anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse sadness',
  ambiguous: 'confusion curiosity realization surprise',
  neutral: 'neutral',
};
const groupOf = new Map(Object.entries(groups).flatMap(([group, names]) => names.split(' ').map((name) => [name, group] as const)));
/** What tells an agent to slow down or to fetch somebody, as the set's README here has it. */
const trouble = new Set(['anger', 'annoyance', 'disappointment', 'confusion', 'disapproval', 'fear']);
const source = 'BERT-base on the test part, README of monologg/GoEmotions-pytorch';

type Comment = { text: string; emotions: string[] };

const tagsOf = ({ emotions }: Comment): string[] => [
  ...new Set(emotions.flatMap((name) => [groupOf.get(name)!, ...(trouble.has(name) ? ['trouble'] : [])])),
];

/** Comments and what their writers feel: trained on `train.tsv`, judged on `test.tsv`, or `dev.tsv` where that is all there is. */
export const goemotions: Bench = {
  name: 'goemotions',
  title: 'GoEmotions: how the writer of a comment feels',
  async run({ data, say }) {
    const files = data === undefined ? undefined : await filesOf(data, 'goemotions', /^(train|dev|test)\.tsv$|^labels\.txt$/);
    const named = new Map(files?.map(({ name, text }) => [name, text.trim()]));
    const names = named.get('labels.txt')?.split(/\s+/);
    const commentsOf = (file: string): Comment[] | undefined =>
      named
        .get(file)
        ?.split('\n')
        .map((line) => line.split('\t'))
        .map(([text = '', numbers = '']) => ({ text, emotions: numbers.split(',').map((n) => names?.[Number(n)] ?? 'neutral') }));
    const [train, test] = [commentsOf('train.tsv'), commentsOf('test.tsv') ?? commentsOf('dev.tsv')];
    if (!names || !train || !test) return notThere('goemotions');
    say(`training on ${train.length} comments`);
    const tagger = trainTagger(
      train.map((comment) => ({ text: comment.text, labels: tagsOf(comment) })),
      { epochs: 2 },
    );
    const tagged: Tagged[] = test.map((comment) => ({ wants: tagsOf(comment), got: tagger.judge({ text: comment.text }).labels }));
    const calm = tagged.filter(({ wants }) => wants.length === 1 && wants[0] === 'neutral');
    const four = Object.keys(groups).map((group) => f1Of(group, tagged).f1);
    return [
      {
        metric: 'macroF1of4',
        says: `Positive, negative, ambiguous, neutral: macro F1, ${test.length} comments`,
        value: (100 * four.reduce((sum, f1) => sum + f1, 0)) / four.length,
        unit: '',
        goal: { atLeast: 70 },
        published: [{ by: 'BERT-base', value: 70.06, source }],
      },
      {
        metric: 'troubleF1',
        says: 'Anger, annoyance, confusion, fear and their like, F1',
        value: 100 * f1Of('trouble', tagged).f1,
        unit: '',
      },
      {
        metric: 'troubleOnNeutral',
        says: 'Neutral comments taken for those',
        value: (100 * calm.filter(({ got }) => got.includes('trouble')).length) / calm.length,
        unit: '%',
      },
    ];
  },
};
