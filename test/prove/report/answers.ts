import type { AnswerHunt } from '../answers/hunt.ts';
import type { Proof } from './proof.ts';
import { count, read } from './read.ts';

/** What came of asking the local model. */
export function answers(): Proof {
  const hunt = read<AnswerHunt>('answers.json');
  return {
    title: 'Answers that a model writes',
    command: 'npm run prove:answers',
    promise: { en: 'A model invents nothing in an answer', zh: '模型写的回答里没有编造的内容' },
    done: {
      en: 'the local model asked about articles; each answer looked through by a check of its own',
      zh: '就文章内容询问本机模型，再用独立的检查程序逐条查看',
    },
    ...(hunt && {
      came: {
        en: `${count(hunt.asked)} questions so far, ${count(hunt.wrong.length)} answers with something invented`,
        zh: `目前问了 ${count(hunt.asked)} 个问题，含编造内容的回答 ${count(hunt.wrong.length)} 个`,
      },
    }),
    untried: {
      en: 'Chinese, which this model does not speak; and a true sentence that answers another question, which the check cannot see',
      zh: '中文，这个模型不会说中文；内容真实却答非所问的句子，检查程序看不出来',
    },
    detail: `It asks the local model about passages of the packs' articles, for numbers, codes and steps too, beside others of the same pack that answer nothing; what an
edge would then say is looked through by a check that shares no code with the edge's own: a number, a code or a verb of doing that no cited passage has. It is meant for a thousand
answers and goes on where it stopped.${
      hunt
        ? ` Run so far, with ${hunt.model}:

| | |
| --- | ---: |
| questions | ${count(hunt.asked)} |
| answered in the model's words | ${count(hunt.answers)} |
| left to the article's own words | ${count(hunt.asked - hunt.answers)} |
| claims the model wrote | ${count(hunt.written)} |
| of them with a number or code that no offered passage has | ${count(hunt.lied)} |
| **answers with something invented** | **${count(hunt.wrong.length)}** |`
        : ''
    }`,
  };
}
