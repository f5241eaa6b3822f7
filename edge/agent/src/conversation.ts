import type { Turn } from '@wayside/contract';
import { type Locale, newId, WaysideError } from '@wayside/protocol';
import type { HandoffStatus, Transcript, TurnAnswered } from './api/types.ts';
import type { Responder } from './dialogue/responder.ts';
import { addTurn, findSession, openSession, transcriptOf } from './dialogue/session.ts';
import { takeTurn } from './dialogue/turn.ts';
import { askedRule, type EscalateParts, escalate } from './escalation/escalate.ts';
import { openHandoff } from './escalation/handoffs.ts';
import type { Events } from './events.ts';
import { createInOrder } from './in-order.ts';
import type { Machine } from './machine.ts';
import type { Metrics } from './metrics.ts';
import type { Db } from './store/schema.ts';
import { enqueue } from './sync/outbox.ts';

export type Conversation = {
  open(ask: { channel: string; locale: Locale; person?: string; thing?: string }): Promise<string>;
  take(session: string, turn: { text: string; id?: string }): Promise<TurnAnswered>;
  handOff(session: string): Promise<HandoffStatus>;
  transcript(session: string): Promise<Transcript>;
  seen(session: string, reply: string): Promise<void>;
};

const kept = { en: 'A person has been asked for. It is saved here.', zh: '已请求人工服务，已保存在本机。' };

/** The first journey, utterance → answer, and the beginning of the third, handoff: dialogue and escalation joined. */
export function createConversation(parts: {
  db: Db;
  now: () => number;
  machine: Machine;
  responder: Responder;
  escalation: EscalateParts;
  events: Events;
  metrics: Metrics;
  hubIsThere(): boolean;
  onRecord(): void;
}): Conversation {
  const { db, now, machine, responder, escalation, events, metrics, hubIsThere, onRecord } = parts;
  // One conversation is one line of thought: its turns are taken in turn.
  const inOrder = createInOrder();

  const tell = (session: string, turns: Turn[]) => {
    for (const turn of turns) events.tellSession(session, { event: 'turn', data: turn });
    onRecord();
  };
  const tellHandoff = (session: string, handoff: HandoffStatus) => {
    metrics.handoffs.inc({ rule: handoff.rule });
    events.tellSession(session, { event: 'handoff', data: handoff });
  };

  async function handOff(sessionId: string): Promise<HandoffStatus> {
    const session = await findSession(db, sessionId);
    const note: Turn = {
      id: newId('t', now()),
      session: sessionId,
      at: Math.floor(now()),
      by: 'system',
      text: kept[session.locale],
      citations: [],
    };
    const { status, made } = await db.transaction().execute(async (tx) => {
      const open = await openHandoff(tx, sessionId);
      if (open) return { status: open, made: false };
      await addTurn(tx, note);
      await enqueue(tx, 'turn', note, now());
      return { status: await escalate(escalation, tx, session, askedRule, false), made: true };
    });
    if (made) {
      tell(sessionId, [note]);
      tellHandoff(sessionId, status);
    }
    return status;
  }

  return {
    async open(ask) {
      const things = machine.registry.all();
      if (ask.thing && !machine.registry.get(ask.thing)) throw new WaysideError('not-found', `No thing ${ask.thing} has spoken here.`);
      // With one thing on site there is nothing to ask about which is meant.
      const thing = ask.thing ?? (things.length === 1 ? things[0]?.id : undefined);
      const session = await openSession(db, { ...ask, ...(thing ? { thing } : {}) }, now());
      onRecord();
      return session.id;
    },

    take: (sessionId, ask) =>
      inOrder(sessionId, () => {
        const end = metrics.turnSeconds.startTimer();
        return takeTurn(
          {
            db,
            now,
            respond: (session, text, turn, handedOff) =>
              responder.respond(session, text, {
                handedOff,
                onToken: (token) => events.tellSession(sessionId, { event: 'token', data: { turn, text: token } }),
              }),
            hubIsThere,
            hearsEmergency: responder.hearsEmergency,
            technicianListens: (handoff) => handoff?.state === 'answered' && hubIsThere(),
            handOff: (tx, session, rule, urgent) => escalate(escalation, tx, session, rule, urgent),
            onStored(turns, result, { observations, handoff }) {
              for (const { thing, observation, answer } of observations) machine.watch.answer(thing, observation, answer, now());
              end();
              metrics.turns.inc({ rung: result.answer.rung });
              tell(sessionId, turns);
              if (handoff) tellHandoff(sessionId, handoff);
            },
          },
          sessionId,
          ask,
        );
      }),

    handOff: (session) => inOrder(session, () => handOff(session)),
    transcript: (session) => transcriptOf(db, session),

    async seen(session, reply) {
      const row = await db.selectFrom('handoff').select('case').where('session', '=', session).orderBy('at', 'desc').executeTakeFirst();
      const turn = await db
        .selectFrom('turn')
        .select('id')
        .where('id', '=', reply)
        .where('session', '=', session)
        .where('by', '=', 'technician')
        .executeTakeFirst();
      if (!row || !turn) throw new WaysideError('not-found', 'There is no such reply in this conversation.');
      await enqueue(db, 'seen', { case: row.case, reply, at: Math.floor(now()) }, now());
      onRecord();
    },
  };
}
