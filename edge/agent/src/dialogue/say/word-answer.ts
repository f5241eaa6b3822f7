import type { FaultReport } from '@wayside/contract';
import type { Generator } from '@wayside/models';
import { takesOver } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { Passage } from '../../knowledge/knowledge.ts';
import type { Progress } from '../../repair/progress.ts';
import type { askNext } from '../decide/ask-next.ts';
import type { Move } from '../decide/move.ts';
import { veiled } from '../feelings/veil.ts';
import { articleFor } from '../follow-article.ts';
import type { RespondParts } from '../respond-parts.ts';
import type { Responded } from '../respond-types.ts';
import type { SessionState } from '../state.ts';
import { asks } from '../understand/asks.ts';
import type { Heard } from '../understand/hear.ts';
import type { Weighed } from '../weigh.ts';
import { wasAdvised } from './advised.ts';
import { answer } from './answer.ts';
import type { Worded } from './answer-context.ts';
import { citeArticle } from './cite.ts';
import { rephrase } from './generate.ts';
import { guard } from './guard.ts';
import { stillIn } from './mark-parts.ts';
import { shortList } from './moving.ts';
import { showStep } from './show-step.ts';
import { joined } from './wording.ts';

/** Finds the words for a move, lets the generator phrase them where it may, and looks at them once more before anybody hears them. */
export async function wordAnswer(
  parts: RespondParts,
  move: Move,
  { named, atHand, thing, faults: here, elsewhere, dtcs }: Heard,
  { state, policy, manner }: Weighed,
  { before, asked }: { before: SessionState; asked: ReturnType<typeof askNext> },
): Promise<Responded['answer']> {
  const { locale, things, watch, generator, now } = parts;
  const faults = [...here, ...elsewhere];
  const because = policy ? veiled(policy.rule).because[locale] : undefined;
  // Who types while it moves is a passenger; who speaks may be the driver.
  const atMost = parts.spoken ? shortList(parts.policyOf(thing?.family), thing, now) : undefined;
  const worded = answer(move, {
    locale,
    now,
    thing,
    things,
    turned: atHand !== undefined && thing !== undefined && atHand !== thing && named.length === 0,
    placed: named.length > 0 ? named : atHand ? [atHand] : things,
    packOf: (id) => watch.pack(id),
    dtcs,
    question: asked.question,
    test: asked.test,
    manner,
    called: parts.called ?? 'nobody',
    lastAnswer: before.lastAnswer,
    advised: (fault) => wasAdvised(before, fault, now),
    unheard: state.unmatched,
    because: policy && takesOver(policy.effect) ? because : undefined,
    looksOn: policy?.effect === 'look-on' ? because : undefined,
    faults,
    mind: thing ? mindOf(watch, thing.id, locale) : [],
    article: await articleOn(move, faults, parts),
    past: move.kind === 'complaint' && thing ? await parts.past.done(thing.id) : undefined,
    rate: parts.repairs.rate,
    units: parts.preferences?.units ?? 'metric',
    verbosity: atMost === undefined ? (parts.preferences?.verbosity ?? 'normal') : 'short',
    atMost,
  });
  const {
    grounds,
    also: _,
    parts: marked,
    ...said
  } = move.kind === 'passages' && generator ? await generated(worded, move, generator, parts, faults) : worded;
  const text = guard(said.text, said.citations, grounds, faults, locale, safetyFrom(move, faults, locale));
  return {
    ...(await showStep(said, thing, locale, parts.knowledge)),
    text,
    ...stillIn(text, marked),
    ...(policy?.effect === 'offer' ? { offerPerson: true, offerBecause: because } : {}),
  };
}

/** What keeps people safe from what they told of before and have not taken back, by what the pack says of each such sign. */
const mindOf = (watch: RespondParts['watch'], thing: string, locale: Locale): string[] =>
  [...watch.answers(thing)].flatMap(([observation, answer]) =>
    answer === 'yes' ? (watch.pack(thing)?.observations[observation]?.mind?.[locale] ?? []) : [],
  );

/** What is written on the fault that a move explains. */
async function articleOn(move: Move, faults: readonly FaultReport[], parts: RespondParts) {
  if (move.kind === 'midway') return articleOnStep(move.progress, faults, parts);
  const fault = move.kind === 'explain-fault' || move.kind === 'noted' ? move.fault : undefined;
  return fault && articleFor(fault, parts);
}

/** What is written on the fault that the step is to mend. */
async function articleOnStep({ thing, fault }: Progress, faults: readonly FaultReport[], parts: RespondParts) {
  const mended = faults.find((one) => one.thing === thing && one.fault === fault);
  return mended && articleFor(mended, parts);
}

/** Who wrote an article does not see this machine now: beside a fault that says stop only the faults' own advice may call anything safe. */
const safetyFrom = (move: Move, faults: readonly FaultReport[], locale: Locale): string[] | undefined =>
  move.kind === 'passages' ? faults.map((one) => one.safetyAdvice[locale]) : undefined;

async function generated(
  worded: Worded,
  move: Extract<Move, { kind: 'passages' }>,
  generator: Generator,
  { text, grammar, locale, onToken }: Pick<RespondParts, 'text' | 'grammar' | 'locale' | 'onToken'>,
  faults: readonly FaultReport[],
): Promise<Worded> {
  const restingOn = (cited: readonly Passage[]) => ({
    citations: cited.map((one) => citeArticle(one.article, `${one.title} · ${one.text}`)),
    grounds: [...worded.grounds, ...cited.map((one) => one.text)],
  });
  const better = await rephrase(generator, {
    utterance: text,
    asks: asks(text, grammar),
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
