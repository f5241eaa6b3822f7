import { type Handoff, handoff as handoffSchema, type Raise } from '@wayside/contract';
import type { Localized } from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import { sql } from 'kysely';
import type { HandoffState, HandoffStatus } from '../api/types.ts';
import type { Db } from '../store/schema.ts';
import { overtaken } from '../sync/ahead.ts';
import { enqueue, toldThrough } from '../sync/outbox.ts';

/** The order in which a handoff moves. Back it moves only when a resolved one is opened again, or when it asks for more than the hub knows. */
const order: readonly HandoffState[] = ['saved', 'at-hub', 'seen', 'answered', 'resolved'];

const shown = ['case', 'state', 'rule', 'because', 'urgency', 'attention', 'technician', 'safe', 'rated'] as const;

/** The handoff of a session that is not resolved yet, if any: asking again is the same handoff, never a second case. */
export async function openHandoff(db: Db, session: string): Promise<HandoffStatus | null> {
  const row = await db
    .selectFrom('handoff')
    .select(shown)
    .where('session', '=', session)
    .where('state', '!=', 'resolved')
    .orderBy('at', 'desc')
    .executeTakeFirst();
  return row ? statusOf(row) : null;
}

/** The newest handoff of a session, resolved or not. */
export async function latestHandoff(db: Db, session: string): Promise<HandoffStatus | null> {
  const row = await db.selectFrom('handoff').select(shown).where('session', '=', session).orderBy('at', 'desc').executeTakeFirst();
  return row ? statusOf(row) : null;
}

/** Keeps a handoff and queues it for the hub, in the caller's transaction. */
export async function saveHandoff(tx: Db, capsule: Handoff): Promise<HandoffStatus> {
  const row = {
    because: JSON.stringify(capsule.rule.because),
    case: capsule.case,
    session: capsule.session,
    at: capsule.at,
    state: 'saved',
    rule: capsule.rule.id,
    urgency: capsule.urgency,
    attention: capsule.attention,
    technician: null,
    safe: 0,
    rated: null,
  };
  await tx
    .insertInto('handoff')
    .values({ ...row, capsule: JSON.stringify(capsule) })
    .execute();
  await enqueue(tx, 'handoff', handoffSchema.parse(capsule), capsule.at);
  failpoint('edge.handoff.written');
  return statusOf(row);
}

/**
 * Makes an open handoff urgent, or one that only asked somebody to look on a request to take over, and tells the hub why, in the caller's transaction. Where a technician
 * has seen it, it goes on from there; else it is saved here until the hub has this, too.
 */
export async function raiseHandoff(tx: Db, raise: Raise): Promise<HandoffStatus> {
  await tx
    .updateTable('handoff')
    .set((e) => ({
      urgency: raise.urgency,
      attention: raise.attention,
      rule: raise.rule.id,
      because: JSON.stringify(raise.rule.because),
      state: e.case().when('state', '=', 'at-hub').then('saved').else(e.ref('state')).end(),
    }))
    .where('case', '=', raise.case)
    .execute();
  await enqueue(tx, 'raise', raise, raise.at);
  return statusOf(await tx.selectFrom('handoff').select(shown).where('case', '=', raise.case).executeTakeFirstOrThrow());
}

/**
 * Moves a handoff forward.
 * @returns its new status, or null when it did not move (it is already further, or unknown here)
 */
export async function advance(
  tx: Db,
  caseId: string,
  to: HandoffState,
  technician?: string,
): Promise<(HandoffStatus & { session: string }) | null> {
  const row = await tx
    .selectFrom('handoff')
    .select([...shown, 'session'])
    .where('case', '=', caseId)
    .executeTakeFirst();
  if (!row || order.indexOf(row.state as HandoffState) >= order.indexOf(to)) return null;
  const changed = { state: to, technician: technician ?? row.technician };
  await tx.updateTable('handoff').set(changed).where('case', '=', caseId).execute();
  return { ...statusOf({ ...row, ...changed }), session: row.session };
}

/**
 * A resolved handoff is open again, at the hub, with nobody on it yet.
 * @returns its new status, or null when it was not resolved here
 */
export async function reopen(tx: Db, caseId: string): Promise<(HandoffStatus & { session: string }) | null> {
  const row = await tx
    .updateTable('handoff')
    .set({ state: 'at-hub', technician: null })
    .where('case', '=', caseId)
    .where('state', '=', 'resolved')
    .returning([...shown, 'session'])
    .executeTakeFirst();
  return row ? { ...statusOf(row), session: row.session } : null;
}

/**
 * Keeps how it was, once: as the person tapped, or that they have said it elsewhere.
 * @returns the handoff's new status, or null when it was said before or there is none that is over
 */
export async function rateHandoff(
  tx: Db,
  caseId: string,
  rated: NonNullable<HandoffStatus['rated']>,
  now: number,
): Promise<(HandoffStatus & { session: string }) | null> {
  const row = await tx
    .updateTable('handoff')
    .set({ rated })
    .where('case', '=', caseId)
    .where('state', '=', 'resolved')
    .where('rated', 'is', null)
    .returning([...shown, 'session'])
    .executeTakeFirst();
  if (!row) return null;
  if (rated === 'good' || rated === 'bad') await enqueue(tx, 'rated', { case: caseId, satisfaction: rated, at: Math.floor(now) }, now);
  return { ...statusOf(row), session: row.session };
}

/** Handoffs that are saved here and, as the outbox shows, have just arrived at the hub with all that was asked for since. The words are those of an index. */
export async function arrived(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('handoff').select('case').where('state', '=', 'saved').execute();
  if (rows.length === 0) return [];
  const waiting = await db
    .selectFrom('outbox')
    .select(['kind', 'body'])
    .where(sql<boolean>`kind in ('handoff', 'raise', 'consent', 'command')`)
    .where('seq', '>', await toldThrough(db))
    .where('seq', 'not in', await overtaken(db))
    .execute();
  const asks = waiting.filter(({ kind }) => kind === 'handoff' || kind === 'raise');
  const still = new Set(asks.map(({ body }) => (JSON.parse(body) as { case: string }).case));
  return rows.map((r) => r.case).filter((c) => !still.has(c));
}

/**
 * Notes which handoffs the hub's loss would not take any more: the edge keeps nothing of them for that.
 * @returns those that have just become safe
 */
export async function becameSafe(db: Db): Promise<(HandoffStatus & { session: string })[]> {
  const rows = await db
    .updateTable('handoff')
    .set({ safe: 1 })
    .where('safe', '=', 0)
    .where('state', 'not in', ['saved', 'resolved'])
    .where('case', 'not in', (e) =>
      e.selectFrom('outbox').select(sql<string>`json_extract(body, '$.case')`.as('case')).where('kind', '=', 'handoff'),
    )
    .returning([...shown, 'session'])
    .execute();
  return rows.map((row) => ({ ...statusOf(row), session: row.session }));
}

type Row = {
  case: string;
  state: string;
  rule: string;
  because: string | null;
  urgency: string;
  attention: string;
  technician: string | null;
  safe: number;
  rated: string | null;
};

function statusOf(row: Row): HandoffStatus {
  return {
    case: row.case,
    state: row.state as HandoffState,
    rule: row.rule,
    urgency: row.urgency as HandoffStatus['urgency'],
    attention: row.attention as HandoffStatus['attention'],
    ...(row.because ? { because: JSON.parse(row.because) as Localized } : {}),
    ...(row.technician ? { technician: row.technician } : {}),
    ...(row.safe ? { safe: true } : {}),
    ...(row.rated ? { rated: row.rated as NonNullable<HandoffStatus['rated']> } : {}),
  };
}
