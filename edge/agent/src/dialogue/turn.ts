import type { Turn } from '@wayside/contract';
import { type Locale, newId, WaysideError } from '@wayside/protocol';
import type { HandoffStatus, TurnAnswered } from '../api/types.ts';
import { openHandoff } from '../escalation/handoffs.ts';
import type { Db } from '../store/schema.ts';
import { enqueue, recordHere } from '../sync/outbox.ts';
import type { Responded } from './respond.ts';
import { findSession, type Session, sayTurn } from './session.ts';

export type TurnParts = {
  db: Db;
  now: () => number;
  /** Works out what to say; writes nothing. */
  respond(session: Session, text: string, turn: string, handedOff: boolean): Promise<Responded>;
  /** True while a technician is in this conversation and can be reached: then the agent does not talk over them. */
  technicianListens(handoff: HandoffStatus | null): boolean;
  /** Danger to somebody: told what to do at once, whoever is in the conversation. */
  hearsEmergency(session: Session, text: string): boolean;
  /** Can the hub be reached now? Only decides what is said about a handoff. */
  hubIsThere(): boolean;
  /** Packs and keeps a handoff in the given transaction. */
  handOff(
    tx: Db,
    session: Session,
    rule: { id: string; because: { en: string; zh: string }; measures: Record<string, number> },
    urgent: boolean,
  ): Promise<HandoffStatus>;
  /** Keeps what the turn does to commands and repairs, in its transaction. The returned act makes it so, after the commit. */
  learn(tx: Db, session: Session, responded: Responded): Promise<() => void>;
  /** After the commit: something new to show and to send. */
  onStored(
    turns: Turn[],
    answered: TurnAnswered,
    learned: { observations: Responded['observations']; handoff: HandoffStatus | null },
  ): void;
};

/**
 * One utterance, answered: the operator's line, the answer, what was learned from it and the records for the hub are one
 * transaction, so that a turn that was acknowledged is all there and a retry with the same id gets the same answer.
 */
export async function takeTurn(parts: TurnParts, sessionId: string, ask: { text: string; id?: string }): Promise<TurnAnswered> {
  const { db, now } = parts;
  const session = await findSession(db, sessionId);
  const id = ask.id ?? newId('t', now());
  const earlier = await answeredBefore(db, id, sessionId);
  if (earlier) return earlier;

  const at = Math.floor(now());
  const open = await openHandoff(db, sessionId);
  const quiet = parts.technicianListens(open) && !parts.hearsEmergency(session, ask.text);
  const responded = quiet ? passedOn(session, open as HandoffStatus) : await parts.respond(session, ask.text, id, open !== null);
  const wanted = responded.handoff;
  const handsOff = wanted !== null && wanted.effect !== 'offer' && !open;
  const answer = handsOff
    ? { ...responded.answer, text: joined(responded.answer.text, keptNote(parts.hubIsThere(), session.locale), session.locale) }
    : responded.answer;

  const { intent, confidence } = responded.understanding;
  const said: Turn = {
    id,
    session: sessionId,
    at,
    by: 'operator',
    text: ask.text,
    citations: [],
    ...(intent ? { intent } : {}),
    ...(confidence === undefined ? {} : { confidence }),
  };
  const { text, rung, citations } = answer;
  const lines: Turn[] = quiet
    ? [said]
    : [said, { id: `${id}.a`, session: sessionId, at: Math.floor(now()), by: 'agent', text, rung, citations }];

  let learned = () => {};
  const result = await db.transaction().execute(async (tx) => {
    await keepLearned(tx, sessionId, responded, at);
    learned = await parts.learn(tx, session, responded);
    // The lines first: the capsule carries the whole conversation, this turn included.
    for (const line of lines) {
      await sayTurn(tx, session, line, at);
    }
    if (wanted) await recordEffect(tx, session, id, wanted, at);
    const handoff = handsOff
      ? await parts.handOff(tx, { ...session, state: responded.state }, wanted.rule, wanted.effect === 'handoff-urgent')
      : open;
    const { understanding, faults, sentiment } = responded;
    const answered: TurnAnswered = { turn: id, understanding, answer, faults, sentiment, handoff };
    await tx
      .updateTable('turn')
      .set({ answered: JSON.stringify(answered) })
      .where('id', '=', id)
      .execute();
    return answered;
  });
  learned();
  parts.onStored(lines, result, { observations: responded.observations, handoff: handsOff ? result.handoff : null });
  return result;
}

/** What was answered to this turn when it came the first time. Throws `conflict` when the id is another conversation's. */
async function answeredBefore(db: Db, id: string, session: string): Promise<TurnAnswered | undefined> {
  const row = await db.selectFrom('turn').select(['session', 'answered']).where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  if (row.session !== session || !row.answered) throw new WaysideError('conflict', `Turn ${id} is already somebody else's. Use a new id.`);
  return JSON.parse(row.answered) as TurnAnswered;
}

/** A rule of the policy had an effect, whatever became of it. */
function recordEffect(tx: Db, { id, onlyHere }: Session, turn: string, { rule, effect }: NonNullable<Responded['handoff']>, at: number) {
  const body = { session: id, turn, rule: rule.id, effect, measures: rule.measures, at };
  return (onlyHere ? recordHere : enqueue)(tx, 'policy', body, at);
}

/** What the turn taught: what the person saw, which step was tried, where the conversation stands. */
async function keepLearned(tx: Db, session: string, { observations, stepTried, state }: Responded, at: number): Promise<void> {
  for (const { observation, answer, thing } of observations) {
    const row = { answer, at, session };
    await tx
      .insertInto('observation')
      .values({ thing, observation, ...row })
      .onConflict((c) => c.columns(['thing', 'observation']).doUpdateSet(row))
      .execute();
  }
  if (stepTried) {
    await tx
      .insertInto('stepTried')
      .values({ session, at, ...stepTried })
      .execute();
  }
  await tx
    .updateTable('session')
    .set({ state: JSON.stringify(state), thing: state.thing ?? null })
    .where('id', '=', session)
    .execute();
}

/** Where a fresh handoff stands, said aloud: the truth on disk, nothing more. */
function keptNote(hubIsThere: boolean, locale: Locale): string {
  if (locale === 'zh') return hubIsThere ? '已保存，正在发送。' : '现在没有网络，已保存在本机，一联网就会送出。';
  return hubIsThere ? 'It is saved and on its way.' : 'There is no connection now; it is saved here and goes out as soon as there is one.';
}

const joined = (first: string, second: string, locale: Locale) => `${first}${locale === 'zh' ? '' : ' '}${second}`;

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
