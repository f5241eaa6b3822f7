import type { CommandReport, DtcReport, FaultReport, RepairReport } from '@wayside/contract';
import { type Called, type Pack, type PolicyOutcome, takesOver } from '@wayside/packs';
import type { WhyNot } from '../commands/propose.ts';
import type { Diagnosis, Unexplained } from '../diagnosis/diagnose.ts';
import type { Passage } from '../knowledge/knowledge.ts';
import type { Progress } from '../repair/progress.ts';
import { emergencyIntent, selfHarmIntent } from './alarm.ts';
import { type CommandMove, commandAsked, onceMore, proposalAnswered, stepAction, takeBack } from './decide-command.ts';
import { atQuestion, howto, mended, type RepairMove, repairAsked, stepAsked } from './decide-repair.ts';
import { type UnheardMove, unheard } from './decide-unheard.ts';
import { judgeGuess, worthNaming } from './guess.ts';
import type { StepOutcome } from './procedure.ts';
import type { TalkedAbout } from './respond-types.ts';
import type { SessionState } from './state.ts';
import type { Understanding } from './understand.ts';

/** What is no question about a machine, and is answered decently. */
export const smallTalk = ['hello', 'thanks', 'bye', 'abilities', 'identity', 'elsewhere', 'abuse', 'self-harm', 'health', 'waits'] as const;
export type SmallTalk = (typeof smallTalk)[number] | 'acknowledged';
const isSmallTalk = (intent: string): intent is (typeof smallTalk)[number] => (smallTalk as readonly string[]).includes(intent);

/** What to do with the turn. Says nothing about words; `answer` finds those. */
export type Move = PlainMove & {
  /** How what the person thinks it is stands, said first. */
  guess?: 'likely' | 'possible' | 'unlikely';
};

type PlainMove =
  /** People may be in danger: what to do now, then a person, whatever the machine says. */
  | { kind: 'emergency'; hazard: string; heard: string }
  /** `already`: somebody is on the way. */
  | { kind: 'handoff'; asked: boolean; already?: boolean }
  | { kind: 'explain-fault'; fault: FaultReport; others: FaultReport[] }
  | { kind: 'list-faults'; faults: FaultReport[]; dtcs: DtcReport[] }
  | { kind: 'safe-answer'; fault: FaultReport | undefined }
  | { kind: 'all-well'; elsewhere: FaultReport[] }
  /** Asked whether it is safe while something shows whose cause is not clear; `worst` is the gravest fault it could be. */
  | { kind: 'safe-unclear'; worst: string | undefined }
  /** Something shows, and no known cause is likely enough to be named as the one. */
  | { kind: 'suspect'; candidates: string[]; unexplained: readonly Unexplained[] }
  /** Nothing shows but codes that the machine has yet to confirm, and the faults they point to. */
  | { kind: 'unconfirmed'; codes: readonly DtcReport[]; candidates: string[] }
  | { kind: 'unwatched' }
  | { kind: 'no-thing' }
  | { kind: 'read-signal'; signal: string }
  | { kind: 'explain-dtc'; code: string }
  | { kind: 'noted'; answer: 'yes' | 'no' | 'unsure'; observation: string; fault: FaultReport | undefined }
  | RepairMove
  | CommandMove
  /** `beside`: the machine has another fault, of which nobody was told yet. */
  | { kind: 'passages'; passages: Passage[]; beside?: FaultReport }
  | UnheardMove
  | { kind: 'repeat' }
  | { kind: 'nothing-to-undo' }
  | { kind: 'cancelled'; something: boolean; emergency: boolean }
  | { kind: 'small-talk'; talk: SmallTalk };

