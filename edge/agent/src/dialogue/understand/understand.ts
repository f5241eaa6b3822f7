import type { Locale, Signal } from '@wayside/protocol';
import type { Knowledge, Passage, Question } from '../../knowledge/knowledge.ts';
import { emergencyIntent, perhapsDanger } from '../grammar/alarm.ts';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { Grammar, Match, Matched } from '../grammar/grammar.ts';
import type { Responded } from '../respond-types.ts';
import type { SessionState } from '../state.ts';
import { aboutPast } from './about-past.ts';
import { asMeant, besides, orIfMended } from './as-meant.ts';
import { classified, clauseClassified, replied } from './classified.ts';
import { type Classify, signSure } from './classify.ts';
import { clauseSure, matchWhole } from './clauses.ts';
import type { DangerSure, HearDanger } from './hear-danger.ts';
import { type Judgeable, judgedIn, pointsAtReading } from './judged.ts';
import { complained, givesWay, guessed, halfYes, isLess, pointedAt, replySure, replyTo, toldMidway } from './match-reply.ts';
import { type Foreign, foreignIn } from './other-language.ts';
import type { AboutOther } from './other-thing.ts';
import { type Around, withLastSignal } from './refer.ts';
import type { Plainly } from './regional.ts';
import type { Relevant } from './relevant.ts';
import { waitsFor } from './reply.ts';
import { onlyHeeds } from './short-answer.ts';

/** What an utterance means. `heard` is what was said, cut to what fits a log line. */
export type Understanding =
  | { kind: 'intent'; intent: string; slots: Record<string, string>; family: string; confidence: number; heard: string }
  | { kind: 'answer'; observation: string; answer: 'yes' | 'no' | 'unsure'; confidence: number; heard: string }
  /** `leave`: asked was whether something may be done by hand. */
  | { kind: 'question'; passages: Passage[]; leave?: true; confidence: number; heard: string }
  /** `foreign`: it is in a language we do not speak; `wordless`: there was no word in it. */
  | { kind: 'unknown'; heard: string; foreign?: Foreign; wordless?: boolean };

/** Something is noticed by a sense, and no more is said of it. */
const senses = 'senses';

const answers = new Set(['yes', 'no', 'unsure']);

type Parts = {
  /** Epoch ms. */
  now: number;
  grammar: Grammar;
  /** Absent where no embedder is. */
  classify?: Classify | undefined;
  aboutOther?: AboutOther | undefined;
  plainly?: Plainly | undefined;
  /** Absent where no embedder is. */
  hearDanger?: HearDanger | undefined;
  /** How sure it must be, by the policy at hand. */
  dangerSure?: DangerSure | undefined;
  /** Absent where no embedder is. */
  relevant?: Relevant | undefined;
  knowledge: Pick<Knowledge, 'search'>;
  /** Those of the thing at hand. */
  signals?: Readonly<Record<string, Signal>> | undefined;
  /** The machines here. */
  things?: Around['things'];
  /** By what its figures are judged. */
  judgeable?: Judgeable | undefined;
  /** What its faults are called, in small letters. */
  suspects?: readonly string[];
  state: SessionState;
  locale: Locale;
  family: string | undefined;
  faults: readonly string[];
  /** Families that the text names. */
  named?: readonly string[];
  /** The machines meant, as they say of themselves. */
  about?: Question['about'];
};

/**
 * Climbs the ladder until a rung is sure: the packs' sentences, then what sentences like it mean, then a question that an article answers,
 * else honestly nothing. Whichever rung it was, what it understood goes the same way from here.
 */
export async function understand(text: string, parts: Parts): Promise<Understanding> {
  const first = await climb(text, parts);
  if (first.kind !== 'unknown' && first.kind !== 'question') return first;
  // Who says nothing the ladder knows may say it in words of a region.
  const plain = parts.plainly?.(text) ?? text;
  const again = plain === text ? first : await climb(plain, parts);
  return again.kind === 'intent' || again.kind === 'answer' ? { ...again, heard: first.heard } : first;
}

