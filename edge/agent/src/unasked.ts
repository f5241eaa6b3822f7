import type { CommandReport, CommandState, Handoff, RepairReport, Turn } from '@wayside/contract';
import { type Locale, newId } from '@wayside/protocol';
import type { AdviceView } from './api/types.ts';
import type { Responded, Unasked } from './dialogue/respond-types.ts';
import { type AfterCommand, afterCommand } from './dialogue/say/after-command.ts';
import { sayAdvice } from './dialogue/say/say-advice.ts';
import { sayRepair } from './dialogue/say/say-repair.ts';
import { joined } from './dialogue/say/wording.ts';
import { findSession, type Session, sayTurn, talkingSince } from './dialogue/session.ts';
import type { Events } from './events.ts';
import type { Log } from './log.ts';
import type { Db } from './store/schema.ts';

/** Who said something within this time is still there. */
const talkingForMs = 30 * 60_000;

/** What the agent says by itself: what came of a command, whether a repair worked. Kept like any other line, and told to who listens. */
export function createUnasked(parts: {
  db: Db;
  log: Log;
  now: () => number;
  events: Events;
  inOrder: <T>(session: string, act: () => Promise<T>) => Promise<T>;
  /** What follows in the conversation from a command that has come to its end. */
  next(session: Session, command: CommandReport): AfterCommand;
  keepRepair(tx: Db, step: NonNullable<Responded['repair']>): Promise<() => void>;
  /** Hands the conversation to a person, in its turn. */
  call(session: string, rule: Handoff['rule']): Promise<unknown>;
  onRecord(): void;
}) {
  const { db, log, now, events, inOrder, onRecord } = parts;

  async function say(session: Session, { answer, state, stepTried, repair }: Unasked): Promise<void> {
    const { text, rung, citations } = answer;
    const turn: Turn = { id: newId('t', now()), session: session.id, at: Math.floor(now()), by: 'agent', text, rung, citations };
    const after = await db.transaction().execute(async (tx) => {
      await sayTurn(tx, session, turn, now());
      if (stepTried)
        await tx
          .insertInto('stepTried')
          .values({ session: session.id, at: turn.at, ...stepTried })
          .execute();
      if (state)
        await tx
          .updateTable('session')
          .set({ state: JSON.stringify(state) })
          .where('id', '=', session.id)
          .execute();
      return repair ? parts.keepRepair(tx, repair) : () => {};
    });
    after();
    events.tellSession(session.id, { event: 'turn', data: { ...turn, answer } });
    onRecord();
  }

  const inSession = (id: string, act: (session: Session) => Promise<void>) =>
    void inOrder(id, async () => act(await findSession(db, id))).catch((err) =>
      log.error({ err, session: id }, 'what came of it could not be said'),
    );

  return {
    say,
    /** A command moved; `before` is undefined for one that is new. */
    command(command: CommandReport, before: CommandState | undefined): void {
      events.tellSession(command.session, { event: 'command', data: command });
      onRecord();
      if (before === undefined || before === 'proposed') return;
      if (!['consented', 'running', 'reading-back'].includes(command.state))
        events.tellSession(command.session, { event: 'outcome', data: { command } });
      inSession(command.session, async (session) => {
        const next = parts.next(session, command);
        const unasked = afterCommand(command, session, next);
        if (unasked) await say(session, { ...unasked, answer: await next.show(unasked.answer) });
        if (unasked?.calls) await parts.call(session.id, unasked.calls);
      });
    },
    /** Advice changed. Danger is also said in every conversation that goes on now, whatever it is about. */
    advice(open: AdviceView[], news: readonly AdviceView[], titleOf: (thing: string, locale: Locale) => string): void {
      events.tellSite({ event: 'advice', data: open });
      for (const one of news) {
        if (one.severity !== 'danger' && one.safety !== 'stop') continue;
        talkingSince(db, now() - talkingForMs).then(
          (sessions) => {
            for (const id of sessions)
              inSession(id, (session) => say(session, { answer: sayAdvice(one, titleOf(one.thing, session.locale), session.locale) }));
          },
          (err) => log.error({ err, advice: one.ref }, 'a danger could not be said in the conversations'),
        );
      }
    },
    /** A repair is watched, or its verdict is there. */
    repair(repair: RepairReport): void {
      events.tellSite({ event: 'repair', data: repair });
      onRecord();
      if (repair.state === 'watching' || repair.session === undefined) return;
      events.tellSession(repair.session, { event: 'outcome', data: { repair } });
      inSession(repair.session, async (session) => {
        const { parts: said, rung, citations = [], more } = sayRepair(repair, session.locale);
        const { pendingOffer: _, ...state } = session.state;
        await say(session, {
          answer: { text: joined(said, session.locale), rung, citations, ...more },
          state: { ...state, ...(repair.state === 'not-fixed' ? { pendingOffer: 'person' as const } : {}) },
        });
      });
    },
  };
}
