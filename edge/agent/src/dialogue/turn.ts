import type { Turn } from '@wayside/contract';
import { type Called, type Effect, takesOver } from '@wayside/packs';
import { type Locale, newId, WaysideError } from '@wayside/protocol';
import type { HandoffStatus, TurnAnswered } from '../api/types.ts';
import type { DeskRoom } from '../escalation/desk.ts';
import type { How } from '../escalation/escalate.ts';
import { openHandoff } from '../escalation/handoffs.ts';
import type { Db } from '../store/schema.ts';
import { enqueue, recordHere } from '../sync/outbox.ts';
import { gravest } from './decide.ts';
import { emergencyRule } from './emergency.ts';
import { calm } from './feelings/mood.ts';
import type { HomeCall, HomeOffered } from './home/home.ts';
import { readable } from './readable.ts';
import type { Responded } from './respond.ts';
import { findSession, type Session, sayTurn } from './session.ts';
import { startClean } from './state.ts';
import { ended, say } from './wording.ts';

/** With a technician speaking nobody decides who takes it. */
type Quiet = Omit<Responded, 'route'> & Partial<Pick<Responded, 'route'>>;
type HandoffRule = NonNullable<Responded['handoff']>['rule'];

/** `id`: the same twice is one turn. `voice`: it was spoken. `home`: what the client itself controls. */
export type Utterance = {
  text: string;
  id?: string;
  interrupts?: boolean;
  voice?: NonNullable<Turn['voice']>;
  home?: HomeOffered | undefined;
};

export type TurnParts = {
  db: Db;
  now: () => number;
  /** Works out what to say; writes nothing. */
  respond(session: Session, ask: { text: string; turn: string; interrupts: boolean; spoken: boolean }, called: Called): Promise<Responded>;
  /** True while a technician is in this conversation and can be reached: then the agent does not talk over them. */
  technicianListens(handoff: HandoffStatus | null): boolean;
  /** Danger to somebody: told what to do at once, whoever is in the conversation. */
  hearsEmergency(session: Session, text: string): boolean;
  /** What the client is to do in the home it controls; undefined where the sentence is about a machine of ours, or nothing there is meant. */
  inHome(session: Session, text: string, home: HomeOffered): Promise<HomeCall | undefined>;
  /** Can the hub be reached now? Only decides what is said about a handoff. */
  hubIsThere(): boolean;
  /** Who is there to help, where there is something to say of it. */
  deskNote: DeskRoom['note'];
  /** Packs and keeps a handoff in the given transaction. */
  handOff(tx: Db, session: Session, rule: HandoffRule, how: How): Promise<HandoffStatus>;
  /** Makes an open handoff ask for more, in the given transaction: more urgently, or to take over. */
  raise(tx: Db, session: Session, open: HandoffStatus, rule: HandoffRule, how: How): Promise<HandoffStatus>;
  /** Keeps what the turn does to commands and repairs, in its transaction. The returned act makes it so, after the commit. */
  learn(tx: Db, session: Session, responded: Pick<Responded, 'command' | 'repair'>): Promise<() => void>;
  /** After the commit: something new to show and to send. */
  onStored(
    turns: Turn[],
    answered: TurnAnswered,
    learned: Pick<Responded, 'observations' | 'mood'> & { handoff: HandoffStatus | null },
  ): void;
};

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
          { text, turn: id, interrupts: ask.interrupts ?? false, spoken: ask.voice !== undefined },
          calledBy(open),
        );
  const wanted = responded.handoff;
  const handsOff = wanted !== null && wanted.effect !== 'offer' && !open;
  const attention = wanted && takesOver(wanted.effect) ? 'takes-over' : 'looks-on';
  const raised = open && wanted && asksForMore(open, wanted.effect) ? { open, rule: wanted.rule } : undefined;
  const answer =
    (handsOff || raised) && attention === 'takes-over'
      ? { ...responded.answer, text: withStanding(responded, parts, session.locale) }
      : responded.answer;

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
  const { text: answered, rung, citations } = answer;
  const lines: Turn[] = quiet
    ? [said]
    : [said, { id: `${id}.a`, session: sessionId, at: Math.floor(now()), by: 'agent', text: answered, rung, citations }];

  let learned = () => {};
  const result = await db.transaction().execute(async (tx) => {
    await keepLearned(tx, sessionId, responded, at);
    const { state, route } = responded;
    const how: How = { urgent: wanted?.effect === 'handoff-urgent', mood: responded.mood, ...(route ? { route } : {}) };
    learned = await parts.learn(tx, session, responded);
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
    await tx
      .updateTable('turn')
      .set({ answered: JSON.stringify(kept) })
      .where('id', '=', id)
      .execute();
    return whole;
  });
  learned();
  parts.onStored(lines, result, {
    observations: responded.observations,
    mood: responded.mood,
    handoff: handsOff || raised ? result.handoff : null,
  });
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