async function climb(text: string, parts: Parts): Promise<Understanding> {
  const { grammar, knowledge, state, locale, family, faults, named = [], about = [] } = parts;
  const heard = text.slice(0, 200);
  const matched = matchWhole(text, grammar, locale, family);
  // That there is no danger is news where one was told of; elsewhere it may answer what was asked.
  const idle = matched.kind === 'match' && matched.intent === 'no-danger' && !state.emergency;
  const written =
    idle || halfYes(matched, state, text, grammar) ? ({ kind: 'none' } as const) : askedFirst(withLastSignal(matched, state), state);
  const present = (mayHideDanger(written) && !idle ? await dangerIn(text, parts) : undefined) ?? written;
  // Danger is never a thing of the past; what a template knows to the letter is asked of now.
  const pointed =
    present.kind === 'match' && present.intent === 'status' && state.lastWish?.intent === 'signal' && pointsAtReading(text, grammar);
  const sure = present.kind === 'match' && ((present.exact && !pointed) || [emergencyIntent, perhapsDanger].includes(present.intent));
  const midway = await unlessPerson(toldMidway(present, state, text, grammar) ?? complained(present, state, text, grammar), text, parts);
  const whole =
    midway ?? (sure ? undefined : ((await aboutPast(text, parts)) ?? howFar(text, grammar) ?? judged(present, text, parts))) ?? present;
  const near =
    !midway && isLess(whole, state, text, grammar)
      ? (replyTo(state, text, grammar) ?? pointedAt(text, parts) ?? guessed(text, parts) ?? whole)
      : whole;
  // In the middle of something a sure reply is likelier meant than a template that only nearly fits.
  const likelier = !midway && near === whole && givesWay(whole) ? ((await replied(text, parts)) ?? whole) : near;
  // Words that only another machine's sentences know may still mean the one at hand, as long as no other is named.
  const strays = likelier.kind === 'match' && ![coreFamily, family, ...named].includes(likelier.family);
  const known = strays && family ? await ofTheOneAtHand(likelier, text, parts) : likelier;
  // Nobody gets leave for something by an answer that was only nearly meant for it.
  const leave = !(known.kind === 'match' && (known.exact || !vagueLeave.has(known.intent))) && asks(text, 'asks-leave', grammar);
  const match: Matched = leave ? { kind: 'none' } : orIfMended(known, text, grammar);
  if (match.kind !== 'match') {
    if (!/[\p{L}\p{N}]/u.test(text)) return { kind: 'unknown', heard, wordless: true };
    const foreign = foreignIn(text);
    if (foreign) return { kind: 'unknown', heard, foreign };
  }
  // Whatever an article knows of it is said all the same: "the radio hums since the alternator was changed".
  const elsewhere = match.kind !== 'match' && (parts.aboutOther?.(text, parts.things ?? []) ?? false);
  const taken =
    match.kind === 'match' || elsewhere ? undefined : ((await classified(text, parts)) ?? (await clauseClassified(text, parts)));
  // "我想换人" is no act by hand: who asks for a person gets the person.
  const likely = leave && taken?.intent !== 'person' && taken?.slots.handling === undefined ? undefined : taken;
  // Who names a matter that an article is about wants to hear of that; the model speaks for those who name none.
  const found =
    match.kind === 'match' || (likely && !general(likely))
      ? []
      : await knowledge.search({ text, locale, faults, named, about, ...(family === undefined ? {} : { family }) });
  const passages = found.length > 0 && parts.relevant ? await parts.relevant(text, found) : found;
  const meant = match.kind === 'match' ? match : passages.length === 0 ? likely : undefined;
  if (meant) {
    const intent = asMeant(meant, text, grammar);
    const { confidence } = meant;
    const slots = intent === 'status' && meant.intent !== 'status' ? {} : meant.slots;
    if (state.pendingQuestion && intent === 'yes' && onlyHeeds(text, grammar))
      return { kind: 'intent', intent: 'heeds', slots: {}, family: coreFamily, confidence, heard };
    if (state.pendingQuestion && answers.has(intent)) {
      return {
        kind: 'answer',
        observation: state.pendingQuestion.observation,
        answer: intent as 'yes' | 'no' | 'unsure',
        confidence,
        heard,
      };
    }
    // The difference of two words is asked by both.
    const terms = intent === 'term' && family ? grammar.named(text, 'term', family).map(({ out }) => out) : [];
    const part = intent === 'status' && slots.component === undefined && family ? grammar.named(text, 'component', family)[0] : undefined;
    const more = {
      ...besides(intent, text, grammar),
      ...(part ? { component: part.out } : {}),
      ...(terms.length > 1 ? { term: terms.slice(0, 2).join(' ') } : {}),
    };
    return { kind: 'intent', intent, slots: { ...slots, ...more }, family: meant.family, confidence, heard };
  }
  const best = passages[0];
  const confidence = Number(Math.min(best?.matched ?? replySure, 1).toFixed(2));
  if (best) return { kind: 'question', passages, ...(leave ? { leave } : {}), confidence, heard };
  if (leave) return { kind: 'intent', intent: 'may', slots: {}, family: coreFamily, confidence, heard };
  return elsewhere
    ? { kind: 'intent', intent: 'elsewhere', slots: {}, family: coreFamily, confidence: replySure, heard }
    : { kind: 'unknown', heard };
}

