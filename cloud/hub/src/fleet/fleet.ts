import type { EdgeReport, FaultReport, ThingReport } from '@wayside/contract';
import type { FleetEdge } from '../api/types.ts';
import type { Db } from '../store/schema.ts';

/** Every enrolled edge with its things and what ails them. */
export async function readFleet(db: Db, isOnline: (edge: string) => boolean, now: number): Promise<FleetEdge[]> {
  const [edges, things, faults, waiting, setAside, said, certificates] = await Promise.all([
    db.selectFrom('edge').selectAll().orderBy('id').execute(),
    db.selectFrom('thing').selectAll().orderBy('id').execute(),
    db.selectFrom('fault').selectAll().where('state', '=', 'active').execute(),
    db
      .selectFrom('downEnvelope')
      .innerJoin('edge', 'edge.id', 'downEnvelope.edge')
      .select((e) => ['edge.id', e.fn.countAll<number>().as('count')])
      .whereRef('downEnvelope.seq', '>', 'edge.downThrough')
      .groupBy('edge.id')
      .execute(),
    db
      .selectFrom('quarantine')
      .select((e) => ['edge as id', e.fn.countAll<number>().as('count')])
      .groupBy('edge')
      .execute(),
    db.selectFrom('edgeSays').select(['edge', 'reportJson']).execute(),
    db.selectFrom('edgeCertificate').select('edge').distinct().execute(),
  ]);
  const saidBy = new Map(said.map(({ edge, reportJson }) => [edge, JSON.parse(reportJson) as EdgeReport]));
  const letIn = new Set(certificates.map(({ edge }) => edge));
  const faultsOf = Map.groupBy(faults, (f) => JSON.stringify([f.edge, f.thing]));
  const thingsOf = Map.groupBy(things, (t) => t.edge);
  return edges.map((edge) => {
    const online = isOnline(edge.id);
    return {
      id: edge.id,
      online,
      retired: !letIn.has(edge.id),
      lastSeen: online ? Math.floor(now) : edge.lastSeen,
      enrolledAt: edge.enrolledAt,
      waiting: countOf(waiting, edge.id),
      setAside: countOf(setAside, edge.id),
      ...(saidBy.has(edge.id) ? { says: saidBy.get(edge.id) } : {}),
      things: (thingsOf.get(edge.id) ?? []).map((row) => {
        const { id, title, titles, family, model, firmware, presence } = JSON.parse(row.reportJson) as ThingReport;
        const ails = (faultsOf.get(JSON.stringify([edge.id, id])) ?? []).map((f) => JSON.parse(f.reportJson) as FaultReport);
        return {
          id,
          title,
          ...(titles === undefined ? {} : { titles }),
          family,
          ...(model === undefined ? {} : { model }),
          ...(firmware === undefined ? {} : { firmware }),
          // What an edge last said of its things is hearsay while the edge itself is away.
          presence: online ? presence : 'unknown',
          faults: ails
            .map(({ fault, title, severity, probability }) => ({ fault, title, severity, probability }))
            .sort((a, b) => b.probability - a.probability),
        };
      }),
    };
  });
}

/** Whether a thing is connected to its edge now, as the edge last said; unknown while the edge is away or does not know of it. */
export async function presenceOf(db: Db, edge: string, thing: string, online: boolean): Promise<ThingReport['presence']> {
  if (!online) return 'unknown';
  const row = await db.selectFrom('thing').select('reportJson').where('edge', '=', edge).where('id', '=', thing).executeTakeFirst();
  return row ? (JSON.parse(row.reportJson) as ThingReport).presence : 'unknown';
}

const countOf = (counts: readonly { id: string; count: number }[], edge: string) =>
  Number(counts.find(({ id }) => id === edge)?.count ?? 0);