export type Situation = {
  session: string;
  person: string | undefined;
  /** Why they may not agree to a command of some risk. */
  whyNot: WhyNot;
  /** Epoch ms. */
  now: number;
  understanding: Understanding;
  state: SessionState;
  thing: TalkedAbout | undefined;
  pack: Pack | undefined;
  faults: readonly FaultReport[];
  elsewhere: readonly FaultReport[];
  diagnosis: Diagnosis;
  dtcs: readonly DtcReport[];
  policy: PolicyOutcome | null;
  called: Called;
  /** Where this person is in a procedure on this thing. */
  progress: Progress | undefined;
  /** Repairs of this thing that are being watched, and the one decided last. */
  watched: readonly RepairReport[];
  decided: RepairReport | undefined;
  /** A command of this conversation that waits for a yes, one that is being carried out, and the last that can be taken back. */
  pending: CommandReport | undefined;
  underWay: CommandReport | undefined;
  undoable: CommandReport | undefined;
};

/** Decides what a turn comes to, and nothing else: no words, no clock, no store. */
export function decide(situation: Situation): Move {
  const { understanding, state, policy } = situation;
  // No machine matters more.
  if (understanding.kind === 'intent' && understanding.intent === selfHarmIntent) return { kind: 'small-talk', talk: 'self-harm' };
  if (understanding.kind === 'intent' && understanding.intent === emergencyIntent)
    return { kind: 'emergency', hazard: understanding.slots.hazard ?? '', heard: understanding.heard };
  if (state.emergency && stillInDanger(understanding)) return { kind: 'emergency', ...state.emergency };
  const already = situation.called === 'person' || situation.called === 'person-urgently';
  if (understanding.kind === 'intent' && understanding.intent === 'person') return { kind: 'handoff', asked: true, already };
  if (wantsOffered(understanding, state, 'person')) return { kind: 'handoff', asked: true, already };
  const move = decideBy(situation);
  // Where there is an answer it is given, and the handoff is said after it; where there is none, the handoff is the answer.
  return policy && takesOver(policy.effect) && !hasAnswer(move) ? { kind: 'handoff', asked: false, already } : move;
}

/** Who tells of smoke and then asks whether to drive on is not told what the sensors think of the engine. */
const stillInDanger = (understanding: Understanding) =>
  understanding.kind === 'unknown' ||
  understanding.kind === 'question' ||
  (understanding.kind === 'intent' &&
    ['safe', 'howto', 'why', 'status', 'faults', 'repeat', 'person', 'observe', 'yes'].includes(understanding.intent));

const hasAnswer = (move: Move) => tells.has(move.kind) || (move.kind === 'reject' && (move.foreign ?? move.wordless) !== undefined);

const tells = new Set<Move['kind']>([
  'small-talk',
  'explain-fault',
  'list-faults',
  'safe-answer',
  'safe-unclear',
  'read-signal',
  'explain-dtc',
  'noted',
  'step',
  'all-well',
  'suspect',
  'unconfirmed',
  'no-procedure',
  'repair-state',
  'propose',
  'run',
  'agree',
  'under-way',
  'refuse',
  'passages',
]);

function decideBy(situation: Situation): Move {
  const { understanding } = situation;
  switch (understanding.kind) {
    case 'unknown':
      return understanding.foreign || understanding.wordless
        ? {
            kind: 'reject',
            ...(understanding.foreign ? { foreign: understanding.foreign } : {}),
            ...(understanding.wordless ? { wordless: true } : {}),
          }
        : unheard(situation, gravest(situation.faults));
    case 'question':
      return aboutProposal(situation, understanding) ?? passagesFor(situation, understanding.passages);
    case 'answer':
      return noted(situation, understanding.observation, understanding.answer);
    case 'intent':
      return aboutProposal(situation, understanding) ?? decideIntent(situation, understanding);
  }
}

/** Where something was proposed, what is asked and not plainly meant otherwise is asked of that: what it does is said again, and nobody is led away. */
function aboutProposal({ pending, state, thing }: Situation, understanding: Understanding): Move | undefined {
  if (!pending || state.pendingCommand?.thing !== thing?.id) return undefined;
  if (understanding.kind === 'intent') {
    const { intent, slots, confidence } = understanding;
    const guessed = intent === 'howto' && slots.step === undefined && confidence < 1;
    if (intent !== 'effect' && !guessed) return undefined;
  }
  return { kind: 'reject', waits: { for: 'consent', command: pending }, asked: true };
}

