import type { Locale } from '@wayside/protocol';
import type { GrammarSchema } from './draft-schema.ts';
import type { Prompt } from './prompt.ts';

/** What a model is told to translate one sentence by; any model, here or at an endpoint. */
const translationRules: Record<Locale, string> = {
  en: 'Translate the sentence about a machine from Chinese into English. Keep every number, unit, code and name exactly as it is. Add nothing, leave nothing out. Reply in JSON.',
  zh: '把关于机器的句子从英文译成中文。数字、单位、代码和名称保持原样，不增不减。用JSON回复。',
};

const examples: Record<Locale, Prompt['example']> = {
  en: {
    user: '风扇皮带磨损时会尖叫，不要继续开，每 60000 km 更换一次。',
    draft: '{"text": "The fan belt squeals when it is worn; do not drive on, and replace it every 60000 km."}',
  },
  zh: {
    user: 'The fan belt squeals when it is worn; do not drive on, and replace it every 60000 km.',
    draft: '{"text": "风扇皮带磨损时会尖叫，不要继续开，每 60000 km 更换一次。"}',
  },
};

/** @param to the language it is to be in */
export const translationPrompt = (sentence: string, to: Locale): Prompt => ({
  system: translationRules[to],
  example: examples[to],
  user: sentence,
});

export const translationSchema: GrammarSchema = {
  type: 'object',
  properties: { text: { type: 'string', minLength: 1, maxLength: 1_200 } },
};

export function readTranslation(written: unknown): string | undefined {
  const { text } = (written ?? {}) as { text?: unknown };
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}
