import type { Move } from '../decide/move.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeFault } from './cite.ts';
import { safetyOf } from './with-safety.ts';
import { say } from './wording.ts';

/** That a person is called; before it what is safe until they are there. Of another machine only what must stop there, by its name. */
export function sayHandoff(move: Extract<Move, { kind: 'handoff' }>, { locale, thing, things, faults, because }: AnswerContext): Said {
  const here = (id: string) => thing === undefined || id === thing.id;
  const advice = safetyOf(faults.filter((one) => here(one.thing) || one.safety === 'stop'));
  const elsewhere = advice && (thing === undefined || !here(advice.fault.thing));
  const where = elsewhere && things.find(({ id }) => id === advice.fault.thing)?.title;
  const safety = advice && (where ? `${where}${locale === 'zh' ? '：' : ': '}${advice.text[locale]}` : advice.text[locale]);
  return {
    parts: [
      safety,
      say(move.already ? 'handoffAlready' : move.asked ? 'handoffAsked' : 'handoffRule', locale),
      move.visit ? say('visitAsked', locale) : undefined,
      move.asked ? undefined : because,
    ],
    shows: { do: [safety] },
    rung: 'grammar',
    citations: advice ? [citeFault(advice.fault, locale)] : [],
    grounds: [safety ?? '', because ?? ''],
  };
}
