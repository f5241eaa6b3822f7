import { signsAsked } from '../state.ts';
import { whichSign } from '../understand/classify.ts';
import { type Complaint, complaintIntent } from '../understand/complaint.ts';
import { judgeGuess } from '../understand/guess.ts';
import { type Midway, midwayIntent } from '../understand/midway.ts';
import type { Understanding } from '../understand/understand.ts';
import { aBitMore, amended, commandAsked, onceMore, proposalAnswered, stepAction, stillDoing, takeBack } from './decide-command.ts';
import { figureOf, partOf, reportedOf } from './decide-component.ts';
import { midway } from './decide-midway.ts';
import { lookBackFor, readPast } from './decide-past.ts';
import { atQuestion, howto, mended, repairAsked, running, stepAsked } from './decide-repair.ts';
import { unheard, waitsFor } from './decide-unheard.ts';
import { safe, statusOf, why } from './decide-why.ts';
import { gravest, rankOf } from './graveness.ts';
import { mayComeFrom, mayNotice, noticedBy } from './may-come-from.ts';
import { isSmallTalk, type Move, type SafeAsked } from './move.ts';
import type { StepOutcome } from './procedure.ts';
import type { Situation } from './situation.ts';

/** So sure it must be that something was mended, told where nothing was to be. */
const surelyMended = 0.9;

/** What a wish that was understood comes to. */
export function decideIntent(situation: Situation, { intent, slots, heard, confidence }: Extract<Understanding, { kind: 'intent' }>): Move {
  const { state, thing, faults, dtcs } = situation;
  switch (intent) {
    case 'why':
      return slots.about === undefined
        ? withNotices(complained(why(situation), slots.shows), situation)
        : { ...why(situation), guess: judgeGuess(slots.about, situation.diagnosis, situation.pack?.faults) };
    case 'status':
      if (slots.component !== undefined) return partOf(situation, slots.component) ?? statusOf(situation);
      return repairAsked(situation) ?? stepAsked(situation) ?? statusOf(situation);
    case 'safe':
      return asking(safe(situation), slots.asks ?? slots.turned);
    case 'may':
      return mayBeDone(situation, slots.handling);
    case 'term':
      return explainTerm(situation, slots.term);
    case 'howto':
      return howto(situation, slots.step as StepOutcome | 'back' | undefined, why);
    case complaintIntent:
      return { kind: 'complaint', about: slots.about as Complaint, fault: gravest(faults) };
    case midwayIntent:
      return midway(situation, slots.midway as Midway, heard);
    case 'mended':
      // Where nothing was mended, nobody is thanked for what only sounds like it.
      return confidence < surelyMended && situation.watched.length === 0 && !running(situation)
        ? unheard(situation, gravest(faults))
        : mended(situation, slots.answer, why);
    case 'signal':
      return readAsked(situation, slots);
    case 'since':
    case 'worse':
    case 'before':
      // Since when it is cold, asked while nothing is wrong: how warm it is, as of who complains.
      if (slots.shows !== undefined && faults.length === 0) return withNotices(complained(why(situation), slots.shows), situation);
      return thing ? lookBackFor(situation, slots.done === undefined ? intent : 'done', slots) : { kind: 'no-thing' };
    case 'known':
      return { kind: 'known', fault: gravest(faults) };
    case 'observe':
      return thing && slots.observation ? noted(situation, slots.observation, slots.answer === 'no' ? 'no' : 'yes') : { kind: 'no-thing' };
    case whichSign:
      return askSign(situation, slots.signs?.split(' ') ?? []);
    case 'senses':
      return askSign(situation, noticedBy(situation, slots.sense));
    case 'dtc':
      return slots.code ? { kind: 'explain-dtc', code: slots.code } : { kind: 'reject' };
    case 'command':
      if (slots.more !== undefined) return aBitMore(situation, slots.more) ?? unheard(situation, gravest(faults));
      if (slots.value !== undefined) return amended(situation, Number(slots.value)) ?? unheard(situation, gravest(faults));
      // "Once more" with nothing done before is said of the step.
      if (slots.again !== undefined && state.lastCommand === undefined && state.procedure) return howto(situation, undefined, why);
      return (slots.action === undefined ? stepAction(situation) : undefined) ?? commandAsked(situation, slots);
    case 'asks-why':
    case 'refuse':
    case 'heeds':
      return unheard(situation, undefined, intent);
    // What was asked, shown or proposed still stands.
    case 'elsewhere':
    case 'said-before': {
      const still = unheard(situation, undefined, intent);
      return still.kind === 'reject' && still.waits ? still : { kind: 'small-talk', talk: intent };
    }
    case 'effect':
      return state.procedure && situation.progress ? howto(situation, undefined, why) : { kind: 'repeat' };
    case 'undo':
      return takeBack(situation) ?? stillDoing(situation) ?? { kind: 'nothing-to-undo' };
    case 'faults':
      return faults.length > 0 || dtcs.some((dtc) => dtc.state !== 'cleared')
        ? { kind: 'list-faults', faults: [...faults], dtcs: [...dtcs] }
        : why(situation);
    case 'repeat':
      return state.procedure && situation.progress
        ? howto(situation, undefined, why)
        : ((slots.either === undefined ? undefined : onceMore(situation)) ??
            // Nothing was said that could be said again: how the machine is, is what there is to say.
            (state.lastAnswer ? { kind: 'repeat' } : statusOf(situation)));
    case 'simpler':
      return state.procedure && situation.progress ? howto(situation, undefined, why) : { kind: 'simpler', fault: gravest(faults) };
    case 'takes':
      return faults.length > 0 ? { kind: 'takes', fault: gravest(faults)! } : { kind: 'small-talk', talk: 'how-long' };
    // "How long will that take?" asks for the repair, until somebody is called.
    case 'how-long':
      return faults.length > 0 && situation.called === 'nobody' && slots.of === 'either'
        ? { kind: 'takes', fault: gravest(faults)! }
        : { kind: 'small-talk', talk: intent };
    case 'no-danger':
      return { kind: 'cancelled', emergency: true, something: false };
    case 'cancel':
      return (
        proposalAnswered(situation, false) ?? {
          kind: 'cancelled',
          emergency: state.emergency !== undefined,
          something: Boolean(state.procedure ?? state.pendingQuestion ?? state.pendingOffer),
        }
      );
    case 'yes':
      return (
        proposalAnswered(situation, true) ??
        (atQuestion(situation) ? undefined : stepAction(situation)) ??
        (state.procedure || state.pendingOffer === 'procedure'
          ? howto(situation, state.procedure ? 'done' : undefined, why)
          : { kind: 'small-talk', talk: 'acknowledged' })
      );
    case 'no':
    case 'unsure':
      // None of the signs that were offered: nothing was understood after all.
      if (state.pendingSigns) return unheard(situation, gravest(faults));
      return (
        (intent === 'no' ? proposalAnswered(situation, false) : undefined) ??
        (state.procedure && intent === 'no' ? howto(situation, 'failed', why) : { kind: 'small-talk', talk: 'acknowledged' })
      );
    default:
      return isSmallTalk(intent) ? { kind: 'small-talk', talk: intent } : { kind: 'reject' };
  }
}

