import type { CommandReport, Handoff, Turn } from '@wayside/contract';
import { type Locale, type Localized, newId, type Value, WaysideError } from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import type { HandoffStatus, SessionConsents, Transcript, TurnAnswered } from './api/types.ts';
import type { Commands } from './commands/commands.ts';
import { lastUndoable } from './commands/keep.ts';
import { gravest } from './dialogue/decide/graveness.ts';
import { calm } from './dialogue/feelings/mood.ts';
import { createMoods } from './dialogue/feelings/moods.ts';
import type { CommandAct, Responded } from './dialogue/respond-types.ts';
import type { Responder } from './dialogue/responder.ts';
import { whatGoes } from './dialogue/say/say-standing.ts';
import { ended, joined, say } from './dialogue/say/wording.ts';
import { agreeIn, findSession, openSession, type Session, sayTurn, transcriptOf } from './dialogue/session.ts';
import { takeTurn } from './dialogue/turn.ts';
import type { Utterance } from './dialogue/turn-parts.ts';
import type { DeskRoom } from './escalation/desk.ts';
import { askedRule, type EscalateParts, escalate, raise } from './escalation/escalate.ts';
import { latestHandoff, openHandoff, rateHandoff } from './escalation/handoffs.ts';
import type { Events } from './events.ts';
import { createInOrder } from './in-order.ts';
import type { Log } from './log.ts';
import type { Machine } from './machine.ts';
import type { Metrics } from './metrics.ts';
import type { People } from './profiles/people.ts';
import { whyNot } from './profiles/permit.ts';
import type { Repairs } from './repair/repairs.ts';
import type { Db } from './store/schema.ts';
import { enqueue } from './sync/outbox.ts';
import { createUnasked } from './unasked.ts';

/** A command somebody wishes for; with `for`, a technician who looks at the machine live. */
type Wished = { action: string; args: Record<string, Value>; thing?: string | undefined; for?: { by: string; visit: string } };

export type Conversation = {
  /** What the agent says by itself. */
  unasked: ReturnType<typeof createUnasked>;
  /** A command wished for by a tap, not in words: proposed with what it does. */
  propose(session: string, wish: { action: string; args: Record<string, Value>; thing?: string | undefined }): Promise<CommandReport>;
  /** As `propose`, said in the conversation, where it waits for a yes. */
  suggest(session: string, wish: Wished & { thing: string }): Promise<CommandReport>;
  consent(session: string, command: string): Promise<CommandReport>;
  cancel(session: string, command: string): Promise<CommandReport>;
  open(ask: { channel: string; locale: Locale; person?: string; thing?: string }): Promise<string>;
  take(session: string, turn: Utterance): Promise<TurnAnswered>;
  handOff(session: string): Promise<HandoffStatus>;
  /** What the person agrees to have kept and sent, from now on. */
  agree(session: string, change: { mood?: boolean | undefined; contact?: boolean | undefined }): Promise<SessionConsents>;
  transcript(session: string): Promise<Transcript>;
  seen(session: string, reply: string): Promise<void>;
  /** How it was, once it is over; `no`: they would rather not say. @throws WaysideError `conflict` when it is not over or was said before */
  rate(session: string, rating: 'good' | 'bad' | 'no'): Promise<HandoffStatus>;
};

const kept = { en: 'A person has been asked for. It is saved here.', zh: '已请求人工服务，已保存在本机。' };

/** Who would have it done, where it is not the person themselves. */
const asks = (by: string | undefined, locale: Locale) =>
  by === undefined ? undefined : locale === 'zh' ? `${by} 请求执行：` : `${by} asks for this:`;

