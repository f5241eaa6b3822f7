import type { Generator } from '@wayside/models';
import type { Passage } from '../../../edge/agent/src/knowledge/knowledge.ts';
import { answered, strangers } from '../../bench/understanding/answered.ts';
import { askOf } from './ask.ts';
import { invented } from './invented.ts';

/** What came of the questions asked so far; all that is needed to go on from there. */
export type AnswerHunt = {
  model: string;
  /** Questions asked, from the first on; answers that were said; questions for which the article's own words stood, by the reason. */
  asked: number;
  answers: number;
  stood: Record<string, number>;
  /** Sentences the model wrote, those of them that were let through, and those that held a number or code that no offered passage has. */
  written: number;
  said: number;
  lied: number;
  /** Answers with something invented in them. */
  wrong: { question: number; utterance: string; text: string; invented: string[] }[];
};

export const nothingAsked = (model: string): AnswerHunt => ({
  model,
  asked: 0,
  answers: 0,
  stood: {},
  written: 0,
  said: 0,
  lied: 0,
  wrong: [],
});

const patienceMs = 30 * 60_000;

/** Asks the next question, and adds what came of it. The model may take its time: what is looked for is not how fast it is. */
export async function askNext(hunt: AnswerHunt, generator: Generator, pools: readonly (readonly Passage[])[]): Promise<AnswerHunt> {
  const ask = askOf(hunt.asked, pools, 'en');
  const offered = ask.passages.map(({ title, text }) => `${title} ${text}`).join('\n');
  const drafted: string[] = [];
  let reason = 'nothing it wrote was let through';
  const patient: Generator = {
    ...generator,
    async generate(request) {
      const got = await generator.generate({
        ...request,
        deadlineMs: patienceMs,
        onClaim(claim) {
          drafted.push(claim.text);
          request.onClaim?.(claim);
        },
      });
      if (got.kind === 'unavailable') reason = got.reason;
      else if (drafted.length === 0) reason = 'it wrote nothing';
      return got;
    },
  };
  const got = await answered(patient, ask);
  // It is still letting go of the last question: nothing was asked of it.
  if (reason === 'busy') {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return hunt;
  }
  const found = got ? invented(got.text, got.sources) : [];
  return {
    ...hunt,
    asked: hunt.asked + 1,
    answers: hunt.answers + (got ? 1 : 0),
    stood: got ? hunt.stood : { ...hunt.stood, [reason]: (hunt.stood[reason] ?? 0) + 1 },
    written: hunt.written + drafted.length,
    said: hunt.said + drafted.filter((text) => got?.text.includes(text.trim())).length,
    lied: hunt.lied + drafted.filter((text) => strangers(text, offered).length > 0).length,
    wrong:
      found.length > 0 ? [...hunt.wrong, { question: hunt.asked, utterance: ask.utterance, text: got!.text, invented: found }] : hunt.wrong,
  };
}
