import { join } from 'node:path';
import { createClassifier, trainClassifier } from '../../../models/src/understanding/classifier.ts';
import { vectorsOf, withVectors } from '../../../models/training/vectors.ts';
import type { Bench } from '../measure.ts';
import { csvRows, filesOf, notThere } from './read-set.ts';
import { accuracy, calibrationError, calibrationFloor, matthews } from './scores.ts';

const nothing = 'NO_NODES_DETECTED';
/** The thresholds of the paper's sweep. */
const sweep = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const source = 'HINT3 (Arora et al., EMNLP 2020 Insights), v1, SOFMattress, each at its best threshold';

type Bot = { mcc: number; accuracy: number; oosRecall: number; tests: number; calibration: number; floor: number };

async function scoreBot(train: Record<string, string>[], test: Record<string, string>[], say: (line: string) => void): Promise<Bot> {
  const all = [...train, ...test].map(({ sentence = '', label = nothing }) => ({
    text: sentence,
    labels: label === nothing ? [] : [label],
  }));
  const examples = withVectors(
    all,
    await vectorsOf(
      all.map(({ text }) => text),
      { say },
    ),
  );
  const classifier = createClassifier(trainClassifier(examples.slice(0, train.length)));
  const judged = examples.slice(train.length).map((example) => ({ wants: example.labels[0] ?? nothing, ...classifier.judge(example) }));
  const scored = sweep.map((from) => {
    const answers = judged.map(({ wants, label, familiar }) => ({ wants, got: label === '' || familiar < from ? nothing : label }));
    return { mcc: matthews(answers), accuracy: accuracy(answers), oosRecall: accuracy(answers.filter(({ wants }) => wants === nothing)) };
  });
  const inside = judged.filter(({ wants }) => wants !== nothing);
  const calibration = calibrationError(inside.map(({ wants, label, confidence }) => ({ confidence, right: label === wants })));
  const floor = calibrationFloor(inside.map(({ confidence }) => confidence));
  return { ...scored.reduce((best, one) => (one.mcc > best.mcc ? one : best)), tests: test.length, calibration, floor };
}

/** Real users of live shop bots, typing as they do: trained on some examples an intent, judged on what came in, at the best of the paper's thresholds. */
export const hint3: Bench = {
  name: 'hint3',
  title: 'HINT3: what users of live bots typed, much of it about nothing the bot knows',
  async run({ data, say }) {
    const files = data === undefined ? undefined : await filesOf(join(data, 'hint3'), 'v1', /_(train|test)\.csv$/);
    const named = new Map(files?.map(({ name, text }) => [name, csvRows(text)]));
    const bots: Bot[] = [];
    for (const [name, train] of named) {
      const test = named.get(name.replace('_train', '_test'));
      if (name.endsWith('_train.csv') && test) bots.push(await scoreBot(train, test, say));
    }
    if (bots.length === 0) return notThere('hint3');
    const mean = (of: (bot: Bot) => number) => bots.reduce((sum, bot) => sum + of(bot), 0) / bots.length;
    const tests = bots.reduce((sum, bot) => sum + bot.tests, 0);
    return [
      {
        metric: 'mcc',
        says: `Matthews' correlation, ${tests} sentences to ${bots.length} ${bots.length === 1 ? 'bot' : 'bots'}`,
        value: mean((bot) => bot.mcc),
        unit: '',
        goal: { atLeast: 0.72 },
        published: [
          { by: 'Dialogflow', value: 0.634, source },
          { by: 'BERT', value: 0.618, source },
          { by: 'Haptik', value: 0.581, source },
          { by: 'LUIS', value: 0.577, source },
          { by: 'Rasa', value: 0.538, source },
        ],
      },
      { metric: 'accuracy', says: 'Right, out of scope among it', value: mean((bot) => bot.accuracy), unit: '' },
      { metric: 'oosRecall', says: 'Out of scope, known as such', value: mean((bot) => bot.oosRecall), unit: '' },
      {
        metric: 'calibrationError',
        says: 'How far confidence is from the share that is right, in scope',
        value: mean((bot) => bot.calibration),
        unit: '',
        goal: { atMost: 0.03 },
      },
      {
        metric: 'calibrationFloor',
        says: '· of so many sentences it would be, were every confidence true',
        value: mean((bot) => bot.floor),
        unit: '',
      },
    ];
  },
};
