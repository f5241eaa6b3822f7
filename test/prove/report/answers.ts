import type { AnswerHunt } from '../answers/hunt.ts';
import { count, notRun, read } from './read.ts';

/** What came of asking the local model. */
export function answers(): string {
  const hunt = read<AnswerHunt>('answers.json');
  return `## Answers that a model writes

\`npm run prove:answers\` asks the local model about passages of the packs' articles, for numbers, codes and steps too, beside others of the same pack that answer nothing; what an
edge would then say is looked through by a check that shares no code with the edge's own: a number, a code or a verb of doing that no cited passage has. It is meant for a thousand
answers and goes on where it stopped. ${
    hunt === undefined
      ? notRun
      : `Run so far, with ${hunt.model}:

| | |
| --- | ---: |
| questions | ${count(hunt.asked)} |
| answered in the model's words | ${count(hunt.answers)} |
| left to the article's own words | ${count(hunt.asked - hunt.answers)} |
| claims the model wrote | ${count(hunt.written)} |
| of them with a number or code that no offered passage has | ${count(hunt.lied)} |
| **answers with something invented** | **${count(hunt.wrong.length)}** |`
  }

English only: this model speaks no Chinese. What the check cannot see: a true sentence that answers another question.
`;
}
