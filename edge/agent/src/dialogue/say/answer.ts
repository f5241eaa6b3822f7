import type { Citation } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Move } from '../decide/move.ts';
import type { AnswerContext, Worded } from './answer-context.ts';
import { markParts } from './mark-parts.ts';
import { questionOf } from './question-card.ts';
import { sayCommand } from './say-command.ts';
import { safetyOf } from './with-safety.ts';
import { wordMove } from './word-move.ts';
import { joined, say } from './wording.ts';

/** Finds the words for a move: what keeps people safe first, then what is wrong, on what evidence, then what to do. */
export function answer(move: Move, context: AnswerContext): Worded {
  const { locale, thing } = context;
  const said = wordMove(move, context);
  const question = questionOf(context);
  const test = context.test && sayCommand(context.test, context);
  // Small talk beside danger: where a rule calls somebody, what keeps people safe is still said first.
  const safety =
    context.because !== undefined && (move.kind === 'small-talk' || move.kind === 'reject')
      ? safetyOf(context.faults.filter((one) => thing === undefined || one.thing === thing.id))?.text[locale]
      : undefined;
  const grounds = [
    ...(said.grounds ?? []),
    ...(question ? [question.text] : []),
    ...(test?.grounds ?? []),
    ...(context.because === undefined ? [] : [context.because]),
    ...(context.looksOn === undefined ? [] : [context.looksOn]),
    ...(safety === undefined ? [] : [safety]),
  ];
  // What keeps people safe is never delayed by an acknowledgment.
  const guess = move.guess && say(guesses[move.guess], locale);
  const acknowledged = suits.has(move.kind) ? context.manner.acknowledgment : undefined;
  const first = said.safetyFirst ? 1 : 0;
  const about = context.turned && thing && said.rung === 'diagnosis' ? introduced(thing.title, locale) : undefined;
  const parts = [about, ...said.parts.slice(0, first), acknowledged, guess, ...said.parts.slice(first)];
  const also =
    context.because !== undefined && move.kind !== 'handoff' && move.kind !== 'emergency'
      ? joined(
          [say(context.called === 'nobody' || context.called === 'looks-on' ? 'handoffAlso' : 'raisedAlso', locale), context.because],
          locale,
        )
      : context.looksOn !== undefined
        ? joined([say('looksOnAlso', locale), context.looksOn], locale)
        : undefined;
  return {
    text: joined([safety, ...parts, also, question?.text, ...(test ? [say('testWould', locale), ...test.parts] : [])], locale),
    parts: [...(safety === undefined ? [] : [{ kind: 'do' as const, text: safety }]), ...markParts(said, locale)],
    rung: said.rung,
    citations: unique(said.citations ?? []),
    ...said.more,
    ...(question ? { question } : {}),
    ...test?.more,
    grounds,
    ...(also === undefined ? {} : { also }),
  };
}

const introduced = (title: string, locale: Locale): string => (locale === 'zh' ? `${title}：` : `${title}:`);

const guesses = { likely: 'guessLikely', possible: 'guessPossible', unlikely: 'guessUnlikely' } as const;

/** Where an acknowledgment fits: before an answer about the machine, not in small talk, an emergency or the middle of a step. */
const suits = new Set<Move['kind']>([
  'explain-fault',
  'list-faults',
  'suspect',
  'all-well',
  'read-signal',
  'read-past',
  'component',
  'judge',
  'look-back',
  'explain-dtc',
  'passages',
  'reject',
  'no-procedure',
  'handoff',
]);

function unique(citations: readonly Citation[]): Citation[] {
  const seen = new Set<string>();
  return citations.filter(({ kind, ref }) => {
    const key = `${kind} ${ref}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