function decideIntent(situation: Situation, { intent, slots }: Extract<Understanding, { kind: 'intent' }>): Move {
  const { state, thing, faults, dtcs, elsewhere } = situation;
  switch (intent) {
    case 'why':
      return slots.about === undefined
        ? why(situation)
        : { ...why(situation), guess: judgeGuess(slots.about, situation.diagnosis, situation.pack?.faults) };
    case 'status':
      return repairAsked(situation) ?? stepAsked(situation) ?? statusOf(situation);
    case 'safe':
      if (thing && !situation.pack) return { kind: 'unwatched' };
      if (!thing) return elsewhere[0] ? { kind: 'safe-answer', fault: gravest(elsewhere) } : { kind: 'no-thing' };
      return faults.length > 0 ? { kind: 'safe-answer', fault: gravest(faults) } : safeWithout(situation);
    case 'howto':
      return howto(situation, slots.step as StepOutcome | 'back' | undefined, why);
    case 'mended':
      return mended(situation, slots.answer, why);
    case 'signal':
      return thing && slots.signal ? { kind: 'read-signal', signal: slots.signal } : { kind: 'no-thing' };
    case 'observe':
      return thing && slots.observation ? noted(situation, slots.observation, slots.answer === 'no' ? 'no' : 'yes') : { kind: 'no-thing' };
    case 'dtc':
      return slots.code ? { kind: 'explain-dtc', code: slots.code } : { kind: 'reject' };
    case 'command':
      return (slots.action === undefined ? stepAction(situation) : undefined) ?? commandAsked(situation, slots);
    case 'effect':
      return state.procedure && situation.progress ? howto(situation, undefined, why) : { kind: 'repeat' };
    case 'undo':
      return takeBack(situation) ?? { kind: 'nothing-to-undo' };
    case 'faults':
      return faults.length > 0 || dtcs.some((dtc) => dtc.state !== 'cleared')
        ? { kind: 'list-faults', faults: [...faults], dtcs: [...dtcs] }
        : why(situation);
    case 'repeat':
      return state.procedure && situation.progress
        ? howto(situation, undefined, why)
        : ((slots.either === undefined ? undefined : onceMore(situation)) ?? { kind: 'repeat' });
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
      return (
        (intent === 'no' ? proposalAnswered(situation, false) : undefined) ??
        (state.procedure && intent === 'no' ? howto(situation, 'failed', why) : { kind: 'small-talk', talk: 'acknowledged' })
      );
    default:
      return isSmallTalk(intent) ? { kind: 'small-talk', talk: intent } : { kind: 'reject' };
  }
}

/** An article about something else than what is wrong with the machine does not keep quiet about that. */
function passagesFor({ faults, state }: Situation, passages: Passage[]): Move {
  const worst = gravest(faults);
  const beside = worst && !passages[0]?.active && !state.told.includes(worst.fault) ? worst : undefined;
  return { kind: 'passages', passages, ...(beside ? { beside } : {}) };
}

function statusOf(situation: Situation): Move {
  const { faults, dtcs, elsewhere } = situation;
  return faults.length > 0 ? listOrExplain(faults, dtcs, elsewhere) : why(situation);
}

function why(situation: Situation): Move {
  const { thing, pack, faults, dtcs, diagnosis, elsewhere } = situation;
  const stored = dtcs.filter((dtc) => dtc.state !== 'cleared');
  if (!thing) return elsewhere[0] ? { kind: 'explain-fault', fault: elsewhere[0], others: elsewhere.slice(1) } : { kind: 'no-thing' };
  const [fault, ...others] = [...faults].sort((a, b) => rankOf(b) - rankOf(a));
  // With nothing chosen, everything on site was asked about.
  if (fault) return { kind: 'explain-fault', fault, others: situation.state.thing === undefined ? [...others, ...elsewhere] : others };
  const unconfirmed = onlyUnconfirmed(situation);
  if (unconfirmed) return unconfirmed;
  const candidates = diagnosis.ranked.filter((one) => one.probability >= worthNaming).map((one) => one.fault);
  const unexplained = diagnosis.none > 0.8 ? diagnosis.unexplained : [];
  if (candidates.length > 0 || unexplained.some((one) => one.kind === 'symptom'))
    return { kind: 'suspect', candidates: candidates.slice(0, 3), unexplained };
  if (stored[0])
    return stored.length === 1 ? { kind: 'explain-dtc', code: stored[0].code } : { kind: 'list-faults', faults: [], dtcs: stored };
  return pack ? { kind: 'all-well', elsewhere: [...elsewhere] } : { kind: 'unwatched' };
}

