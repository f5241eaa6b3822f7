import { labels } from './draft-schema.ts';
import type { GenerateRequest, Offer } from './generator.ts';

/** A chat as every instruct model knows it. The one worked example does more for a small model than any rule. */
export type Prompt = { system: string; example: { user: string; draft: string }; user: string };

/** About 350 tokens of English, 600 of Chinese each: four of them and the answer stay inside a context of 4096. */
const passageCharacters = { en: 1400, zh: 600 };

const words = {
  en: {
    system:
      'You answer questions about a machine. Copy the sentences of the passages that answer the question, one sentence per claim, ' +
      'with the same words, numbers and codes, and cite the passage. Add nothing. Reply in JSON.',
    example: {
      user: 'Passages:\n[p1] The fan belt squeals when it is worn. Replace it every 60,000 km.\n[p2] Fill the washer tank with 3 litres of washer fluid.\n\nQuestion: How much washer fluid goes in?',
      draft: '{"kind": "answer", "claims": [{"cite": "p2", "text": "Fill the washer tank with 3 litres of washer fluid."}]}',
    },
    passages: 'Passages',
    questions: 'Questions you may ask back',
    actions: 'Actions you may propose',
    asked: 'Question',
  },
  zh: {
    system: '你回答关于机器的问题。从资料中照抄能回答问题的句子，每条一句，用词、数字和代码不变，并注明出处。不要添加内容。用JSON回复。',
    example: {
      user: '资料:\n[p1] 风扇皮带磨损时会发出尖叫声。每6万公里更换一次。\n[p2] 清洗液箱应加注3升清洗液。\n\n问题: 要加多少清洗液？',
      draft: '{"kind": "answer", "claims": [{"cite": "p2", "text": "清洗液箱应加注3升清洗液。"}]}',
    },
    passages: '资料',
    questions: '可以反问的问题',
    actions: '可以建议的动作',
    asked: '问题',
  },
};

function list(title: string, offers: Offer[], letter: 'p' | 'q' | 'a', limit: number): string {
  if (offers.length === 0) return '';
  const names = labels(offers, letter);
  return `${title}:\n${offers.map((offer, index) => `[${names[index]}] ${offer.text.replace(/\s+/g, ' ').slice(0, limit)}`).join('\n')}\n\n`;
}

/** The prompt of one turn. All before `user` is the same every turn of a language, so its evaluation is reused. */
export function buildPrompt(request: Pick<GenerateRequest, 'utterance' | 'locale' | 'offered'>): Prompt {
  const say = words[request.locale];
  const limit = passageCharacters[request.locale];
  const { passages, questions, actions } = request.offered;
  return {
    system: say.system,
    example: say.example,
    user:
      list(say.passages, passages, 'p', limit) +
      list(say.questions, questions, 'q', 200) +
      list(say.actions, actions, 'a', 200) +
      `${say.asked}: ${request.utterance.replace(/\s+/g, ' ').slice(0, 600)}`,
  };
}