const calledBy = (open: HandoffStatus | null): Called =>
  open === null ? 'nobody' : open.attention === 'looks-on' ? 'looks-on' : open.urgency === 'urgent' ? 'person-urgently' : 'person';

/** A wish for a person is nothing new to a case that is taken over already; danger is, unless it is urgent. */
const asksForMore = (open: HandoffStatus, effect: Effect): boolean =>
  (takesOver(effect) && open.attention === 'looks-on') || (effect === 'handoff-urgent' && open.urgency !== 'urgent');

/** What the turn taught: what the person saw, which step was tried. */
async function keepLearned(
  tx: Db,
  session: string,
  { observations, stepTried }: Pick<Responded, 'observations' | 'stepTried'>,
  at: number,
): Promise<void> {
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
}

/** Where the conversation stands. */
async function keepState(tx: Db, session: string, state: Session['state']): Promise<void> {
  await tx
    .updateTable('session')
    .set({ state: JSON.stringify(state), thing: state.thing ?? null })
    .where('id', '=', session)
    .execute();
}

/** The answer, where the fresh handoff stands, and who is there to take it. */
function withStanding({ answer, faults, handoff }: Quiet, { hubIsThere, deskNote }: TurnParts, locale: Locale): string {
  const said = joined(answer.text, keptNote(hubIsThere(), locale), locale);
  const note = deskNote(locale, {
    safety: gravest(faults)?.safetyAdvice[locale],
    said: answer.text,
    emergency: handoff?.rule.id === emergencyRule.id,
  });
  return note ? joined(said, note, locale) : said;
}

/** Where a fresh handoff stands, said aloud: the truth on disk, nothing more. */
function keptNote(hubIsThere: boolean, locale: Locale): string {
  if (locale === 'zh') return hubIsThere ? '已保存，正在发送。' : '现在没有网络，已保存在本机，一联网就会送出。';
  return hubIsThere ? 'It is saved and on its way.' : 'There is no connection now; it is saved here and goes out as soon as there is one.';
}

const joined = (first: string, second: string, locale: Locale) => `${first}${locale === 'zh' ? '' : ' '}${second}`;

/** What the client controls is its to do; the agent says what it asked for, and nothing of its own changes. */
function asksTheHome(session: Session, { name, arguments: given }: HomeCall): Quiet {
  const whom = String(given.name ?? given.area ?? given.floor ?? '');
  return {
    understanding: { kind: 'intent', intent: 'home', confidence: 1 },
    answer: { text: ended(`${say('homeAsked', session.locale)} ${name} ${whom}`, session.locale), rung: 'grammar', citations: [] },
    state: session.state,
    ...nothingElse,
  };
}

/** A technician is in the conversation: the words go to them, and the agent says only that. */
function passedOn(session: Session, handoff: HandoffStatus): Quiet {
  const name = handoff.technician ?? (session.locale === 'zh' ? '技术员' : 'the technician');
  return {
    understanding: { kind: 'unknown' },
    answer: { text: session.locale === 'zh' ? `已发给${name}。` : `Sent to ${name}.`, rung: 'human', citations: [] },
    state: session.state,
    ...nothingElse,
  };
}

const nothingElse = {
  faults: [],
  sentiment: null,
  mood: calm,
  measured: { measures: {} },
  handoff: null,
  observations: [],
} satisfies Partial<Quiet>;
