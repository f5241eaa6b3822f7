import type { CommandReport, Desk, DtcReport, FaultReport, Preferences, RepairReport, SuccessRate } from '@wayside/contract';
import type { Generator } from '@wayside/models';
import { type Called, type Pack, type Policy, takesOver } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { WhyNot } from '../commands/propose.ts';
import { nothingSeen } from '../diagnosis/diagnose.ts';
import { type BestQuestion, nextQuestion } from '../diagnosis/question.ts';
import type { Told, Watch } from '../diagnosis/watch.ts';
import type { Knowledge, Passage } from '../knowledge/knowledge.ts';
import type { Progress } from '../repair/progress.ts';
import { assess, kindOf } from '../routing/assess.ts';
import { routeOf, skillFor } from '../routing/route.ts';
import { emergencyIntent, selfHarmIntent } from './alarm.ts';
import { answer, type Worded } from './answer.ts';
import { citeArticle } from './cite.ts';
import type { Classify } from './classify.ts';
import { coreFamily } from './compile-grammar.ts';
import { decide, gravest, type Move, mayAsk, type Situation, severityOf } from './decide.ts';
import { testFor, want } from './decide-command.ts';
import { stillAsked } from './decide-unheard.ts';
import { mannerFor } from './feelings/acknowledge.ts';
import { type ReadFeeling, valenceOf } from './feelings/feeling.ts';
import { calm, type Mood, withReading } from './feelings/mood.ts';
import { mayReadMood } from './feelings/moods.ts';
import { isShouted, readWords } from './feelings/read-words.ts';
import { troubleIn } from './feelings/trouble.ts';
import { veiled, withoutMood } from './feelings/veil.ts';
import { followUp } from './follow-up.ts';
import { rephrase } from './generate.ts';
import type { Grammar } from './grammar.ts';
import { guard } from './guard.ts';
import { shortList } from './moving.ts';
import { measure, remember, withoutOld } from './remember.ts';
import type { Responded, TalkedAbout } from './respond-types.ts';
import { handoffOf, settle } from './settle.ts';
import type { SessionState } from './state.ts';
import { underPolicy } from './under-policy.ts';
import { type Understanding, understand } from './understand.ts';
import { joined } from './wording.ts';

export type { Responded, TalkedAbout } from './respond-types.ts';

/** What this site knows of repairs under way. */
export type RepairsKnown = {
  /** Where this person is in a procedure on a thing. */
  progress(thing: string): Progress | undefined;
  /** Repairs of a thing that are being watched. */
  watched(thing: string): RepairReport[];
  /** The one decided last, while it is news. */
  decided(thing: string): RepairReport | undefined;
  rate(family: string, procedure: string): SuccessRate | undefined;
};

export type RespondParts = {
  session: string;
  person?: string;
  /** Why this person may not agree to a command of some risk; absent, they may agree to all. */
  whyNot?: WhyNot;
  /** How they like to be answered. */
  preferences?: Pick<Preferences, 'units' | 'verbosity'>;
  /** Commands of this conversation: one that waits for a yes, one that is being carried out, the last that can be taken back. */
  commands: { pending?: CommandReport | undefined; underWay?: CommandReport | undefined; undoable?: CommandReport | undefined };
  repairs: RepairsKnown;
  text: string;
  state: SessionState;
  /** Epoch ms. */
  now: number;
  watch: Watch;
  knowledge: Pick<Knowledge, 'search'>;
  grammar: Grammar;
  classify?: Classify | undefined;
  /** The rules of a thing's family; of the core when it has none. */
  policyOf(family: string | undefined): Policy;
  things: readonly TalkedAbout[];
  locale: Locale;
  generator?: Generator;
  /** What is agreed with the customer, when it is known. It decides who takes a request, never what is safe. */
  customer?: Desk['customer'];
  /** How the conversation has felt so far, and what reads a sentence for it; words alone when absent. */
  mood?: Mood;
  readFeeling?: ReadFeeling;
  /** Whose wording stands where a pack has none. */
  core?: Pick<Pack, 'wording'> | undefined;
  /** Is a person on the way already? */
  called?: Called;
  /** The sentence cut short what was being said. */
  interrupts?: boolean;
  /** It came by voice. */
  spoken?: boolean;
  onToken?: (text: string) => void;
  /** Told earlier in the same utterance. */
  told?: readonly (Told & { thing: string })[];
  /** Another wish of the same utterance follows: nothing is asked or offered in between. */
  more?: boolean;
};

