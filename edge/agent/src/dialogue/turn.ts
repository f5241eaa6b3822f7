import type { Turn } from '@wayside/contract';
import { newId, WaysideError } from '@wayside/protocol';
import type { HandoffStatus, TurnAnswered } from '../api/types.ts';
import { openHandoff } from '../escalation/handoffs.ts';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import type { Responded } from './respond.ts';
import { addTurn, findSession, type Session } from './session.ts';

export type TurnParts = {
  db: Db;
  now: () => number;
  /** Works out what to say; writes nothing. */
  respond(session: Session, text: string, turn: string): Promise<Responded>;
  /** True while a technician is in this conversation and can be reached: then the agent does not talk over them. */
  technicianListens(handoff: HandoffStatus | null): boolean;
  /** Packs and keeps a handoff in the given transaction. */
  handOff(
    tx: Db,
    session: Session,
    rule: { id: string; because: { en: string; zh: string }; measures: Record<string, number> },
    urgent: boolean,
  ): Promise<HandoffStatus>;
  /** After the commit: something new to show and to send. */
  onStored(turns: Turn[], answered: TurnAnswered, newHandoff: HandoffStatus | null): void;
};

/**
 * One utterance, answered: the operator's line, the answer, what was learned from it and the records for the hub are one
 * transaction, so that a turn that was acknowledged is all there and a retry with the same id gets the same answer.
 */
export async function takeTurn(parts: TurnParts, sessionId: string, ask: { text: string; id?: string }): Promise<TurnAnswered> {
  const { db, now } = parts;
  const session = await findSession(db, sessionId);
  const id = ask.id ?? newId('t', now());
  const before = await db.selectFrom('turn').select(['session', 'answered']).where('id', '=', id).executeTakeFirst();
  if (before) {
    if (before.session !== sessionId || !before.answered)
      throw new WaysideError('conflict', `Turn ${id} is already somebody else's. Use a new id.`);
    return JSON.parse(before.answered) as TurnAnswered;
  }

  const at = Math.floor(now());
  const open = await openHandoff(db, sessionId);
  const quiet = parts.technicianListens(open);
  const responded = quiet ? passedOn(session, open as HandoffStatus) : await parts.respond(session, ask.text, id);

  const said: Turn = {
    id,
    session: sessionId,
    at,
    by: 'operator',
    text: ask.text,
    citations: [],
    ...(responded.understanding.intent ? { intent: responded.understanding.intent } : {}),
    ...(responded.understanding.confidence === undefined ? {} : { confidence: responded.understanding.confidence }),
  };
  const reply: Turn = {
    id: `${id}.a`,
    session: sessionId,
    at: Math.floor(now()),
    by: 'agent',
    text: responded.answer.text,
    rung: responded.answer.rung,
    citations: responded.answer.citations,
  };
  const lines = quiet ? [said] : [said, reply];

  const answered = await db.transaction().execute(async (tx) => {
    for (const { observation, answer, thing } of responded.observations) {
      const row = { answer, at, session: sessionId };
      await tx
        .insertInto('observation')
        .values({ thing, observation, ...row })
        .onConflict((c) => c.columns(['thing', 'observation']).doUpdateSet(row))
        .execute();
    }
    if (responded.stepTried)
      await tx
        .insertInto('stepTried')
        .values({ session: sessionId, at, ...responded.stepTried })
        .execute();
    await tx
      .updateTable('session')
      .set({ state: JSON.stringify(responded.state), thing: responded.state.thing ?? null })
      .where('id', '=', sessionId)
      .execute();
    // The lines first: the capsule carries the whole conversation, this turn included.
    if (!(await addTurn(tx, said, '{}'))) throw new WaysideError('conflict', `Turn ${id} is being answered already.`);
    if (!quiet) await addTurn(tx, reply);
    for (const line of lines) await enqueue(tx, 'turn', line, at);
    const { handoff: wanted } = responded;
    const handoff =
      wanted && wanted.effect !== 'offer' && !open
        ? await parts.handOff(tx, session, wanted.rule, wanted.effect === 'handoff-urgent')
        : open;
    const result: TurnAnswered = {
      turn: id,
      understanding: responded.understanding,
      answer: { ...responded.answer, ...(wanted?.effect === 'offer' ? { offerPerson: true } : {}) },
      faults: responded.faults,
      sentiment: responded.sentiment,
      handoff,
    };
    await tx
      .updateTable('turn')
      .set({ answered: JSON.stringify(result) })
      .where('id', '=', id)
      .execute();
    return result;
  });
  parts.onStored(lines, answered, open ? null : answered.handoff);
  return answered;
}

/** A technician is in the conversation: the words go to them, and the agent says only that. */
function passedOn(session: Session, handoff: HandoffStatus): Responded {
  const name = handoff.technician ?? (session.locale === 'zh' ? '技术员' : 'the technician');
  return {
    understanding: { kind: 'unknown' },
    answer: { text: session.locale === 'zh' ? `已发给${name}。` : `Sent to ${name}.`, rung: 'human', citations: [] },
    state: session.state,
    faults: [],
    sentiment: 0,
    handoff: null,
    observations: [],
  };
}
