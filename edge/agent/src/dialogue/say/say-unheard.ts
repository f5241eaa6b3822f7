import type { Move } from '../decide/move.ts';
import { guide } from '../decide/procedure.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { ended, say } from './wording.ts';

/** Says that a sentence was not understood, and puts again what was waited for. */
export function sayUnheard({ waits, asked }: Extract<Move, { kind: 'reject' }>, context: AnswerContext): Said {
  const { locale, thing, packOf, manner, called } = context;
  const pack = thing && packOf(thing.id);
  const first = asked === 'elsewhere' ? 'onlyMachines' : asked === 'said-before' ? 'saidTwice' : 'unheard';
  if (waits?.for === 'consent') {
    const { command } = waits;
    const [title, effect] = [ended(command.title[locale], locale), command.effect?.[locale]];
    return {
      parts: [asked === 'effect' ? undefined : say(first, locale), title, effect, say('shallI', locale)],
      rung: 'grammar',
      grounds: [title, effect ?? ''],
      more: { command },
    };
  }
  const step = waits?.for === 'step' && pack ? guide(pack, waits.progress, locale) : undefined;
  if (step) {
    // What keeps people safe is not left out; then it is a person's work.
    const words = asked === 'refuse' ? ([step.safety ? 'mustStep' : 'mayStep'] as const) : ([first, 'atStep'] as const);
    return { parts: words.map((one) => say(one, locale)), rung: 'grammar', more: { step, offerPerson: true } };
  }
  // The question itself follows, as after any other answer.
  if (waits?.for === 'answer' && context.question)
    return {
      parts: [asked === 'heeds' ? undefined : say(asked === 'asks-why' ? 'whyAsked' : first, locale), say('sayYesOrNo', locale)],
      rung: 'grammar',
    };
  if (asked === 'refuse') return { parts: [say('needNot', locale)], rung: 'grammar', more: { offerPerson: true } };
  if (called === 'person' || called === 'person-urgently') return { parts: [say('rejectCalled', locale)], rung: 'grammar' };
  const words = manner.brief ? 'rejectShort' : context.unheard > 1 ? 'rejectAgain' : 'reject';
  return { parts: [say(words, locale)], rung: 'grammar', more: { offerPerson: true } };
}
