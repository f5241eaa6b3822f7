import { join } from 'node:path';
import { createClassifier, trainClassifier } from '../../../models/src/understanding/classifier.ts';
import { vectorsOf, withVectors } from '../../../models/training/vectors.ts';
import type { Bench } from '../measure.ts';
import { filesOf, halves, notThere } from './read-set.ts';
import { accuracy, calibrationError, calibrationFloor, f1Of, type Judged } from './scores.ts';

type Dialogue = { DialogueID: number; Events: { Agent: string; Action: string; ActionLabel: string | null; Text: string | null }[] };
type Sure = Judged & { confidence: number };
type Choice = { dialogue: number; text: string; said: string; labels: [string] };

/** Each choice an agent made: what the user said since the last one, the three choices before, and whether the machine has answered since. */
function choicesOf({ DialogueID, Events }: Dialogue): Choice[] {
  const choices: Choice[] = [];
  const before = ['begin'];
  let [said, machine] = ['', 'silent'];
  for (const { Agent, Action, ActionLabel, Text } of Events) {
    if (Agent === 'User' && Action === 'utter') said = `${said} ${Text ?? ''}`.trim();
    if (Agent === 'KnowledgeBase' && Action === 'return_item') machine = 'answered';
    if (Agent !== 'Wizard' || !ActionLabel) continue;
    const context = before.slice(-3).map((label, n) => `${n}${label.replaceAll('_', '')}`);
    choices.push({ dialogue: DialogueID, text: `${context.join(' ')} ${machine} ${said}`, said, labels: [ActionLabel] });
    before.push(ActionLabel);
    [said, machine] = ['', 'silent'];
  }
  return choices;
}

/** What an agent who follows a flow does next: trained on dialogues of even numbers and judged on odd ones; where only one kind is there, each half judged by the other. */
export const star: Bench = {
  name: 'star',
  title: 'STAR: what an agent who follows a flow does next',
  async run({ data, say }) {
    const files = data === undefined ? undefined : await filesOf(join(data, 'star'), 'dialogues', /\.json$/);
    if (!files) return notThere('star');
    const choices = files.flatMap(({ text }) => choicesOf(JSON.parse(text)));
    const vectors = await vectorsOf(
      choices.map(({ said }) => said),
      { say },
    );
    const judged: Sure[] = halves(withVectors(choices, vectors), ({ dialogue }) => dialogue, 0).flatMap(([train, test]) => {
      // What was done before tells more than what was said.
      const classifier = createClassifier(trainClassifier(train, { dense: 1 }));
      return test.map((choice) => {
        const { label, confidence } = classifier.judge(choice);
        return { wants: choice.labels[0], got: label, confidence };
      });
    });
    const labels = [...new Set(judged.map(({ wants }) => wants))];
    const tagged = judged.map(({ wants, got }) => ({ wants: [wants], got: [got] }));
    const weighted = labels.reduce((sum, label) => sum + f1Of(label, tagged).f1 * judged.filter(({ wants }) => wants === label).length, 0);
    return [
      { metric: 'nextAction', says: `The next action right, ${judged.length} choices`, value: 100 * accuracy(judged), unit: '%' },
      { metric: 'weightedF1', says: 'The same, F1 by how often each is chosen', value: weighted / judged.length, unit: '' },
      { metric: 'outOfScopeF1', says: 'Out of scope, known as such, F1', value: f1Of('out_of_scope', tagged).f1, unit: '' },
      {
        metric: 'calibrationError',
        says: 'How far confidence is from the share that is right',
        value: calibrationError(judged.map(({ wants, got, confidence }) => ({ confidence, right: wants === got }))),
        unit: '',
        goal: { atMost: 0.03 },
      },
      {
        metric: 'calibrationFloor',
        says: '· of so many choices it would be, were every confidence true',
        value: calibrationFloor(judged.map(({ confidence }) => confidence)),
        unit: '',
      },
    ];
  },
};
