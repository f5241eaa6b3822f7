import type { Locale, Signal } from '@wayside/protocol';
import type { Knowledge, Passage, Question } from '../knowledge/knowledge.ts';
import { languageOf } from '../knowledge/words.ts';
import type { Classify } from './classify.ts';
import { coreFamily } from './compile-grammar.ts';
import type { Grammar, Match, Matched } from './grammar.ts';
import { guessIn } from './guess.ts';
import { type Foreign, foreignIn } from './other-language.ts';
import { aboutOtherThing } from './other-thing.ts';
import { type Around, referred } from './refer.ts';
import { waitsFor } from './reply.ts';
import type { Responded } from './respond-types.ts';
import { plainYes, shortAnswer } from './short-answer.ts';
import type { SessionState } from './state.ts';
import { withoutPerson } from './without-person.ts';

/** What an utterance means. `heard` is what was said, cut to what fits a log line. */
export type Understanding =
  | { kind: 'intent'; intent: string; slots: Record<string, string>; family: string; confidence: number; heard: string }
  | { kind: 'answer'; observation: string; answer: 'yes' | 'no' | 'unsure'; confidence: number; heard: string }
  | { kind: 'question'; passages: Passage[]; confidence: number; heard: string }
  /** `foreign`: it is in a language we do not speak; `wordless`: there was no word in it. */
  | { kind: 'unknown'; heard: string; foreign?: Foreign; wordless?: boolean };

const answers = new Set(['yes', 'no', 'unsure']);

/** Which of several clauses is the wish: danger before all, then a person, then the machine, small talk last. */
const weightiest = [
  'emergency',
  'self-harm',
  'person',
  'health',
  'safe',
  'observe',
  'dtc',
  'command',
  'howto',
  'signal',
  'why',
  'faults',
  'status',
  'cancel',
  'thanks',
  'bye',
];
const clauseSure = 0.9;
/** Thanks are all that was meant only where nothing longer than this, in characters, stays unheard beside them. */
const polite = new Set(['thanks', 'bye']);
const longestAside = 24;

const clausesOf = (text: string): string[] => text.split(/[!?;,。！？，；、…\n]+|\.(?!\d)/).filter((clause) => clause.trim().length > 1);
const mostClauses = 5;

/** The whole sentence; else the weightiest of its clauses ("This is useless! Why is the light on?"). */
function matchWhole(text: string, grammar: Grammar, locale: Locale, family: string | undefined): Matched {
  const whole = grammar.match(text, locale, family);
  if (whole.kind === 'match') return whole;
  const clauses = clausesOf(text);
  if (clauses.length < 2 || clauses.length > mostClauses) return whole;
  const rank = (match: Match) => weightiest.indexOf(match.intent);
  const heard = clauses.map((clause) => grammar.match(clause, locale, family));
  const matches = heard.filter((match) => match.kind === 'match' && weightiest.includes(match.intent)) as Match[];
  const best = matches.sort((a, b) => rank(a) - rank(b))[0];
  if (!best || (polite.has(best.intent) && clauses.some((clause, at) => heard[at]?.kind === 'none' && clause.trim().length > longestAside)))
    return whole;
  return { ...best, exact: false, confidence: best.confidence * clauseSure };
}

const replySure = 0.8;
const politely = /\b(thanks|thank you|cheers)\b|谢|麻烦了|辛苦了/i;

/**
 * Is a short reply likelier meant than this match? Where a proposal waits, "go on" is a yes to it and no step done, nor is "you do it" a wish to be shown
 * how; in the middle of a step it is a wish that this step be done.
 */
function isLess(match: Matched, { pendingCommand, pendingQuestion, procedure }: SessionState, text: string, locale: Locale): boolean {
  if (match.kind === 'none') return true;
  const { intent, slots } = match;
  // "No, that's all fine" is an answer and no goodbye.
  if (polite.has(intent) && !match.exact && (pendingQuestion || procedure)) return true;
  const vague = intent === 'howto' || (intent === 'command' && slots.action === undefined && slots.again === undefined);
  if (!vague) return false;
  return pendingCommand ? plainYes(text) : procedure !== undefined && slots.step === undefined && shortAnswer(text, locale) === 'act';
}

/** A short reply to what was just asked, or to the step at hand, as the sentence of the core's that means the same. */
function replyTo(
  { pendingQuestion, pendingCommand, pendingOffer, procedure }: SessionState,
  text: string,
  locale: Locale,
): Match | undefined {
  if (!pendingQuestion && !pendingCommand && !pendingOffer && !procedure) return undefined;
  const reply = pendingCommand && !pendingQuestion && plainYes(text) ? 'yes' : shortAnswer(text, locale);
  // A machine is not moved, and nobody is called, by a yes that may have had more to it.
  const weighty = !pendingQuestion && (pendingCommand || pendingOffer === 'person');
  // "All right, thanks" ends a talk in which a person was offered beside the answer; it calls nobody.
  if (reply === 'yes' && weighty && !pendingCommand && politely.test(text))
    return { kind: 'match', family: coreFamily, exact: false, confidence: replySure, intent: 'thanks', slots: {} };
  if (!reply || (reply === 'yes' && weighty && !plainYes(text))) return undefined;
  const match = { kind: 'match', family: coreFamily, exact: false, confidence: replySure } as const;
  if (answers.has(reply)) return { ...match, intent: reply, slots: {} };
  // Done or failed is said of a step; of a question it says neither yes nor no. Who wants it done for them names no action: the step's is meant.
  if (reply === 'act') return procedure && !pendingQuestion ? { ...match, intent: 'command', slots: {} } : undefined;
  return procedure && !pendingQuestion ? { ...match, intent: 'howto', slots: { step: reply } } : undefined;
}

