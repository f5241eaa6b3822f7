import { labels } from './draft-schema.ts';
import type { GenerateRequest, Offer } from './generator.ts';

/** A chat turn as every instruct model knows it. */
export type Prompt = { system: string; user: string };

/** About 350 tokens of English, 600 of Chinese each: four of them and the answer stay inside a context of 4096. */
const passageCharacters = { en: 1400, zh: 600 };

const words = {
  en: {
    system:
      'You help the operator of a machine. Answer the question from the passages only. Write one or two short sentences, ' +
      'with the same words, numbers and codes as the passage, and cite that passage. Write JSON only.\n' +
      'answer: a passage answers the question. ask: one of the listed questions must be answered first. ' +
      'propose: the operator wants a listed action done. escalate: no passage answers; a technician must help.',
    passages: 'Passages',
    questions: 'Questions you may ask',
    actions: 'Actions you may propose',
    operator: 'The operator says',
  },
  zh: {
    system:
      '你帮助机器的操作者。只根据资料回答问题。写一到两句简短的中文，用词、数字和代码与资料一致，并注明所引资料。只写 JSON。\n' +
      'answer：资料能回答问题。ask：要先问列出的某个问题。propose：操作者想执行列出的某个动作。escalate：资料不能回答，需要技术员帮助。',
    passages: '资料',
    questions: '可以问的问题',
    actions: '可以建议的动作',
    operator: '操作者说',
  },
};

function list(title: string, offers: Offer[], letter: 'p' | 'q' | 'a', limit: number): string {
  if (offers.length === 0) return '';
  const names = labels(offers, letter);
  return `${title}:\n${offers.map((offer, index) => `[${names[index]}] ${offer.text.replace(/\s+/g, ' ').slice(0, limit)}`).join('\n')}\n\n`;
}

/** The prompt of one turn. The system part is the same every turn of a language, so its evaluation is reused. */
export function buildPrompt(request: Pick<GenerateRequest, 'utterance' | 'locale' | 'offered'>): Prompt {
  const say = words[request.locale];
  const limit = passageCharacters[request.locale];
  const { passages, questions, actions } = request.offered;
  return {
    system: say.system,
    user:
      list(say.passages, passages, 'p', limit) +
      list(say.questions, questions, 'q', 200) +
      list(say.actions, actions, 'a', 200) +
      `${say.operator}: ${request.utterance.replace(/\s+/g, ' ').slice(0, 600)}`,
  };
}
