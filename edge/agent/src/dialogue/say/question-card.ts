import type { Answer } from '../../api/types.ts';
import type { AnswerContext } from './answer-context.ts';

/** The question as a card, answerable with a tap. */
export function questionOf({ question, thing, packOf, locale }: AnswerContext): Answer['question'] {
  const asked = question && thing && packOf(thing.id)?.observations[question.observation];
  if (!asked || !question) return undefined;
  const options =
    locale === 'zh'
      ? [
          ['是', '是'],
          ['不是', '不是'],
          ['不知道', '不知道'],
        ]
      : [
          ['yes', 'Yes'],
          ['no', 'No'],
          ["I don't know", "I don't know"],
        ];
  return {
    observation: question.observation,
    text: asked.question[locale],
    options: options.map(([sayIt, label]) => ({ say: sayIt!, label: label! })),
  };
}
