import type { AnswerContext, Said } from './answer.ts';
import type { Waits } from './decide-unheard.ts';
import { guide } from './procedure.ts';
import { ended, say } from './wording.ts';

/** Says that a sentence was not understood, and puts again what was waited for. */
export function sayUnheard(waits: Waits | undefined, context: AnswerContext): Said {
  const { locale, thing, packOf, manner } = context;
  const pack = thing && packOf(thing.id);
  if (waits?.for === 'consent') {
    const { command } = waits;
    const [title, effect] = [ended(command.title[locale], locale), command.effect?.[locale]];
    return {
      parts: [say('unheard', locale), title, effect, say('shallI', locale)],
      rung: 'grammar',
      grounds: [title, effect ?? ''],
      more: { command },
    };
  }
  const step = waits?.for === 'step' && pack ? guide(pack, waits.progress, locale) : undefined;
  if (step) return { parts: [say('unheard', locale), say('atStep', locale)], rung: 'grammar', more: { step, offerPerson: true } };
  // The question itself follows, as after any other answer.
  if (waits?.for === 'answer' && context.question) return { parts: [say('unheard', locale), say('sayYesOrNo', locale)], rung: 'grammar' };
  return { parts: [say(manner.brief ? 'rejectShort' : 'reject', locale)], rung: 'grammar', more: { offerPerson: true } };
}
