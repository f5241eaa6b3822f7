import type { HistoryPiece, PersonReport, Turn } from '@wayside/contract';
import { newestTurns } from '../cases/turns.ts';
import type { Change } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import type { UpBody } from '../sync/read-record.ts';
import { eraseFrom } from './erase.ts';

/** Of each conversation that was held before an edge joined, so many lines; and so many conversations. */
const mostTurns = 200;
const mostSessions = 20;

/** What somebody at an edge has decided about their conversations there. */
export async function keepPerson(here: Change, edge: string, { person, state, name = '', at }: PersonReport): Promise<void> {
  const { tx, now } = here;
  if (state !== 'shared') {
    const others = await otherEdges(here, person, edge);
    await tx.deleteFrom('personEdge').where('person', '=', person).where('edge', '=', edge).execute();
    await tx.deleteFrom('personCode').where('person', '=', person).where('edge', '=', edge).execute();
    await eraseFrom(here, edge, person, state);
    for (const other of others) await send(here, other, 'historyGone', { person, edge });
    if (state === 'erased') await send(here, edge, 'forget', { person, at });
    return;
  }
  await tx
    .insertInto('personEdge')
    .values({ person, edge, name, since: now })
    .onConflict((c) => c.columns(['person', 'edge']).doUpdateSet({ name }))
    .execute();
  await sendPast(here, person, edge);
}

/** New lines of a conversation go to the other edges of whose it is, where they have agreed to that at both. */
export async function spread(here: Change, edge: string, session: string, turns: Turn[]): Promise<void> {
  const head = await headOf(here, edge, session);
  if (!head) return;
  const others = await otherEdges(here, head.person, edge);
  if (others.length === 0 || !(await sharesAt(here, head.person, edge))) return;
  for (const other of others) await send(here, other, 'history', { ...head, turns });
}

/** Gives an edge that a person has just joined what they said at the others: the newest conversations. */
async function sendPast(here: Change, person: string, to: string): Promise<void> {
  for (const edge of await otherEdges(here, person, to)) {
    const rows = await here.tx
      .selectFrom('session')
      .select('id')
      .where('edge', '=', edge)
      .where('person', '=', person)
      .orderBy('updatedAt', 'desc')
      .limit(mostSessions)
      .execute();
    for (const { id } of rows.reverse()) {
      const head = await headOf(here, edge, id);
      const turns = await newestTurns(here.tx, edge, id, mostTurns);
      if (head && turns.length > 0) await send(here, to, 'history', { ...head, turns });
    }
  }
}

async function otherEdges({ tx }: Change, person: string, edge: string): Promise<string[]> {
  const rows = await tx.selectFrom('personEdge').select('edge').where('person', '=', person).where('edge', '!=', edge).execute();
  return rows.map((row) => row.edge);
}

async function sharesAt({ tx }: Change, person: string, edge: string): Promise<boolean> {
  const row = await tx.selectFrom('personEdge').select('edge').where('person', '=', person).where('edge', '=', edge).executeTakeFirst();
  return row !== undefined;
}

async function headOf(
  { tx }: Change,
  edge: string,
  session: string,
): Promise<(Omit<HistoryPiece, 'turns'> & { person: string }) | undefined> {
  const row = await tx
    .selectFrom('session')
    .leftJoin('thing', (join) =>
      join
        .on('thing.edge', '=', edge)
        .on((e) => e(e.ref('thing.id'), '=', e.fn<string>('json_extract', ['session.reportJson', e.val('$.thing')]))),
    )
    .select(['session.person', 'session.reportJson', 'thing.reportJson as thingJson'])
    .where('session.edge', '=', edge)
    .where('session.id', '=', session)
    .executeTakeFirst();
  if (!row || row.person === null) return undefined;
  const { channel, locale, at } = JSON.parse(row.reportJson) as UpBody<'session'>;
  const about = row.thingJson === null ? undefined : (JSON.parse(row.thingJson) as UpBody<'thing'>).title;
  return { person: row.person, session, edge, channel, locale, startedAt: at, ...(about ? { about } : {}) };
}
