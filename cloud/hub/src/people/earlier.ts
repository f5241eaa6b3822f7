import type { Turn } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { CaseView } from '../api/types.ts';
import type { CaseWithName } from '../cases/row.ts';
import { newestTurns } from '../cases/turns.ts';
import type { Db } from '../store/schema.ts';
import type { UpBody } from '../sync/read-record.ts';

const most = 10;
const mostTurns = 500;

/** What whoever asked for a person has said before, at this and at their other edges, as far as they share it; the newest first. */
export async function earlierOf(db: Db, row: CaseWithName): Promise<CaseView['earlier']> {
  const mine = await db
    .selectFrom('session')
    .select('person')
    .where('edge', '=', row.edge)
    .where('id', '=', row.session)
    .executeTakeFirst();
  if (!mine?.person) return [];
  const rows = await db
    .selectFrom('session')
    .innerJoin('personEdge', (join) => join.onRef('personEdge.edge', '=', 'session.edge').onRef('personEdge.person', '=', 'session.person'))
    .leftJoin('thing', (join) =>
      join
        .onRef('thing.edge', '=', 'session.edge')
        .on((e) => e('thing.id', '=', e.fn<string>('json_extract', ['session.reportJson', e.val('$.thing')]))),
    )
    .select(['session.edge', 'session.id', 'session.reportJson', 'thing.reportJson as thingJson'])
    .select((e) =>
      e
        .selectFrom('turn')
        .select('turn.text')
        .whereRef('turn.edge', '=', 'session.edge')
        .whereRef('turn.session', '=', 'session.id')
        .where('turn.by', '=', 'operator')
        .orderBy('turn.place')
        .limit(1)
        .as('opening'),
    )
    .where('session.person', '=', mine.person)
    .where((e) => e.not(e.and([e('session.id', '=', row.session), e('session.edge', '=', row.edge)])))
    .orderBy('session.updatedAt', 'desc')
    .limit(most)
    .execute();
  return rows.flatMap(({ edge, id, reportJson, thingJson, opening }) => {
    if (opening === null) return [];
    const about = thingJson === null ? undefined : (JSON.parse(thingJson) as UpBody<'thing'>).title;
    return [
      {
        edge,
        session: id,
        at: (JSON.parse(reportJson) as UpBody<'session'>).at,
        opening: opening.slice(0, 200),
        ...(about ? { about } : {}),
      },
    ];
  });
}

/** The lines of a conversation, oldest first; the newest so many. @throws WaysideError `not-found` */
export async function linesOf(db: Db, edge: string, session: string): Promise<Turn[]> {
  const turns = await newestTurns(db, edge, session, mostTurns);
  if (turns.length === 0) throw new WaysideError('not-found', 'There is no such conversation here; it may have been erased.');
  return turns;
}
