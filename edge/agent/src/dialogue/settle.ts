import { type Measures, type PolicyOutcome, type PolicyRule, takesOver } from '@wayside/packs';
import type { Localized } from '@wayside/protocol';
import type { Command } from '../commands/command.ts';
import type { Progress } from '../repair/progress.ts';
import type { Test } from './decide/decide-command.ts';
import { figureOf } from './decide/decide-component.ts';
import type { Move } from './decide/move.ts';
import { emergencyRule } from './emergency.ts';
import { veiled, withoutMood } from './feelings/veil.ts';
import type { Responded, TalkedAbout } from './respond-types.ts';
import { type SessionState, signsAsked } from './state.ts';
import { dangerAsked } from './understand/understand.ts';

/** What the conversation waits for after this move. `at`: where the person was in a repair when they spoke. */
export function settle(
  state: SessionState,
  move: Move,
  said: Responded['answer'],
  thing: TalkedAbout | undefined,
  now: number,
  test?: Test | undefined,
  at?: Progress | undefined,
): SessionState {
  // Asked in between: all that waited waits on.
  if (move.kind === 'ask-danger')
    return {
      ...state,
      pendingDanger: { hazard: move.hazard, said: move.said.slice(0, 300) },
      asked: [...state.asked, dangerAsked(move.hazard)].slice(-200),
      lastAnswer: { text: said.text, rung: said.rung },
    };
  const {
    pendingDanger: _d,
    pendingQuestion: _q,
    pendingOffer: _o,
    pendingCommand: _c,
    pendingThing: _t,
    pendingSigns: _s,
    offerAsked: _a,
    lastCommand,
    procedure,
    emergency,
    ...rest
  } = state;
  const reads = move.kind === 'component' && thing ? figureOf(move.signals, thing.signals) : undefined;
  // What was declined, nobody goes on from.
  const kept = move.kind === 'withhold' ? undefined : lastCommand;
  const alarm =
    move.kind === 'emergency' ? { hazard: move.hazard, heard: move.heard, at: now } : move.kind === 'cancelled' ? undefined : emergency;
  const stopped = move.kind === 'midway' && move.stops;
  const over = move.kind === 'finished' || move.kind === 'cancelled' || stopped || handsOver(move);
  const running = move.kind === 'step' ? { thing: move.progress.thing, id: move.progress.procedure } : over ? undefined : procedure;
  const halt = haltedBy(move, procedure, at);
  const proposal = move.kind === 'propose' ? move.command : test?.command;
  // A yes belongs to what was asked last: to a step or a proposal, and only where there is none to the offer of a person.
  const offersPerson =
    said.offerPerson &&
    !said.question &&
    !test &&
    !said.step &&
    !proposal &&
    !waiting.has(move.kind) &&
    !(move.kind === 'reject' && move.waits);
  const done = proposal ?? (move.kind === 'run' ? move.command : undefined);
  const asks = said.question !== undefined || test !== undefined;
  const offersSteps =
    ((move.kind === 'noted' && move.leads !== undefined) ||
      ((move.kind === 'explain-fault' || move.kind === 'noted') && move.fault?.procedure !== undefined)) &&
    !asks;
  const repeatable = move.kind !== 'repeat' && move.kind !== 'reject';
  return {
    ...rest,
    ...(kept ? { lastCommand: kept } : {}),
    ...(running ? { procedure: running } : {}),
    ...(move.kind === 'which-thing'
      ? { pendingThing: { things: move.things.slice(0, 20).map(({ id }) => id), said: move.said.slice(0, 300) } }
      : {}),
    ...(move.kind === 'which-sign' ? { pendingSigns: [...move.signs], asked: [...state.asked, signsAsked(move.signs)].slice(-200) } : {}),
    ...(halt ? { halted: halt } : {}),
    ...(alarm ? { emergency: alarm } : {}),
    ...(said.question && thing
      ? {
          pendingQuestion: { thing: thing.id, observation: said.question.observation },
          asked: [...state.asked, said.question.observation].slice(-200),
        }
      : {}),
    // A test that was declined is not proposed again.
    ...(test ? { asked: [...state.asked, test.observation].slice(-200) } : {}),
    ...(move.kind === 'reject' && move.waits?.for === 'consent' && _c ? { pendingCommand: _c } : {}),
    // Not understood, but answered: it does not count towards a conversation that gets nowhere.
    ...('unheard' in move ? { unmatched: Math.max(0, state.unmatched - 1) } : {}),
    cited: [...state.cited, ...articlesIn(said).reverse()].slice(-10),
    told: [...new Set([...state.told, ...toldBy(move)])].slice(-50),
    ...(proposal && thing
      ? { pendingCommand: { thing: thing.id, name: proposal.action, args: proposal.args, origin: proposal.origin } }
      : {}),
    ...(reads !== undefined ? { lastSignal: reads } : {}),
    ...(done && thing ? { lastCommand: { ...commandIn(move, done, state), thing: thing.id, at: now } } : {}),
    ...(offersPerson && (move.kind === 'midway' || move.kind === 'complaint') ? { offerAsked: true } : {}),
    ...(offersPerson ? { pendingOffer: 'person' as const } : offersSteps ? { pendingOffer: 'procedure' as const } : {}),
    ...(repeatable ? { lastAnswer: { text: said.text, rung: said.rung } } : {}),
    // A handoff starts the count anew, so that the same rule does not fire again on the very next sentence.
    ...(handsOver(move) ? { unmatched: 0, failedSteps: 0, repeats: 0, wishes: 0, trouble: 0 } : {}),
  };
}

