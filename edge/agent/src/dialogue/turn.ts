import type { Turn } from '@wayside/contract';
import { type Called, type Effect, takesOver } from '@wayside/packs';
import { newId } from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import type { HandoffStatus, TurnAnswered } from '../api/types.ts';
import type { How } from '../escalation/escalate.ts';
import { openHandoff } from '../escalation/handoffs.ts';
import { answeredBefore, keepAnswered, keepLearned, keepState, recordEffect } from './keep-turn.ts';
import { asksTheHome, passedOn } from './quiet-answers.ts';
import { stillIn } from './say/mark-parts.ts';
import { whatGoes, withStanding } from './say/say-standing.ts';
import { joined } from './say/wording.ts';
import { countTalk, findSession, sayTurn } from './session.ts';
import { type SessionState, startClean } from './state.ts';
import type { Quiet, TurnParts, Utterance } from './turn-parts.ts';
import { readable } from './understand/readable.ts';

/**
 * One utterance, answered: the operator's line, the answer, what was learned from it and the records for the hub are one
 * transaction, so that a turn that was acknowledged is all there and a retry with the same id gets the same answer.
 */
export async function takeTurn(parts: TurnParts, sessionId: string, ask: Utterance): Promise<TurnAnswered> {
  const { db, now } = parts;
  const text = readable(ask.text);
  const found = await findSession(db, sessionId);
  const id = ask.id ?? newId('t', now());
  const earlier = await answeredBefore(db, id, sessionId);
  if (earlier) return earlier;

  const at = Math.floor(now());
  const open = await openHandoff(db, sessionId);
  // Its case was resolved: what led to it is over, and no rule that led to it is still waiting to fire.
  const session = found.state.case !== undefined && !open ? { ...found, state: startClean(found.state) } : found;
  const quiet = parts.technicianListens(open) && !parts.hearsEmergency(session, text);
  const call = ask.home && !quiet ? await parts.inHome(session, text, ask.home) : undefined;
  const responded: Quiet = quiet
    ? passedOn(session, open as HandoffStatus)
    : call
      ? asksTheHome(session, call)
      : await parts.respond(
          session,
          { text, turn: id, interrupts: ask.interrupts ?? false, spoken: ask.voice !== undefined, sounds: ask.sounds },
          calledBy(open),
        );
  const wanted = responded.handoff;
  const handsOff = wanted !== null && wanted.effect !== 'offer' && !open;
  const attention = wanted && takesOver(wanted.effect) ? 'takes-over' : 'looks-on';
  const another = isAnother(session.state.emergency, responded.state.emergency);
  const raised = open && wanted && (another || asksForMore(open, wanted.effect)) ? { open, rule: wanted.rule } : undefined;
  // How long mending takes is told by what is wrong, and who waits for a person says nothing of it.
  const waiting = responded.understanding.intent === 'how-long' && responded.answer.rung === 'grammar';
  const deskNote = waiting ? parts.deskNote(session.locale, { safety: undefined, said: '', emergency: false }) : undefined;
  const told = deskNote
    ? { ...responded.answer, text: joined([responded.answer.text, deskNote], session.locale) }
    : (handsOff || raised) && attention === 'takes-over'
      ? { ...responded.answer, text: withStanding(responded, parts, session.locale) }
      : responded.answer;
  const answer = handsOff && session.onlyHere ? { ...told, text: joined([told.text, whatGoes[session.locale]], session.locale) } : told;

  const { intent, confidence } = responded.understanding;
  const said: Turn = {
    id,
    session: sessionId,
    at,
    by: 'operator',
    text,
    citations: [],
    ...(intent ? { intent } : {}),
    ...(confidence === undefined ? {} : { confidence }),
    ...(quiet ? {} : { measured: responded.measured }),
    ...(ask.voice ? { voice: ask.voice } : {}),
  };
  const { text: answered, parts: shown, rung, citations } = answer;
  const lines: Turn[] = quiet
    ? [said]
    : [
        said,
        {
          id: `${id}.a`,
          session: sessionId,
          at: Math.floor(now()),
          by: 'agent',
          text: answered,
          ...stillIn(answered, shown),
          rung,
          citations,
        },
      ];

  let learned = () => {};
  const result = await db.transaction().execute(async (tx) => {
    await keepLearned(tx, sessionId, responded, at);
    const { state, route } = responded;
    const how: How = { urgent: wanted?.effect === 'handoff-urgent', mood: responded.mood, ...(route ? { route } : {}) };
    learned = await parts.learn(tx, session, responded);
    await countTalk(tx, session, answer.citations, at);
    // The lines first: the capsule carries the whole conversation, this turn included.
    for (const line of lines) {
      await sayTurn(tx, session, line, at);
    }
    if (wanted) await recordEffect(tx, session, id, wanted, at);
    const handoff = handsOff
      ? await parts.handOff(tx, { ...session, state }, wanted.rule, { ...how, attention })
      : raised
        ? await parts.raise(tx, { ...session, state }, raised.open, raised.rule, how)
        : open;
    await keepState(tx, sessionId, handoff ? { ...state, case: handoff.case } : state);
    const { understanding, faults, sentiment } = responded;
    const whole: TurnAnswered = {
      turn: id,
      understanding,
      answer,
      faults,
      sentiment,
      handoff,
      ...(route ? { route } : {}),
      ...(call ? { homeCall: call } : {}),
    };
    // How it sounded is kept only where that was agreed to; a retry is answered the same but for it.
    const kept: TurnAnswered = state.consents.mood ? whole : { ...whole, sentiment: null };
    await keepAnswered(tx, id, kept);
    failpoint('edge.turn.before-commit');
    return whole;
  });
  failpoint('edge.turn.stored');
  learned();
  parts.onStored(lines, result, {
    observations: responded.observations,
    mood: responded.mood,
    handoff: handsOff || raised ? result.handoff : null,
  });
  return result;
}

const calledBy = (open: HandoffStatus | null): Called =>
  open === null ? 'nobody' : open.attention === 'looks-on' ? 'looks-on' : open.urgency === 'urgent' ? 'person-urgently' : 'person';

/** An emergency where there was none, or another than was told of before: it is news, however urgent the case is. */
const isAnother = (before: SessionState['emergency'], now: SessionState['emergency']): boolean =>
  now !== undefined && now.hazard !== before?.hazard;

/** A wish for a person is nothing new to a case that is taken over already; danger is, unless it is urgent. */
const asksForMore = (open: HandoffStatus, effect: Effect): boolean =>
  (takesOver(effect) && open.attention === 'looks-on') || (effect === 'handoff-urgent' && open.urgency !== 'urgent');
