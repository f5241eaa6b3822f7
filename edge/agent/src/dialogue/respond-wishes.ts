import { takesOver } from '@wayside/packs';
import { respond } from './respond.ts';
import type { RespondParts } from './respond-parts.ts';
import type { Responded } from './respond-types.ts';
import { sentencesOf } from './say/guard.ts';
import { joined, say } from './say/wording.ts';
import type { SessionState } from './state.ts';
import { dangerOf, dangerReply } from './understand/danger-reply.ts';
import { inCelsius } from './understand/in-celsius.ts';
import { splitWishes } from './understand/split-wishes.ts';
import { asItEnds } from './understand/taken-back.ts';
import { chosenIn, placeIn } from './understand/which-thing.ts';

/** After these nobody goes on to what was asked before. */
const breaksOff = new Set(['emergency', 'self-harm', 'health', 'person', 'cancel', 'bye']);

/**
 * One utterance with one wish or several, and what still waits from before: each answered in its order, as one turn. Where one needs a yes or a no, those
 * behind it wait for that: a yes must not be taken for something else.
 */
export async function respondWishes(asked: RespondParts): Promise<Responded> {
  const { parts, cleared } = await withDangerAnswered(withSignChosen(withThingChosen(asked)));
  const { state, locale, grammar } = parts;
  const family = parts.things.find(({ id }) => id === state.thing)?.family;
  const text = asItEnds(inCelsius(parts.text), grammar, locale, family);
  const { queue, ...before } = state;
  const [first = text, ...more] = wishesIn(text, parts, family);
  const waiting = [...more, ...queue];
  const responded = await respond({ ...parts, text: first, state: { ...before, queue: [] }, more: more.length > 0 });
  const answered = cleared ? withText(responded, [say('noDanger', locale)], locale) : responded;
  if (waiting.length === 0 || breaksOff.has(answered.understanding.intent ?? '')) return answered;
  return goOn(parts, answered, waiting, more.length);
}

/** The wishes of an utterance, as it stands or in the words of all. */
function wishesIn(text: string, { grammar, locale, plainly }: RespondParts, family: string | undefined): string[] {
  const parts = splitWishes(text, grammar, locale, family);
  const plain = plainly?.(text) ?? text;
  if (parts.length > 1 || plain === text) return parts;
  const again = splitWishes(plain, grammar, locale, family);
  return again.length > 1 ? again : parts;
}

/** Who says which machine they meant is answered what they asked of it. */
function withThingChosen(parts: RespondParts): RespondParts {
  const { pendingThing, lastTexts, ...state } = parts.state;
  if (!pendingThing) return parts;
  const chosen = chosenIn(
    parts.text,
    parts.things.filter(({ id }) => pendingThing.things.includes(id)),
  );
  // What was asked is not asked again: it was not answered yet.
  return chosen ? { ...parts, text: pendingThing.said, state: { ...state, lastTexts: lastTexts.slice(0, -1), thing: chosen.id } } : parts;
}

/** Who says "the second", or yes to the one that was offered, told of that sign. */
function withSignChosen(parts: RespondParts): RespondParts {
  const { pendingSigns = [], thing } = parts.state;
  const sign = pendingSigns[placeIn(parts.text)] ?? (saysYes(parts) && pendingSigns.length === 1 ? pendingSigns[0] : undefined);
  const title = thing && sign && parts.watch.pack(thing)?.observations[sign]?.title[parts.locale];
  return title ? { ...parts, text: title } : parts;
}

const saysYes = ({ text, grammar, locale }: RespondParts): boolean => {
  const match = grammar.match(text, locale);
  return match.kind === 'match' && match.intent === 'yes';
};

/**
 * Who was asked whether there is danger: yes, or not sure, is one; after a no, what they had said is understood as if no danger had been heard in it.
 * Anything else is a sentence of its own.
 */
