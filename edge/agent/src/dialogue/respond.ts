import { routeOf, skillFor } from '../routing/route.ts';
import { askNext } from './decide/ask-next.ts';
import { decide } from './decide/decide.ts';
import { followUp } from './decide/follow-up.ts';
import type { Situation } from './decide/situation.ts';
import { withoutMood } from './feelings/veil.ts';
import { followArticle } from './follow-article.ts';
import { lookBack } from './look-back.ts';
import { withoutOld } from './remember.ts';
import type { RespondParts } from './respond-parts.ts';
import type { Responded } from './respond-types.ts';
import { advisedAfter } from './say/advised.ts';
import { wordAnswer } from './say/word-answer.ts';
import { handoffOf, settle } from './settle.ts';
import type { SessionState } from './state.ts';
import { type Heard, hear } from './understand/hear.ts';
import { reported } from './understand/understand.ts';
import { type Weighed, weigh } from './weigh.ts';

/**
 * One utterance in, everything that follows from it out: heard, weighed, decided, worded, settled. It writes nothing and changes nothing
 * (not even the watch), so that the caller can store all of it in one transaction, or none.
 */
export async function respond(parts: RespondParts): Promise<Responded> {
  const before = withoutOld(parts.state, parts.now);
  const heard = await hear(parts, before);
  const weighed = await weigh(parts, heard, before);
  const situation = situationOf(parts, heard, weighed, before);
  const decided = await followArticle(decide(situation), heard.faults, parts, before.cited);
  const move = await lookBack(decided, heard.thing, parts.past, parts.now);
  const asked = askNext(situation, move, heard.told, parts);
  const answer = await wordAnswer(parts, move, heard, weighed, { before, asked });

  const { thing, pack, told } = heard;
  const { state, request, measures, manner, policy, mood } = weighed;
  const handoff = handoffOf(move, policy, measures, before.consents.mood);
  const acknowledged = manner.acknowledgment !== undefined && answer.text.includes(manner.acknowledgment);
  return {
    understanding: reported(heard.understanding),
    answer,
    state: {
      ...settle(state, move, answer, thing, parts.now, asked.test, situation.progress),
      advised: advisedAfter(before, answer, [...heard.faults, ...heard.elsewhere], parts.locale, parts.now),
    },
    faults: [...heard.faults],
    sentiment: weighed.sentiment,
    mood: { ...mood, ...(acknowledged ? { acknowledged: state.turns } : {}) },
    measured: {
      ...(thing ? { family: thing.family } : {}),
      kind: request.kind,
      measures: { ...(before.consents.mood ? measures : withoutMood(measures)) },
    },
    handoff,
    route: routeOf(move.kind === 'emergency' ? { ...request, kind: 'emergency' } : request, handoff?.effect === 'offer' ? null : handoff, {
      called: situation.called,
      severity: measures.severity ?? 0,
      customer: parts.customer,
      skill: skillFor(pack, heard.faults),
    }),
    observations: [...told, ...(thing && move.kind === 'cancelled' && move.emergency ? takenBack(parts, thing.id) : [])].map(
      ({ observation, answer: given }) => ({ thing: thing!.id, observation, answer: given }),
    ),
    ...followUp(move, situation.progress, pack),
    ...(asked.test ? { command: { kind: 'keep', command: asked.test.command } } : {}),
  };
}

/** With a false alarm go the dangers that were told of: whether they are so, nobody knows any more. */
const takenBack = ({ watch }: RespondParts, thing: string) =>
  [...watch.answers(thing)].flatMap(([observation, answer]) =>
    answer === 'yes' && watch.pack(thing)?.observations[observation]?.mind ? [{ observation, answer: 'unsure' as const }] : [],
  );

/** All that is looked at to decide. */
function situationOf(parts: RespondParts, heard: Heard, { policy }: Weighed, state: SessionState): Situation {
  const { thing } = heard;
  const { commands, repairs } = parts;
  return {
    session: parts.session,
    person: parts.person,
    whyNot: parts.whyNot ?? (() => undefined),
    now: parts.now,
    understanding: heard.understanding,
    state,
    text: parts.text,
    thing,
    unclear: heard.unclear,
    pack: heard.pack,
    faults: heard.faults,
    elsewhere: heard.elsewhere,
    diagnosis: heard.diagnosis,
    dtcs: heard.dtcs,
    policy,
    called: parts.called ?? 'nobody',
    progress: thing && repairs.progress(thing.id),
    watched: thing ? repairs.watched(thing.id) : [],
    decided: thing && repairs.decided(thing.id),
    pending: commands.pending,
    underWay: commands.underWay,
    undoable: commands.undoable,
  };
}