/**
 * One utterance in, everything that follows from it out: understood, decided, worded and guarded. It writes nothing and changes nothing
 * (not even the watch), so that the caller can store all of it in one transaction, or none.
 */
export async function respond(parts: RespondParts): Promise<Responded> {
  const { text, now, watch, things, generator } = parts;
  const before = withoutOld(parts.state, now);
  const locale = parts.locale;
  const atHand = things.find((one) => one.id === before.thing) ?? (things.length === 1 ? things[0] : undefined);
  const active = atHand ? watch.faults(atHand.id).map((one) => one.fault) : [];
  const named = namedIn(text, things);
  const understanding = await understand(text, {
    grammar: parts.grammar,
    classify: parts.classify,
    signals: atHand?.signals,
    things,
    suspects: suspectsOf(atHand && watch.pack(atHand.id)),
    knowledge: parts.knowledge,
    state: before,
    locale,
    family: atHand?.family,
    faults: active,
    // With nothing chosen, the machines that are here are meant, and no others.
    named: (atHand === undefined ? things : named).map((one) => one.family),
    about: atHand === undefined ? things : [atHand, ...named],
  });
  const thing = thingMeant(understanding, atHand, things, named, watch);
  const pack = thing && watch.pack(thing.id);

  const told = toldBy(understanding, before, thing, pack, now);
  const { diagnosis, faults } = thing
    ? watch.consider(thing.id, [...(parts.told ?? []).filter((one) => one.thing === thing.id), ...told])
    : { diagnosis: nothingSeen, faults: [] };
  const elsewhere = watch.faults().filter((one) => one.thing !== thing?.id);
  const dtcs: DtcReport[] = thing ? watch.dtcs(thing.id) : [];

  const readsMood = mayReadMood(thing, things, (id) => watch.pack(id));
  const feeling = readsMood ? await (parts.readFeeling ?? readWords)(text, locale) : undefined;
  const felt = parts.mood ?? calm;
  const moodNow = feeling && withReading(felt, feeling, now);
  const signs = troubleIn(
    text,
    understanding,
    {
      lastTexts: before.lastTexts,
      lastWants: before.lastWants,
      waits: Boolean(before.pendingQuestion ?? before.pendingOffer ?? before.pendingCommand ?? before.procedure),
    },
    { interrupts: parts.interrupts ?? false, shouts: readsMood && isShouted(text) },
  );
  const remembered = remember(before, understanding, text, signs, thing, now);
  const request = assess(kindOf(understanding, before.procedure !== undefined), diagnosis, faults, pack);
  const measures = measure(remembered, understanding, moodNow, now, {
    ...request,
    severity: faults.reduce((worst, one) => Math.max(worst, severityOf[one.severity]), 0),
    confidence: diagnosis.ranked[0]?.probability,
    customerValue: parts.customer?.value,
  });
  const called = parts.called ?? 'nobody';
  const {
    outcome: fired,
    standing,
    moodSpent,
  } = underPolicy(parts.policyOf(thing?.family), {
    before,
    mood: felt,
    understanding,
    measures,
    turn: remembered.turns,
    called,
    kind: request.kind,
  });
  // Who speaks of ending their life is not answered with a rule about a machine.
  const policy = understanding.kind === 'intent' && understanding.intent === selfHarmIntent ? null : fired;
  const state = { ...remembered, standing };
  const manner = mannerFor(
    feeling,
    { pack, core: parts.core },
    {
      turn: state.turns,
      last: felt.acknowledged,
      trouble: state.trouble,
      locale,
    },
  );

  const progress = thing && parts.repairs.progress(thing.id);
  const situation: Situation = {
    session: parts.session,
    person: parts.person,
    whyNot: parts.whyNot ?? (() => undefined),
    now,
    understanding,
    state: before,
    thing,
    pack,
    faults,
    elsewhere,
    diagnosis,
    dtcs,
    policy,
    called,
    progress,
    watched: thing ? parts.repairs.watched(thing.id) : [],
    decided: thing && parts.repairs.decided(thing.id),
    pending: parts.commands.pending,
    underWay: parts.commands.underWay,
    undoable: parts.commands.undoable,
  };
  const move = decide(situation);
  const asked = stillAsked(move) ?? (!parts.more && mayAsk(move, before) ? bestQuestion(situation, told, watch) : undefined);
  const test = asked && testFor(situation, asked);
  // Who types while it moves is a passenger; who speaks may be the driver.
  const most = parts.spoken ? shortList(parts.policyOf(thing?.family), thing, now) : undefined;
  const worded = answer(move, {
    locale,
    thing,
    things,
    placed: named.length > 0 ? named : atHand ? [atHand] : things,
    packOf: (id) => watch.pack(id),
    dtcs,
    question: test ? undefined : asked,
    test,
    manner,
    called,
    lastAnswer: before.lastAnswer,
    unheard: state.unmatched,
    because: policy && takesOver(policy.effect) ? veiled(policy.rule).because[locale] : undefined,
    looksOn: policy?.effect === 'look-on' ? veiled(policy.rule).because[locale] : undefined,
    faults: [...faults, ...elsewhere],
    rate: parts.repairs.rate,
    units: parts.preferences?.units ?? 'metric',
    verbosity: most === undefined ? (parts.preferences?.verbosity ?? 'normal') : 'short',
    atMost: most,
  });
  const spoken =
    move.kind === 'passages' && generator ? await generated(worded, move, generator, parts, [...faults, ...elsewhere]) : worded;
  const { grounds, also: _, ...said } = spoken;
  const final = {
    ...said,
    text: guard(said.text, said.citations, grounds, [...faults, ...elsewhere], locale, safetyFrom(move, [...faults, ...elsewhere], locale)),
    ...(policy?.effect === 'offer' ? { offerPerson: true, offerBecause: veiled(policy.rule).because[locale] } : {}),
  };
  const acknowledged = manner.acknowledgment !== undefined && final.text.includes(manner.acknowledgment);

  const handoff = handoffOf(move, policy, measures, before.consents.mood);
  return {
    understanding: reported(understanding),
    answer: final,
    state: settle(state, move, final, thing, now, test),
    faults: [...faults],
    sentiment: feeling ? valenceOf(feeling) : null,
    mood: { ...(moodNow ?? felt), spent: moodSpent, ...(acknowledged ? { acknowledged: state.turns } : {}) },
    measured: {
      ...(thing ? { family: thing.family } : {}),
      kind: request.kind,
      measures: { ...(before.consents.mood ? measures : withoutMood(measures)) },
    },
    handoff,
    route: routeOf(move.kind === 'emergency' ? { ...request, kind: 'emergency' } : request, handoff?.effect === 'offer' ? null : handoff, {
      called,
      severity: measures.severity ?? 0,
      customer: parts.customer,
      skill: skillFor(pack, faults),
    }),
    observations: told.map(({ observation, answer: given }) => ({ thing: thing!.id, observation, answer: given })),
    ...followUp(move, progress, pack),
    ...(test ? { command: { kind: 'keep', command: test.command } } : {}),
  };
}

