import { isEmergency, type Turn } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { CaseView } from '../api/types.ts';
import { presenceOf } from '../fleet/fleet.ts';
import { articlesFor } from '../knowledge/list.ts';
import { earlierOf } from '../people/earlier.ts';
import { briefingsOf } from '../queue/briefing.ts';
import type { Viewer } from '../queue/priority.ts';
import { transfersOf } from '../queue/transfer.ts';
import { doneBy } from '../repair/done-by.ts';
import { issuesOf } from '../repair/issues.ts';
import type { Db } from '../store/schema.ts';
import { visitsOf } from '../visits/visits.ts';
import { besideCase, helpersOf, mergedCases } from './beside.ts';
import { type CaseWithName, readHandoff, rowOf, selectSeen } from './row.ts';
import { similarCases } from './similar.ts';

type CaseTurn = CaseView['turns'][number];

const mostTurns = 2000;

/** A case with all that a technician needs on one page. @throws WaysideError `not-found` */
export async function viewCase(db: Db, id: string, viewer: Viewer, isOnline: (edge: string) => boolean): Promise<CaseView> {
  const row = await selectSeen(db, viewer).where('case.id', '=', id).executeTakeFirst();
  if (!row) throw new WaysideError('not-found', `There is no case ${id}.`);
  const handoff = await readHandoff(db, id);
  const edgeOnline = isOnline(row.edge);
  const [turns, similar, articles, done, earlier, briefings, transfers, helpers, merged, beside, issues, visits, presence] =
    await Promise.all([
      turnsOf(db, row),
      similarCases(db, row),
      articlesFor(
        db,
        row.family,
        handoff.faults.map((f) => f.fault),
        handoff.thing,
      ),
      doneBy(db, row, handoff),
      earlierOf(db, row),
      briefingsOf(db, id),
      transfersOf(db, id, viewer.id),
      helpersOf(db, id),
      mergedCases(db, id),
      besideCase(db, row, viewer.now),
      issuesOf(db, handoff.thing),
      visitsOf(db, id),
      handoff.thing ? presenceOf(db, row.edge, handoff.thing.id, edgeOnline) : null,
    ]);
  return {
    ...rowOf(row, viewer),
    handoff,
    emergency: isEmergency(handoff),
    turns,
    resolution: resolutionOf(row),
    similar,
    articles,
    edgeOnline,
    presence,
    earlier,
    briefings,
    transfers,
    helpers,
    merged,
    beside,
    issues,
    visits,
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

/**
 * The newest of its conversations, those of the cases merged into it too, in the order they became known here. A reply says how far it has
 * come; one that went to several conversations is one line.
 */
async function turnsOf(db: Db, row: CaseWithName): Promise<CaseTurn[]> {
  const rows = await db
    .selectFrom('turn')
    .innerJoin('edge', 'edge.id', 'turn.edge')
    .leftJoin('reply', (join) => join.onRef('reply.id', '=', 'turn.id').on('turn.by', '=', 'technician'))
    .select(['turn.turnJson', 'reply.downSeq', 'reply.seenAt', 'edge.downThrough'])
    .where('turn.edge', '=', row.edge)
    .where('turn.session', 'in', (e) =>
      e
        .selectFrom('case')
        .select('case.session')
        .where((s) => s.or([s('case.id', '=', row.id), s('case.mergedInto', '=', row.id)])),
    )
    .orderBy('turn.place', 'desc')
    .limit(mostTurns)
    .execute();
  const turns = rows.reverse().map(({ turnJson, downSeq, seenAt, downThrough }): CaseTurn => {
    const turn = JSON.parse(turnJson) as Turn;
    return downSeq === null ? turn : { ...turn, delivery: deliveryOf({ downSeq, seenAt, downThrough }) };
  });
  const replies = new Set<string>();
  return turns.filter((turn) => turn.by !== 'technician' || (!replies.has(turn.id) && replies.add(turn.id)));
}

/** How far a reply has come: stored here, in the edge's store, on the person's screen. */
export function deliveryOf(reply: { downSeq: number; seenAt: number | null; downThrough: number }): NonNullable<CaseTurn['delivery']> {
  if (reply.seenAt !== null) return 'seen';
  return reply.downThrough >= reply.downSeq ? 'at-edge' : 'stored';
}