async function withDangerAnswered(parts: RespondParts): Promise<{ parts: RespondParts; cleared?: true }> {
  const { pendingDanger, lastTexts, ...rest } = parts.state;
  if (!pendingDanger) return { parts };
  const reply = await dangerReply(parts);
  if (!reply) return { parts: { ...parts, state: { ...rest, lastTexts } } };
  const { hazard, said } = pendingDanger;
  const before = { ...parts, text: said, state: { ...rest, lastTexts: lastTexts.slice(0, -1) } };
  return reply === 'no'
    ? { parts: { ...before, hearDanger: undefined }, cleared: true }
    : { parts: { ...before, hearDanger: async () => dangerOf(hazard) } };
}

/** @param said how many of those waiting are of this utterance; the others are announced, since they were said a while ago */
async function goOn(parts: RespondParts, first: Responded, waiting: readonly string[], said: number): Promise<Responded> {
  const { locale } = parts;
  let all = first;
  for (const [n, text] of waiting.entries()) {
    const left = waiting.slice(n);
    if (needsReply(all.state) || (all.handoff && takesOver(all.handoff.effect)))
      return withText(
        { ...all, state: { ...all.state, queue: left } },
        n < said && needsReply(all.state) ? [say('oneByOne', locale)] : [],
        locale,
      );
    const next = await respond({
      ...parts,
      text,
      // One utterance is one turn, however much is in it.
      state: { ...all.state, turns: all.state.turns - 1 },
      mood: all.mood,
      told: all.observations.map((one) => ({ ...one, at: parts.now })),
      more: n + 1 < waiting.length,
    });
    // Two things are not set moving by one turn.
    if ((all.command && next.command) || (all.repair && next.repair))
      return withText({ ...all, state: { ...all.state, queue: left } }, [say('oneByOne', locale)], locale);
    all = together(all, next, n < said ? undefined : say('asForTheOther', locale), locale);
  }
  return all;
}

const needsReply = ({ pendingCommand, pendingQuestion }: SessionState) => Boolean(pendingCommand ?? pendingQuestion);

const withText = (one: Responded, added: readonly string[], locale: RespondParts['locale']): Responded => ({
  ...one,
  answer: { ...one.answer, text: joined([...(added.length > 0 ? [added[0]] : []), one.answer.text], locale) },
});

/** "The heating is broken, it is freezing in here" has one answer to both: what was said is not said again. */
function withoutRepeats(text: string, before: string): string | undefined {
  const said = new Set(sentencesOf(before).map((one) => one.trim()));
  const news = sentencesOf(text).filter((one) => !said.has(one.trim()));
  return news.join('').trim() || undefined;
}

/** Two answers as one: the words in their order, all that they rest on, and what the second waits for. */
function together(one: Responded, next: Responded, between: string | undefined, locale: RespondParts['locale']): Responded {
  const citations = [...one.answer.citations, ...next.answer.citations];
  const parts = [...(one.answer.parts ?? []), ...(next.answer.parts ?? [])];
  return {
    ...next,
    understanding: one.understanding,
    answer: {
      ...one.answer,
      ...next.answer,
      text: joined([one.answer.text, between, withoutRepeats(next.answer.text, one.answer.text)], locale),
      ...(parts.length > 0 ? { parts: parts.filter(({ text }, n) => parts.findIndex((other) => other.text === text) === n) } : {}),
      rung: one.answer.rung,
      citations: citations.filter(({ kind, ref }, n) => citations.findIndex((other) => other.kind === kind && other.ref === ref) === n),
    },
    faults: [...new Map([...one.faults, ...next.faults].map((fault) => [`${fault.thing} ${fault.fault}`, fault])).values()],
    handoff: next.handoff ?? one.handoff,
    observations: [...one.observations, ...next.observations],
    ...(one.command ? { command: one.command } : {}),
    ...(one.repair ? { repair: one.repair } : {}),
    ...(one.stepTried ? { stepTried: one.stepTried } : {}),
  };
}
