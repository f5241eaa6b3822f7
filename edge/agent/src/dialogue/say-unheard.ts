import type { AnswerContext, Said } from './answer-context.ts';
import type { Move } from './move.ts';
import { guide } from './procedure.ts';
import { ended, say } from './wording.ts';

/** Says that a sentence was not understood, and puts again what was waited for. */
export function sayUnheard({ waits, asked }: Extract<Move, { kind: 'reject' }>, context: AnswerContext): Said {
  const { locale, thing, packOf, manner, called } = context;
  const pack = thing && packOf(thing.id);
  if (waits?.for === 'consent') {
    const { command } = waits;
    const [title, effect] = [ended(command.title[locale], locale), command.effect?.[locale]];
    return {
      parts: [asked ? undefined : say('unheard', locale), title, effect, say('shallI', locale)],
      rung: 'grammar',
      grounds: [title, effect ?? ''],
      more: { command },
    };
  }
  const step = waits?.for === 'step' && pack ? guide(pack, waits.progress, locale) : undefined;
  if (step) return { parts: [say('unheard', locale), say('atStep', locale)], rung: 'grammar', more: { step, offerPerson: true } };
  // The question itself follows, as after any other answer.
  if (waits?.for === 'answer' && context.question) return { parts: [say('unheard', locale), say('sayYesOrNo', locale)], rung: 'grammar' };
  if (called === 'person' || called === 'person-urgently') return { parts: [say('rejectCalled', locale)], rung: 'grammar' };
  const words = manner.brief ? 'rejectShort' : context.unheard > 1 ? 'rejectAgain' : 'reject';
  return { parts: [say(words, locale)], rung: 'grammar', more: { offerPerson: true } };
}