/** What is done or proposed, for "do that again" and "a bit more". */
const commandIn = (move: Move, { action, args }: Command, { turns }: SessionState) => ({
  name: action,
  args,
  turn: turns,
  ...('by' in move && move.by !== undefined ? { by: move.by } : {}),
});

/** What stopped the step somebody was at, or keeps them there; nothing where they go on. */
function haltedBy(move: Move, procedure: SessionState['procedure'], at: Progress | undefined): SessionState['halted'] {
  if (move.kind !== 'midway' && move.kind !== 'emergency') return undefined;
  const told = move.kind === 'midway' ? move.midway !== 'where' : procedure !== undefined && at?.thing === procedure.thing;
  return told && at ? { thing: at.thing, procedure: at.procedure, step: at.step, said: move.heard } : undefined;
}

/** The articles an answer rests on, the best first. */
const articlesIn = ({ citations }: Responded['answer']): string[] =>
  citations.filter(({ kind }) => kind === 'article').map(({ ref }) => ref);

function toldBy(move: Move): string[] {
  if (move.kind === 'explain-fault' || move.kind === 'noted' || move.kind === 'safe-answer') return move.fault ? [move.fault.fault] : [];
  if (move.kind === 'all-well') return move.elsewhere.map(({ fault }) => fault);
  if (move.kind === 'component') return move.beside ? [move.beside.fault] : [];
  if (move.kind === 'passages') return move.beside ? [move.beside.fault] : [];
  if (move.kind === 'list-faults') return move.faults.map(({ fault }) => fault);
  return move.kind === 'step' && move.progress.fault !== undefined ? [move.progress.fault] : [];
}

/** What is said next belongs to what these bring about. */
const waiting = new Set<Move['kind']>(['run', 'agree', 'under-way']);

const handsOver = (move: Move) => move.kind === 'handoff' || move.kind === 'emergency' || move.kind === 'step-to-person';

type Rule = Pick<PolicyRule, 'id' | 'because'> & { title?: Localized };
const asked: Rule = { id: 'asked', because: { en: 'The person asked for a person.', zh: '用户要求人工服务。' } };
const wantsVisit = { en: 'The person asked that somebody come to the machine.', zh: '用户希望派人上门。' };

/**
 * Whom the turn brings in, by the move or by a rule, and what is written down of why.
 * @param keepsMood the person agreed that how they feel is kept
 */
export function handoffOf(move: Move, policy: PolicyOutcome | null, measures: Measures, keepsMood: boolean): Responded['handoff'] {
  const by = (rule: Rule) => ({
    id: rule.id,
    because: move.kind === 'handoff' && move.visit ? withVisit(rule) : rule.because,
    ...(rule.title ? { title: rule.title } : {}),
    measures: { ...(keepsMood ? measures : withoutMood(measures)) },
  });
  if (move.kind === 'emergency') return { effect: 'handoff-urgent', rule: by(emergencyRule(move.hazard)) };
  if (move.kind === 'step-to-person' && policy?.effect !== 'handoff-urgent')
    return { effect: 'handoff', rule: by({ id: 'procedure', because: move.because }) };
  if (policy === null) return move.kind === 'handoff' ? { effect: 'handoff', rule: by(asked) } : null;
  // A wish for a person is met whatever the rules say; a rule can only make it more urgent.
  if (move.kind === 'handoff' && !takesOver(policy.effect)) return { effect: 'handoff', rule: by(asked) };
  return { effect: policy.effect, rule: by(keepsMood ? policy.rule : veiled(policy.rule)) };
}

/** Whichever rule calls a person, that they are wanted at the machine goes with it. */
const withVisit = ({ id, because }: Rule): Rule['because'] =>
  id === asked.id ? wantsVisit : { en: `${because.en} ${wantsVisit.en}`, zh: `${because.zh}${wantsVisit.zh}` };