/** A code that was seen once, and nothing else, is no riddle: it points to a fault, and says by itself that it is not sure yet. */
function onlyUnconfirmed({ dtcs, diagnosis }: Situation): Move | undefined {
  const codes = dtcs.filter((dtc) => dtc.state === 'pending');
  const [likeliest, ...others] = diagnosis.ranked;
  const seen = diagnosis.findings.filter((one) => one.present);
  if (!likeliest || !seen.every(({ kind, ref }) => kind === 'dtc' && codes.some(({ code }) => code === ref))) return undefined;
  const candidates = [likeliest, ...others.filter((one) => one.probability >= worthNaming)].slice(0, 3);
  return { kind: 'unconfirmed', codes, candidates: candidates.map((one) => one.fault) };
}

/** Nothing is sure enough to be shown; that is not the same as nothing being wrong. */
function safeWithout({ diagnosis, dtcs, pack }: Situation): Move {
  const possible = diagnosis.ranked
    .filter((one) => one.probability >= worthNaming)
    .flatMap((one) => (pack?.faults[one.fault] ? [one.fault] : []));
  const stored = dtcs.some((dtc) => dtc.state === 'confirmed');
  const strange = diagnosis.unexplained.some((one) => one.kind === 'symptom');
  if (possible.length === 0 && !stored && !strange) return { kind: 'safe-answer', fault: undefined };
  const grave = (id: string) => graveness[pack!.faults[id]!.safety];
  return { kind: 'safe-unclear', worst: possible.sort((a, b) => grave(b) - grave(a))[0] };
}

const listOrExplain = (faults: readonly FaultReport[], dtcs: readonly DtcReport[], elsewhere: readonly FaultReport[]): Move =>
  faults.length === 1
    ? { kind: 'explain-fault', fault: faults[0]!, others: [...elsewhere] }
    : { kind: 'list-faults', faults: [...faults], dtcs: [...dtcs] };

function noted(situation: Situation, observation: string, answer: 'yes' | 'no' | 'unsure'): Move {
  return { kind: 'noted', observation, answer, fault: [...situation.faults].sort((a, b) => rankOf(b) - rankOf(a))[0] };
}

/** Whether a question may follow this move. Nobody is asked while they stand in danger or in the middle of a step. */
export function mayAsk(move: Move, state: SessionState): boolean {
  const fits = move.kind === 'explain-fault' || move.kind === 'suspect' || move.kind === 'unconfirmed' || move.kind === 'noted';
  const urgent = 'fault' in move && move.fault?.safety === 'stop';
  return fits && !urgent && state.asked.length < 6;
}

const wantsOffered = (understanding: Understanding, state: SessionState, offer: 'person' | 'procedure') =>
  state.pendingOffer === offer && understanding.kind === 'intent' && understanding.intent === 'yes';

export const graveness = { stop: 3, gently: 2, 'go-on': 1 } as const;
export const severityOf = { info: 0, advice: 1, warning: 2, danger: 3 } as const;
/** What must be known first comes first: danger before likelihood. */
export const rankOf = (fault: FaultReport) => graveness[fault.safety] * 10 + severityOf[fault.severity] + fault.probability;
export const gravest = (faults: readonly FaultReport[]): FaultReport | undefined => [...faults].sort((a, b) => rankOf(b) - rankOf(a))[0];