/**
 * Climbs the ladder until a rung is sure: the packs' sentences, then what sentences like it mean, then a question that an article answers,
 * else honestly nothing. Whichever rung it was, what it understood goes the same way from here.
 */
export async function understand(
  text: string,
  parts: {
    grammar: Grammar;
    /** Absent where no embedder is. */
    classify?: Classify | undefined;
    knowledge: Pick<Knowledge, 'search'>;
    /** Those of the thing at hand. */
    signals?: Readonly<Record<string, Signal>> | undefined;
    /** The machines here. */
    things?: Around['things'];
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
  },
): Promise<Understanding> {
  const { grammar, knowledge, state, locale, family, faults, named = [], about = [] } = parts;
  const heard = text.slice(0, 200);
  const whole = matchWhole(text, grammar, locale, family);
  const match = isLess(whole, state, text, locale)
    ? (replyTo(state, text, locale) ?? pointedAt(text, parts) ?? guessed(text, parts) ?? whole)
    : whole;
  if (match.kind !== 'match') {
    if (!/[\p{L}\p{N}]/u.test(text)) return { kind: 'unknown', heard, wordless: true };
    const foreign = foreignIn(text);
    if (foreign) return { kind: 'unknown', heard, foreign };
    if (aboutOtherThing(text, parts.things ?? []))
      return { kind: 'intent', intent: 'elsewhere', slots: {}, family: coreFamily, confidence: replySure, heard };
  }
  const likely = match.kind === 'match' ? undefined : ((await classified(text, parts)) ?? (await clauseClassified(text, parts)));
  // Who names a matter that an article is about wants to hear of that; the model speaks for those who name none.
  const passages =
    match.kind === 'match' || (likely && !general(likely))
      ? []
      : await knowledge.search({ text, locale, faults, named, about, ...(family === undefined ? {} : { family }) });
  const meant = match.kind === 'match' ? match : passages.length === 0 ? likely : undefined;
  if (meant) {
    const { slots, confidence } = meant;
    // Who wants it done without a person wants to be shown how.
    const intent = meant.intent === 'person' && withoutPerson(text) ? 'howto' : meant.intent;
    if (state.pendingQuestion && answers.has(intent)) {
      return {
        kind: 'answer',
        observation: state.pendingQuestion.observation,
        answer: intent as 'yes' | 'no' | 'unsure',
        confidence,
        heard,
      };
    }
    return { kind: 'intent', intent, slots, family: meant.family, confidence, heard };
  }
  const best = passages[0];
  return best
    ? { kind: 'question', passages, confidence: Number(Math.min(best.matched, 1).toFixed(2)), heard }
    : { kind: 'unknown', heard };
}

/** "No, the rear one", "the other one", "no, the car": what was wished before, of something else. Of a command it is asked back. */
function pointedAt(
  text: string,
  {
    state,
    signals,
    things = [],
    family,
  }: { state: SessionState; signals?: Around['signals']; things?: Around['things']; family: string | undefined },
): Match | undefined {
  const meant = referred(text, state, { things, signals });
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
function guessed(text: string, { suspects = [], family }: { suspects?: readonly string[]; family: string | undefined }): Match | undefined {
  const about = guessIn(text);
  if (about === undefined || !suspects.some((title) => title.includes(about))) return undefined;
  return { kind: 'match', intent: 'why', slots: { about }, family: family ?? coreFamily, exact: false, confidence: replySure };
}

/** What is asked of a machine as a whole, and what an article may know better. */
const ofMachine = new Set(['why', 'status', 'safe', 'howto', 'signal', 'observe', 'faults']);
const general = ({ intent, slots }: Pick<Match, 'intent' | 'slots'>) => ofMachine.has(intent) && slots.step === undefined;

/** What a sentence that no template knows is taken to mean, as a match of the family at hand. */
async function classified(
  text: string,
  {
    classify,
    family,
    state,
    waits = true,
  }: { classify?: Classify | undefined; family: string | undefined; state: SessionState; waits?: boolean },
) {
  const meant = await classify?.(text, { locale: languageOf(text), family, waits: waits ? waitsFor(state) : undefined });
  if (!meant) return undefined;
  const ofFamily = meant.intent === 'signal' || meant.intent === 'observe';
  return { ...meant, confidence: Number(meant.confidence.toFixed(2)), family: ofFamily ? (family ?? coreFamily) : coreFamily };
}

/** Where the whole means nothing, what the weightiest of its clauses means: a story around it says nothing of machines. */
async function clauseClassified(text: string, parts: Parameters<typeof classified>[1]) {
  const clauses = clausesOf(text);
  if (clauses.length < 2 || clauses.length > mostClauses) return undefined;
  // A reply is judged by all that was said, since the rest may be a condition.
  const heard = await Promise.all(clauses.map((clause) => classified(clause, { ...parts, waits: false })));
  const rank = ({ intent }: { intent: string }) => weightiest.indexOf(intent);
  const [best] = heard.flatMap((one) => (one && rank(one) >= 0 && !polite.has(one.intent) ? [one] : [])).sort((a, b) => rank(a) - rank(b));
  return best && { ...best, confidence: Number((best.confidence * clauseSure).toFixed(2)) };
}

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