const suspectsOf = (pack: Pack | undefined): string[] =>
  Object.values(pack?.faults ?? {}).flatMap(({ title }) => [title.en.toLowerCase(), title.zh]);

/** What is best asked next, of all that was neither answered nor asked before. */
function bestQuestion(situation: Situation, told: readonly Told[], watch: Watch): BestQuestion | undefined {
  const { thing, pack, diagnosis, state, now } = situation;
  const answered = new Map([
    ...(thing ? watch.answers(thing.id) : []),
    ...told.map((one) => [one.observation, one.answer] as const),
    ...state.asked.map((one) => [one, 'unsure'] as const),
  ]);
  return nextQuestion(diagnosis, pack?.faults ?? {}, pack?.observations ?? {}, answered, {
    busy: thing !== undefined && watch.busy(thing.id, now),
    canAct: (action) => want(situation, action, { kind: 'asked' }, false).kind === 'propose',
  });
}

/** Who wrote an article does not see this machine now: beside a fault that says stop only the faults' own advice may call anything safe. */
const safetyFrom = (move: Move, faults: readonly FaultReport[], locale: Locale): string[] | undefined =>
  move.kind === 'passages' ? faults.map((one) => one.safetyAdvice[locale]) : undefined;

/** The things a sentence names: by their whole title, else by the last word of an English one ("the pump"). */
function namedIn(text: string, things: readonly TalkedAbout[]): TalkedAbout[] {
  const said = text.toLowerCase();
  const whole = things.filter(({ title }) => said.includes(title.toLowerCase()));
  if (whole.length > 0) return whole;
  const words = new Set(said.match(/[\p{L}\p{N}]+/gu));
  return things.filter(({ title }) => /^[a-z0-9]{3,}$/i.test(lastWord(title)) && words.has(lastWord(title)));
}

