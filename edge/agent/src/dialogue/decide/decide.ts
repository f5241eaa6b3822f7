import { takesOver } from '@wayside/packs';
import { emergencyIntent, perhapsDanger, selfHarmIntent } from '../grammar/alarm.ts';
import type { SessionState } from '../state.ts';
import type { Understanding } from '../understand/understand.ts';
import { decideIntent, noted } from './decide-intent.ts';
import { asides, unheard, waitsFor } from './decide-unheard.ts';
import { gravest } from './graveness.ts';
import { isSmallTalk, type Move } from './move.ts';
import type { Situation } from './situation.ts';

/** Decides what a turn comes to, and nothing else: no words, no clock, no store. */
export function decide(situation: Situation): Move {
  const { understanding, state, policy } = situation;
  // No machine matters more.
  if (understanding.kind === 'intent' && understanding.intent === selfHarmIntent) return { kind: 'small-talk', talk: 'self-harm' };
  if (understanding.kind === 'intent' && understanding.intent === emergencyIntent)
    return { kind: 'emergency', hazard: understanding.slots.hazard ?? '', heard: understanding.heard };
  if (state.emergency && stillInDanger(understanding)) return { kind: 'emergency', ...state.emergency, again: true };
  if (understanding.kind === 'intent' && understanding.intent === perhapsDanger)
    return { kind: 'ask-danger', hazard: understanding.slots.hazard ?? '', said: situation.text };
  const already = situation.called === 'person' || situation.called === 'person-urgently';
  if (understanding.kind === 'intent' && understanding.intent === 'person')
    return { kind: 'handoff', asked: true, already, ...(understanding.slots.visit ? { visit: true } : {}) };
  if (wantsOffered(understanding, state, 'person')) return { kind: 'handoff', asked: true, already };
  const move = which(situation) ?? decideBy(situation);
  // Where there is an answer it is given, and the handoff is said after it; where there is none, the handoff is the answer.
  return policy && takesOver(policy.effect) && !hasAnswer(move) ? { kind: 'handoff', asked: false, already } : move;
}

/** Asked of the machine itself, of which there are several that are called so. */
function which({ understanding, unclear, text }: Situation): Move | undefined {
  const ofMachine =
    understanding.kind === 'question' ||
    (understanding.kind === 'unknown' && !understanding.foreign && !understanding.wordless) ||
    (understanding.kind === 'intent' &&
      !isSmallTalk(understanding.intent) &&
      !['yes', 'no', 'unsure', 'cancel'].includes(understanding.intent));
  return unclear.length > 1 && ofMachine ? { kind: 'which-thing', things: unclear, said: text } : undefined;
}

/** Who tells of smoke and then asks whether to drive on is not told what the sensors think of the engine. */
const stillInDanger = (understanding: Understanding) =>
  understanding.kind === 'unknown' ||
  understanding.kind === 'question' ||
  (understanding.kind === 'intent' && stillOfDanger.has(understanding.intent));
const stillOfDanger = new Set([
  perhapsDanger,
  ...['safe', 'may', 'howto', 'why', 'status', 'faults', 'repeat', 'person', 'observe', 'yes', 'elsewhere', 'takes', 'simpler', 'mended'],
]);

const hasAnswer = (move: Move) => tells.has(move.kind) || (move.kind === 'reject' && (move.foreign ?? move.wordless) !== undefined);

/** Moves that answer: what is said beside a question, and these. Of leave that nobody wrote, nothing is known. */
const tells = new Set<Move['kind']>([
  ...asides,
  'small-talk',
  'explain-fault',
  'list-faults',
  'noted',
  'step',
  'midway',
  'complaint',
  'which-thing',
  'which-sign',
  'all-well',
  'suspect',
  'unconfirmed',
  'no-procedure',
  'repair-state',
  'not-gone',
  'propose',
  'run',
  'agree',
  'under-way',
  'refuse',
]);
tells.delete('may-unknown');

/** A mark or a sentence in another language costs nobody their place either. */
function waiting(situation: Situation) {
  const waits = waitsFor(situation);
  return waits ? { waits } : {};
}

function decideBy(situation: Situation): Move {
  const { understanding } = situation;
  switch (understanding.kind) {
    case 'unknown':
      return understanding.foreign || understanding.wordless
        ? {
            kind: 'reject',
            ...waiting(situation),
            ...(understanding.foreign ? { foreign: understanding.foreign } : {}),
            ...(understanding.wordless ? { wordless: true } : {}),
          }
        : unheard(situation, gravest(situation.faults));
    case 'question':
      return aboutProposal(situation, understanding) ?? passagesFor(situation, understanding);
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
    // How to mend what is wrong is no question about something else that they asked to be done.
    const guessed = intent === 'howto' && slots.step === undefined && confidence < 1 && pending.origin.kind !== 'asked';
    if (intent !== 'effect' && !guessed) return undefined;
  }
  return { kind: 'reject', waits: { for: 'consent', command: pending }, asked: 'effect' };
}

/** An article about something else than what is wrong with the machine does not keep quiet about that. */
function passagesFor({ faults, state }: Situation, { passages, leave }: Extract<Understanding, { kind: 'question' }>): Move {
  const worst = gravest(faults);
  const beside = worst && !passages[0]?.active && !state.told.includes(worst.fault) ? worst : undefined;
  return { kind: 'passages', passages, ...(beside ? { beside } : {}), ...(leave ? { leave } : {}) };
}

/** Whether a question may follow this move. Nobody is asked while they stand in danger or in the middle of a step. */
export function mayAsk(move: Move, state: SessionState): boolean {
  const fits = move.kind === 'explain-fault' || move.kind === 'suspect' || move.kind === 'unconfirmed' || move.kind === 'noted';
  const urgent = 'fault' in move && move.fault?.safety === 'stop';
  return fits && !urgent && state.asked.length < 6;
}

const wantsOffered = (understanding: Understanding, state: SessionState, offer: 'person' | 'procedure') =>
  state.pendingOffer === offer && understanding.kind === 'intent' && understanding.intent === 'yes';