/** What may be danger is asked once. */
async function dangerIn(text: string, { hearDanger, dangerSure, state }: Parts): Promise<Match | undefined> {
  const heard = await hearDanger?.(text, { waits: waitsFor(state) !== undefined, sure: dangerSure });
  return heard?.intent === perhapsDanger && state.asked.includes(dangerAsked(heard.slots.hazard ?? '')) ? undefined : heard;
}
/** Where what is told may be danger by its kind, that is asked first: who smells something odd may smell gas. */
const askedFirst = (match: Matched, { asked }: SessionState): Matched =>
  match.kind === 'match' && match.intent === senses && match.slots.hazard !== undefined && !asked.includes(dangerAsked(match.slots.hazard))
    ? { ...match, intent: perhapsDanger, slots: { hazard: match.slots.hazard } }
    : match;
/** By what it is remembered that a danger was asked about. */
export const dangerAsked = (hazard: string): string => `danger/${hazard}`;

/** What danger may be told with, and no template heard. What a template knows to the letter is meant so. */
const mayHideDanger = (match: Matched): boolean =>
  match.kind === 'none' || match.intent === senses || (!match.exact && besideDanger.has(match.intent));
const besideDanger = new Set(['why', 'observe', 'status', 'safe', 'howto', 'faults', 'health', 'signal', 'mended']);

/** A longer text is a tale, and asks nothing by its beginning. */
const longestAsking = 200;
const asks = (text: string, cue: 'asks-leave' | 'asks-how-far', grammar: Grammar) =>
  text.length <= longestAsking && grammar.tells(text, cue);

/** Whether it takes somebody where they want to go is asked of what is safe. */
const howFar = (text: string, grammar: Grammar): Match | undefined =>
  asks(text, 'asks-how-far', grammar)
    ? { kind: 'match', intent: 'safe', slots: {}, family: coreFamily, exact: false, confidence: clauseSure }
    : undefined;

/** How a figure is to be taken; of a command that names one nobody asks that. */
const judged = (present: Matched, text: string, { grammar, family, state, judgeable }: Parts) =>
  judgeable && !(present.kind === 'match' && (present.intent === 'command' || present.intent === 'person'))
    ? judgedIn(text, { grammar, family, lastSignal: state.lastSignal }, judgeable)
    : undefined;

/** Who complains, or tells of the step, and asks for a person in words that only the model knows, gets the person. */
async function unlessPerson(told: Match | undefined, text: string, parts: Parameters<typeof classified>[1]): Promise<Match | undefined> {
  if (!told || told.intent === emergencyIntent) return told;
  const meant = await classified(text, parts);
  return meant?.intent === 'person' ? { ...meant, kind: 'match', exact: false } : told;
}

/** What a sentence that matched for another family means for the one at hand, where that is surely something there as well; nothing where no such machine is here. */
async function ofTheOneAtHand(other: Match, text: string, parts: Parts): Promise<Matched> {
  const here = await classified(text, parts);
  if (here && here.intent === other.intent) return { ...here, kind: 'match', exact: false };
  return parts.things?.some(({ family }) => family === other.family) ? other : { kind: 'none' };
}

/** What "can I …?" is taken for where nobody wrote of its act. */
const vagueLeave = new Set(['safe', 'howto', 'why', 'status', 'observe', 'signal']);

/** What is asked of a machine as a whole, and what an article may know better. */
const ofMachine = new Set(['why', 'status', 'safe', 'howto', 'signal', 'observe', 'faults']);
const general = ({ intent, slots, confidence }: Pick<Match, 'intent' | 'slots' | 'confidence'>) =>
  ofMachine.has(intent) && slots.step === undefined && !((intent === 'observe' || intent === 'signal') && confidence >= signSure);

/** An understanding as it is told to who asked: what was heard and taken for, and how surely. */
export function reported(understanding: Understanding): Responded['understanding'] {
  const { kind, heard } = understanding;
  switch (understanding.kind) {
    case 'intent':
      return { kind, heard, intent: understanding.intent, confidence: understanding.confidence };
    case 'answer':
      return { kind, heard, intent: understanding.answer, confidence: understanding.confidence };
    case 'question':
      return { kind, heard, confidence: understanding.confidence };
    case 'unknown':
      return { kind, heard };
  }
}