const lastWord = (title: string) => title.toLowerCase().split(' ').at(-1) ?? '';

/** The thing a sentence names; else the only one of the family it speaks of; else the one at hand. */
function thingMeant(
  understanding: Understanding,
  atHand: TalkedAbout | undefined,
  things: readonly TalkedAbout[],
  named: readonly TalkedAbout[],
  watch: Watch,
): TalkedAbout | undefined {
  if (understanding.kind !== 'intent') return atHand;
  const titled = things.find((one) => one.id === understanding.slots.thing) ?? (named.length === 1 ? named[0] : undefined);
  if (titled) return titled;
  const { family } = understanding;
  if (family !== coreFamily && family !== atHand?.family) {
    const ofFamily = things.filter((one) => one.family === family);
    if (ofFamily.length === 1) return ofFamily[0];
  }
  if (atHand) return atHand;
  const worst = gravest(watch.faults())?.thing;
  return things.find((one) => one.id === worst);
}

/** What the utterance tells about the machine: an answer to our question, or something noticed unasked. */
function toldBy(
  understanding: Understanding,
  state: SessionState,
  thing: TalkedAbout | undefined,
  pack: Pack | undefined,
  at: number,
): Told[] {
  if (!thing) return [];
  if (understanding.kind === 'answer' && state.pendingQuestion?.thing === thing.id)
    return [{ observation: understanding.observation, answer: understanding.answer, at }];
  if (understanding.kind !== 'intent' || !['observe', emergencyIntent].includes(understanding.intent)) return [];
  const { observation, answer: given } = understanding.slots;
  if (observation === undefined || !pack?.observations[observation]) return [];
  return [{ observation, answer: given === 'no' ? 'no' : 'yes', at }];
}

async function generated(
  worded: Worded,
  move: Extract<Move, { kind: 'passages' }>,
  generator: Generator,
  parts: RespondParts,
  faults: readonly FaultReport[],
): Promise<Worded> {
  const { text, locale, onToken } = parts;
  const restingOn = (cited: readonly Passage[]) => ({
    citations: cited.map((one) => citeArticle(one.article, `${one.title} · ${one.text}`)),
    grounds: [...worded.grounds, ...cited.map((one) => one.text)],
  });
  const better = await rephrase(generator, {
    utterance: text,
    locale,
    passages: move.passages,
    // What the last look would take out of the answer must not be heard on the way to it either.
    maySay(said, cited) {
      const { citations, grounds } = restingOn(cited);
      return guard(said, citations, grounds, faults, locale, safetyFrom(move, faults, locale)) === said;
    },
    ...(onToken ? { onToken } : {}),
  });
  if (!better) return worded;
  return { ...worded, text: joined([better.text, worded.also], locale), rung: 'generator', ...restingOn(better.cited) };
}

function reported(understanding: Understanding): Responded['understanding'] {
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