/** A reading, of now or of the past. Of a part that has several, a figure is meant where its past is asked. */
function readAsked(situation: Situation, slots: Record<string, string>): Move {
  const { thing, pack } = situation;
  if (!thing) return { kind: 'no-thing' };
  const component = slots.component === undefined ? undefined : pack?.components?.[slots.component];
  const signals = component && reportedOf(component, thing);
  const signal = slots.signal ?? (signals && figureOf(signals, thing.signals));
  if (signal === undefined)
    return component && slots.component ? (partOf(situation, slots.component) ?? { kind: 'no-thing' }) : { kind: 'no-thing' };
  return (
    readPast(situation, { ...slots, signal }) ?? {
      kind: 'read-signal',
      signal,
      ...(signals && slots.signal === undefined ? { signals } : {}),
    }
  );
}

/** Leave to do something by hand: what the pack of the machine says of it, and nothing that nobody wrote. */
const mayBeDone = (situation: Situation, handling: string | undefined): Move =>
  handling !== undefined && situation.pack?.handling?.[handling]
    ? { kind: 'may', handling }
    : { kind: 'may-unknown', midst: waitsFor(situation) !== undefined };

/** What a word of the trade means, as the pack of the machine says. */
function explainTerm(situation: Situation, named = ''): Move {
  const terms = named.split(' ').filter((term) => situation.pack?.terms?.[term]);
  return terms.length > 0 ? { kind: 'term', terms } : unheard(situation, gravest(situation.faults));
}

/** Which of these signs is meant, asked once; a wrong one noted would lead the diagnosis astray. */
const askSign = (situation: Situation, signs: readonly string[]): Move =>
  signs.length > 0 && !situation.state.asked.includes(signsAsked(signs))
    ? { kind: 'which-sign', signs }
    : unheard(situation, gravest(situation.faults));

/** What somebody saw, heard or smelled. */
export function noted(situation: Situation, observation: string, answer: 'yes' | 'no' | 'unsure'): Move {
  const [fault] = [...situation.faults].sort((a, b) => rankOf(b) - rankOf(a));
  return { kind: 'noted', observation, answer, fault, ...(fault ? {} : mayComeFrom(situation)) };
}

/** Who complains of the cold while nothing is surely wrong is told how warm it is, and how warm it is to be. */
const complained = (move: Move, shows: string | undefined): Move =>
  (move.kind === 'all-well' || move.kind === 'suspect') && shows !== undefined ? { ...move, shows: shows.split(' ') } : move;

/** Who asks what is wrong while nothing measured shows it is asked what they notice. */
const withNotices = (move: Move, situation: Situation): Move =>
  move.kind === 'all-well' ? { ...move, notices: mayNotice(situation) } : move;

const safeAsked = new Set<string>(['off', 'either', 'untreated'] satisfies SafeAsked[]);

/** The same answer, to whoever asked whether it must stop or what comes of it. */
const asking = (move: Move, asked = ''): Move =>
  move.kind === 'safe-answer' && safeAsked.has(asked) ? { ...move, asked: asked as SafeAsked } : move;
