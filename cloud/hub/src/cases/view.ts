import type { Turn } from '@wayside/contract';
import type { CaseView } from '../api/types.ts';
import { articlesFor } from '../knowledge/list.ts';
import { earlierOf } from '../people/earlier.ts';
import { doneBy } from '../repair/done-by.ts';
import type { Db } from '../store/schema.ts';
import { type CaseWithName, readCase, readHandoff, rowOf } from './row.ts';
import { similarCases } from './similar.ts';

type CaseTurn = CaseView['turns'][number];

const mostTurns = 2000;

/** A case with all that a technician needs on one page. @throws WaysideError `not-found` */
export async function viewCase(db: Db, id: string, isOnline: (edge: string) => boolean): Promise<CaseView> {
  const row = await readCase(db, id);
  const handoff = await readHandoff(db, id);
  const [turns, similar, articles, done, earlier] = await Promise.all([
    turnsOf(db, row),
    similarCases(db, row),
    articlesFor(
      db,
      row.family,
      handoff.faults.map((f) => f.fault),
    ),
    doneBy(db, row, handoff),
    earlierOf(db, row),
  ]);
  return {
    ...rowOf(row),
    handoff,
    turns,
    resolution: resolutionOf(row),
    similar,
    articles,
    edgeOnline: isOnline(row.edge),
    earlier,
    ...done,
  };
}

function resolutionOf(row: CaseWithName): CaseView['resolution'] {
  if (row.state !== 'resolved' || row.resolution === null) return null;
  return {
    text: row.resolution,
    ...(row.cause === null ? {} : { cause: row.cause }),
    at: row.resolvedAt ?? 0,
    by: row.resolvedBy ?? '',
    ...(row.article === null ? {} : { article: row.article.split('/')[0] as string }),
  };
}

/** The newest of the session's conversation, in the order it became known here. A reply says how far it has come. */
async function turnsOf(db: Db, row: CaseWithName): Promise<CaseTurn[]> {
  const rows = await db
    .selectFrom('turn')
    .innerJoin('edge', 'edge.id', 'turn.edge')
    .leftJoin('reply', (join) => join.onRef('reply.id', '=', 'turn.id').on('turn.by', '=', 'technician'))
    .select(['turn.turnJson', 'reply.downSeq', 'reply.seenAt', 'edge.downThrough'])
    .where('turn.edge', '=', row.edge)
    .where('turn.session', '=', row.session)
    .orderBy('turn.place', 'desc')
    .limit(mostTurns)
    .execute();
  return rows.reverse().map(({ turnJson, downSeq, seenAt, downThrough }) => {
    const turn = JSON.parse(turnJson) as Turn;
    return downSeq === null ? turn : { ...turn, delivery: deliveryOf({ downSeq, seenAt, downThrough }) };
  });
}

/** How far a reply has come: stored here, in the edge's store, on the person's screen. */
export function deliveryOf(reply: { downSeq: number; seenAt: number | null; downThrough: number }): NonNullable<CaseTurn['delivery']> {
  if (reply.seenAt !== null) return 'seen';
  return reply.downThrough >= reply.downSeq ? 'at-edge' : 'stored';
}
