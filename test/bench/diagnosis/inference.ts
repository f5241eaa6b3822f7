import { type FaultModel, faultFile, observationFile } from '@wayside/packs';
import { diagnose } from '../../../edge/agent/src/diagnosis/diagnose.ts';
import type { Known } from '../../../edge/agent/src/diagnosis/evidence.ts';
import { overturnsOf } from '../../../edge/agent/src/diagnosis/overturn.ts';
import { nextQuestion } from '../../../edge/agent/src/diagnosis/question.ts';
import { type Bench, quantile, some } from '../measure.ts';
import { begin } from './hearing.ts';
import { type Random, randomOf } from './random.ts';

/** The size the goal is set for: faults, and findings of each kind; enough of them present that the exact sum is full. */
const size = { faults: 60, symptom: 60, dtc: 60, observation: 30 };
const links = { symptom: 5, dtc: 5, observation: 4 };
const present = { symptom: 5, dtc: 5, observation: 4 };
const cases = 200;

const named = (kind: string, count: number) => Array.from({ length: count }, (_, i) => `${kind}${i}`);
const text = { en: 'x', zh: 'x' };

function made(random: Random): { faults: Record<string, FaultModel>; known: Known } {
  const some = (kind: keyof typeof links) =>
    Object.fromEntries(named('', links[kind]).map(() => [random.pick(named(kind, size[kind])), random.between(0.1, 0.95)]));
  const fault = () => ({
    title: text,
    explanation: text,
    severity: 'warning',
    safety: 'gently',
    safetyAdvice: text,
    prior: random.between(0.001, 0.02),
    symptoms: some('symptom'),
    dtcs: some('dtc'),
    observations: some('observation'),
    source: 'made for the bench',
  });
  const { faults } = faultFile.parse({ faults: Object.fromEntries(named('fault', size.faults).map((id) => [id, fault()])) });
  const at = begin;
  const known: Known = {
    symptoms: new Map(named('symptom', present.symptom).map((id) => [id, { active: true, since: at, at, signal: 's' }])),
    covered: new Set(named('symptom', size.symptom)),
    dtcs: named('dtc', present.dtc).map((code) => ({ code, state: 'confirmed' as const, at })),
    observations: new Map(
      named('observation', size.observation - 5).map((id, i) => [id, { answer: i < present.observation ? 'yes' : 'no', at } as const]),
    ),
  };
  return { faults, known };
}

/** How long one diagnosis takes when much is wrong in a big pack. */
export const inference: Bench = {
  name: 'inference',
  title: 'One diagnosis: 60 faults, 150 findings, 14 of them present, all 24 candidates in the sum',
  async run({ share }) {
    const { observations } = observationFile.parse({
      observations: Object.fromEntries(named('observation', size.observation).map((id) => [id, { title: text, question: text }])),
    });
    const [ranking, asking, doubting]: number[][] = [[], [], []];
    for (let seed = 0; seed < some(cases, share); seed++) {
      const { faults, known } = made(randomOf(seed, 'inference'));
      const began = performance.now();
      const diagnosis = diagnose({ faults, ...known });
      const ranked = performance.now();
      nextQuestion(diagnosis, faults, observations, new Map([...known.observations].map(([id, { answer }]) => [id, answer])));
      const asked = performance.now();
      overturnsOf(diagnosis.ranked[0]?.fault ?? '', diagnosis, faults);
      ranking!.push(ranked - began);
      asking!.push(asked - ranked);
      doubting!.push(performance.now() - asked);
    }
    return [
      { metric: 'diagnoseP50Ms', says: 'Ranked, with evidence, p50', value: quantile(ranking!, 0.5), unit: 'ms' },
      { metric: 'diagnoseP95Ms', says: 'Ranked, with evidence, p95', value: quantile(ranking!, 0.95), unit: 'ms', goal: { atMost: 20 } },
      { metric: 'questionP95Ms', says: 'The next best question, p95', value: quantile(asking!, 0.95), unit: 'ms' },
      { metric: 'overturnsP95Ms', says: 'What would change the verdict, p95', value: quantile(doubting!, 0.95), unit: 'ms' },
    ];
  },
};