/** The first journey, utterance → answer, and the beginning of the third, handoff: dialogue and escalation joined. */
export function createConversation(parts: {
  db: Db;
  now: () => number;
  machine: Machine;
  commands: Commands;
  repairs: Repairs;
  log: Log;
  responder: Responder;
  escalation: EscalateParts;
  events: Events;
  metrics: Metrics;
  people: Pick<People, 'keepsToEdge' | 'standing'>;
  hubIsThere(): boolean;
  desk: Pick<DeskRoom, 'note'>;
  onRecord(): void;
}): Conversation {
  const { db, log, now, machine, commands, repairs, responder, escalation, events, metrics, people, hubIsThere, desk, onRecord } = parts;
  // One conversation is one line of thought: its turns are taken in turn.
  const inOrder = createInOrder();
  const moods = createMoods();
  const unasked = createUnasked({
    db,
    log,
    now,
    events,
    inOrder,
    next: responder.after,
    keepRepair: repairs.keep,
    call: handOff,
    onRecord,
  });

  const tell = (session: string, turns: Turn[], answer?: TurnAnswered['answer']) => {
    // What can be tapped comes with the line: it may have been asked by voice, or on another screen.
    for (const turn of turns)
      events.tellSession(session, { event: 'turn', data: turn.by === 'agent' && answer ? { ...turn, answer } : turn });
    onRecord();
  };
  const note = (session: Session, text: Localized, by: 'system' | 'operator' = 'system'): Turn => ({
    id: newId('t', now()),
    session: session.id,
    at: Math.floor(now()),
    by,
    text: text[session.locale],
    citations: [],
  });
  /** Keeps what a turn does to commands and repairs; what is agreed to in it is carried out after it is stored. */
  async function learn(tx: Db, { id, person }: Session, { command, repair }: Pick<Responded, 'command' | 'repair'>): Promise<() => void> {
    if (command?.kind === 'keep') await commands.keep(tx, command.command);
    const repaired = repair && (await repairs.keep(tx, repair));
    return () => {
      repaired?.();
      if (command) act(id, person, command).catch((err) => log.warn({ err: String(err), session: id }, 'a command went no further'));
    };
  }
  async function act(session: string, person: string | undefined, command: CommandAct): Promise<void> {
    const by = { session, ...(person ? { person } : {}) };
    if (command.kind === 'keep') {
      commands.admit(command.command);
      if (command.consent) await commands.consent(command.command.command, { ...by, how: command.consent });
    } else if (command.kind === 'consent') await commands.consent(command.command, { ...by, how: 'agreed' });
    else await commands.cancel(command.command, session);
  }
  const tellHandoff = (session: string, handoff: HandoffStatus) => {
    metrics.handoffs.inc({ rule: handoff.rule });
    events.tellSession(session, { event: 'handoff', data: handoff });
  };

  async function handOff(sessionId: string, rule: Handoff['rule'] = askedRule): Promise<HandoffStatus> {
    const session = await findSession(db, sessionId);
    const { locale, state } = session;
    const safety = gravest(state.thing ? machine.watch.faults(state.thing) : [])?.safetyAdvice[locale];
    const who = desk.note(locale, { safety, said: '', emergency: false });
    const line = note(session, { ...kept, [locale]: joined([kept[locale], who, session.onlyHere ? whatGoes[locale] : undefined], locale) });
    const { status, made } = await db.transaction().execute(async (tx) => {
      const open = await openHandoff(tx, sessionId);
      if (open && open.attention !== 'looks-on') return { status: open, made: false };
      await sayTurn(tx, session, line, now());
      const status = open ? await raise(escalation, tx, session, open, rule) : await escalate(escalation, tx, session, rule);
      await tx
        .updateTable('session')
        .set({ state: JSON.stringify({ ...session.state, case: status.case }) })
        .where('id', '=', sessionId)
        .execute();
      return { status, made: true };
    });
    failpoint('edge.handoff.saved');
    if (made) {
      tell(sessionId, [line]);
      tellHandoff(sessionId, status);
    }
    return status;
  }

  async function proposeIn(session: Session, wish: Wished) {
    const thing = wish.thing ?? session.state.thing;
    if (!thing) throw new WaysideError('invalid', 'Say which thing is meant: this conversation is about none yet.');
    const standing = people.standing(session.person);
    const origin = wish.for ? { kind: 'technician' as const, ...wish.for } : { kind: 'asked' as const };
    return commands.propose({ session: session.id, thing, name: wish.action, args: wish.args, origin }, (risk) => whyNot(standing, risk));
  }

  return {
    async open(ask) {
      const things = machine.registry.all();
      if (ask.thing && !machine.registry.get(ask.thing)) throw new WaysideError('not-found', `No thing ${ask.thing} has spoken here.`);
      // With one thing on site there is nothing to ask about which is meant.
      const thing = ask.thing ?? (things.length === 1 ? things[0]?.id : undefined);
      const onlyHere = people.keepsToEdge(ask.person);
      const session = await openSession(db, { ...ask, onlyHere, ...(thing ? { thing } : {}) }, now());
      onRecord();
      responder.expect(session);
      const where = thing && responder.whereWeWere(thing, session);
      if (where) await unasked.say(session, where);
      return session.id;
    },

    take: (sessionId, ask) =>
      inOrder(sessionId, () => {
        const end = metrics.turnSeconds.startTimer();
        return takeTurn(
          {
            db,
            now,
            respond: async (session, { text, turn, interrupts, spoken, sounds }, called) =>
              responder.respond(session, text, {
                called,
                interrupts,
                spoken,
                sounds,
                // A conversation that has just begun, or begun anew, has no past mood.
                mood: session.state.turns === 0 ? calm : moods.of(session.id),
                undoable: await lastUndoable(db, session.id, now()),
                onToken: (token) => events.tellSession(sessionId, { event: 'token', data: { turn, text: token } }),
              }),
            hubIsThere,
            deskNote: desk.note,
            learn,
            hearsEmergency: responder.hearsEmergency,
            inHome: responder.inHome,
            technicianListens: (handoff) => handoff?.state === 'answered' && hubIsThere(),
            handOff: (tx, session, rule, how) => escalate(escalation, tx, session, rule, how),
            raise: (tx, session, open, rule, how) => raise(escalation, tx, session, open, rule, how),
            onStored(turns, result, { observations, mood, handoff }) {
              moods.put(sessionId, mood);
              for (const { thing, observation, answer } of observations) machine.watch.answer(thing, observation, answer, now());
              end();
              metrics.turns.inc({ rung: result.answer.rung });
              tell(sessionId, turns, result.answer);
              if (handoff) tellHandoff(sessionId, handoff);
            },
          },
          sessionId,
          ask,
        );
      }),

    unasked,
    propose: async (sessionId, wish) => proposeIn(await findSession(db, sessionId), wish),
    suggest: (sessionId, wish) =>
      inOrder(sessionId, async () => {
        const session = await findSession(db, sessionId);
        const command = await proposeIn(session, wish);
        const { locale } = session;
        const said =
          command.state === 'refused'
            ? [say('notDone', locale), command.why?.[locale]]
            : [asks(wish.for?.by, locale), ended(command.title[locale], locale), command.effect?.[locale], say('shallI', locale)];
        await unasked.say(session, { answer: { text: joined(said, locale), rung: 'grammar', citations: [], command } });
        return command;
      }),
    consent: (sessionId, id) =>
      inOrder(sessionId, async () => {
        const session = await findSession(db, sessionId);
        const command = await commands.consent(id, {
          session: sessionId,
          how: 'agreed',
          ...(session.person ? { person: session.person } : {}),
        });
        const line = note(session, { en: `Agreed: ${command.title.en}`, zh: `已同意：${command.title.zh}` });
        await db.transaction().execute(async (tx) => {
          await sayTurn(tx, session, line, now());
        });
        tell(sessionId, [line]);
        return command;
      }),
    async cancel(sessionId, id) {
      await findSession(db, sessionId);
      return commands.cancel(id, sessionId);
    },

    handOff: (session) => inOrder(session, () => handOff(session)),
    agree: (id, change) => inOrder(id, () => agreeIn(db, id, change, now())),
    transcript: (session) => transcriptOf(db, session),

    rate: (session, rating) =>
      inOrder(session, async () => {
        const last = await latestHandoff(db, session);
        const moved = last && (await db.transaction().execute((tx) => rateHandoff(tx, last.case, rating, now())));
        if (!moved) throw new WaysideError('conflict', 'Nobody asks how it was: it is not over, or that was said before.');
        const { session: _, ...status } = moved;
        events.tellSession(session, { event: 'handoff', data: status });
        onRecord();
        return status;
      }),

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
