import { emergencyIntent, perhapsDanger, selfHarmIntent } from '../grammar/alarm.ts';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { Grammar, Match, Matched } from '../grammar/grammar.ts';
import type { SessionState } from '../state.ts';
import { asks } from './asks.ts';
import { polite } from './clauses.ts';
import { complaintIn, complaintIntent } from './complaint.ts';
import { guessIn } from './guess.ts';
import { midwayIn, midwayIntent } from './midway.ts';
import type { Corrects } from './other-signal.ts';
import { type Around, referred } from './refer.ts';
import { type Cues, plainYes, shortAnswer } from './short-answer.ts';

/** How sure a match is that no template made. */
export const replySure = 0.8;

/**
 * Is a short reply likelier meant than this match? Where a proposal waits, "go on" is a yes to it and no step done, nor is "you do it" a wish to be shown
 * how; in the middle of a step it is a wish that this step be done.
 */
export function isLess(
  match: Matched,
  { pendingCommand, pendingQuestion, offerAsked, procedure }: SessionState,
  text: string,
  grammar: Cues,
): boolean {
  if (match.kind === 'none') return true;
  const { intent, slots } = match;
  // "Yes, thank you" to "shall a person take over?" is a yes.
  if (offerAsked && polite.has(intent)) return shortAnswer(text, grammar) === 'yes';
  // "No, that's all fine" is an answer and no goodbye.
  if (polite.has(intent) && !match.exact && (pendingQuestion || procedure)) return true;
  const vague =
    intent === 'howto' || (intent === 'command' && slots.action === undefined && slots.again === undefined && slots.value === undefined);
  if (!vague) return false;
  return pendingCommand
    ? plainYes(text, grammar)
    : procedure !== undefined && slots.step === undefined && shortAnswer(text, grammar) === 'act';
}

/** "Fine, so?" is only nearly a yes: it moves no machine, and calls nobody who was offered beside an answer. A mistyped yes has nothing beside it. */
export const halfYes = (match: Matched, { pendingCommand, pendingOffer, offerAsked }: SessionState, text: string, grammar: Cues): boolean =>
  match.kind === 'match' &&
  match.intent === 'yes' &&
  !match.exact &&
  (pendingCommand !== undefined || (pendingOffer === 'person' && !offerAsked)) &&
  (/\S\s+\S/.test(text.trim()) || asks(text, grammar)) &&
  !plainYes(text, grammar);

/** What outranks whatever else is told in the middle of a step. */
const before = new Set([emergencyIntent, selfHarmIntent, 'person', 'dtc']);

/** Told in the middle of a step, and no word on how it went: danger as the emergency it is, the rest as it is. */
export function toldMidway(
  match: Matched,
  { procedure, pendingQuestion }: SessionState,
  text: string,
  grammar: Grammar,
): Match | undefined {
  if (
    !procedure ||
    pendingQuestion ||
    (match.kind === 'match' && (before.has(match.intent) || (match.exact && match.intent === 'howto' && match.slots.step !== undefined)))
  )
    return undefined;
  const told = midwayIn(text, grammar);
  if (!told) return undefined;
  const meant: Pick<Match, 'intent' | 'slots'> =
    told.midway === 'step'
      ? { intent: 'repeat', slots: {} }
      : told.midway === 'danger'
        ? { intent: emergencyIntent, slots: { hazard: told.hazard ?? 'smoke' } }
        : { intent: midwayIntent, slots: { midway: told.midway } };
  return { kind: 'match', ...meant, family: coreFamily, exact: false, confidence: replySure };
}

/** A complaint, where nothing weightier and no answer to a question is meant. */
export function complained(
  match: Matched,
  { pendingQuestion, pendingCommand }: SessionState,
  text: string,
  grammar: Grammar,
): Match | undefined {
  const weightier = match.kind === 'match' && (before.has(match.intent) || [perhapsDanger, 'command', 'abuse'].includes(match.intent));
  const about = weightier || pendingQuestion || pendingCommand ? undefined : complaintIn(text, grammar);
  return about && { kind: 'match', intent: complaintIntent, slots: { about }, family: coreFamily, exact: false, confidence: replySure };
}

/** Said as a reply as well, in other words. */
const likeReplies = new Set(['howto', 'yes', 'no', 'unsure', 'bye', 'hello', 'status', 'repeat', 'cancel', 'mended']);

/** May a reply be meant by what only nearly fits this match? Never what tells of danger, asks for a person or names an act. */
export const givesWay = (match: Matched): boolean => match.kind === 'match' && !match.exact && likeReplies.has(match.intent);

/** A short reply to what was just asked, or to the step at hand, as the sentence of the core's that means the same. */
export function replyTo(
  { pendingQuestion, pendingCommand, pendingOffer, offerAsked, procedure }: SessionState,
  text: string,
  grammar: Cues,
): Match | undefined {
  if (!pendingQuestion && !pendingCommand && !pendingOffer && !procedure) return undefined;
  const proposed = pendingCommand && !pendingQuestion;
  const reply =
    proposed && plainYes(text, grammar) ? 'yes' : proposed && grammar.tells(text, 'holds-off') ? 'no' : shortAnswer(text, grammar);
  // A machine is not moved, and nobody is called, by a yes that may have had more to it.
  const weighty = !pendingQuestion && !(offerAsked && !pendingCommand) && (pendingCommand || pendingOffer === 'person');
  // "All right, thanks" ends a talk in which a person was offered beside the answer, and calls nobody; of a step it does not say that it is done.
  if (reply === 'yes' && (weighty || (procedure && !pendingQuestion)) && !pendingCommand && grammar.tells(text, 'polite'))
    return { kind: 'match', family: coreFamily, exact: false, confidence: replySure, intent: 'thanks', slots: {} };
  if (!reply || (reply === 'yes' && weighty && !plainYes(text, grammar))) return undefined;
  const match = { kind: 'match', family: coreFamily, exact: false, confidence: replySure } as const;
  if (reply === 'yes' || reply === 'no' || reply === 'unsure') return { ...match, intent: reply, slots: {} };
  // Done or failed is said of a step; of a question it says neither yes nor no. Who wants it done for them names no action: the step's is meant.
  if (reply === 'act') return procedure && !pendingQuestion ? { ...match, intent: 'command', slots: {} } : undefined;
  return procedure && !pendingQuestion ? { ...match, intent: 'howto', slots: { step: reply } } : undefined;
}

/** "No, the rear one", "the other one", "no, the car": what was wished before, of something else. Of a command it is asked back. */
export function pointedAt(
  text: string,
  {
    grammar,
    state,
    signals,
    things = [],
    family,
  }: { grammar: Corrects; state: SessionState; signals?: Around['signals']; things?: Around['things']; family: string | undefined },
): Match | undefined {
  const meant = referred(text, state, { things, signals, grammar });
  return (
    meant && {
      kind: 'match',
      ...meant,
      family: meant.slots.thing ? coreFamily : (family ?? coreFamily),
      exact: false,
      confidence: replySure,
    }
  );
}

/** "Is it the pump?": why, with what the person thinks it is. */
export function guessed(
  text: string,
  { grammar, suspects = [], family }: { grammar: Pick<Grammar, 'told'>; suspects?: readonly string[]; family: string | undefined },
): Match | undefined {
  const about = guessIn(text, grammar);
  if (about === undefined || !suspects.some((title) => title.includes(about))) return undefined;
  return { kind: 'match', intent: 'why', slots: { about }, family: family ?? coreFamily, exact: false, confidence: replySure };
}
