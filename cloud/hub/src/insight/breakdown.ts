import type { EdgeReport, ThingReport } from '@wayside/contract';
import { sql } from 'kysely';
import type { Breakdown, BreakdownRow, breakdownOf } from '../api/ledger-types.ts';
import { interruptions } from '../fleet/ledger.ts';
import { dayMs } from '../store/figure-tables.ts';
import type { Db } from '../store/schema.ts';

const most = 50;

/** Which machine; of a case that is of none, only which edge. */
type Of = { edge: string; thing: string | null };
const keyOf = ({ edge, thing }: Of) => JSON.stringify([edge, thing]);

/**
 * How it goes by edge, model, firmware and pack, by what each machine is and runs now. A few rows for each machine are read, none for each case.
 * @param db the store as the tenant sees it
 */
export async function readBreakdown(
  db: Db,
  isOnline: (edge: string) => boolean,
  now: number,
  days: number,
): Promise<Omit<Breakdown, 'more'>> {
  const since = now - days * dayMs;
  const [things, said, faulty, cases, repairs, down] = await Promise.all([
    db.selectFrom('thing').select(['edge', 'id', 'reportJson']).execute(),
    db.selectFrom('edgeSays').select(['edge', 'reportJson']).execute(),
    db.selectFrom('fault').select(['edge', 'thing']).distinct().where('state', '=', 'active').execute(),
    casesOf(db, since),
    repairsOf(db, since),
    downOf(db, isOnline, since, now),
  ]);
  const packs = new Map(said.map(({ edge, reportJson }) => [edge, (JSON.parse(reportJson) as EdgeReport).packs]));
  const rows = { edge: new Map(), model: new Map(), firmware: new Map(), pack: new Map() } as Record<
    (typeof breakdownOf)[number],
    Map<string, BreakdownRow>
  >;
  const add = (of: (typeof breakdownOf)[number], key: string, family: string | null, more: Partial<BreakdownRow>) => {
    const row = rows[of].get(key) ?? { key, family, things: 0, faulty: 0, cases: 0, fixed: 0, notFixed: 0, downMs: null };
    for (const name of ['things', 'faulty', 'cases', 'fixed', 'notFixed'] as const) row[name] += more[name] ?? 0;
    rows[of].set(key, row);
  };
  const ails = new Set(faulty.map(keyOf));
  const casesBy = new Map(cases.map((one) => [keyOf(one), one.count]));
  const repairsBy = new Map(repairs.map((one) => [keyOf(one), one]));
  const known = new Set<string>();
  for (const { edge, id, reportJson } of things) {
    const { family, maker, model, firmware } = JSON.parse(reportJson) as ThingReport;
    const key = keyOf({ edge, thing: id });
    known.add(key);
    const { fixed = 0, notFixed = 0 } = repairsBy.get(key) ?? {};
    const more = { things: 1, faulty: ails.has(key) ? 1 : 0, cases: casesBy.get(key) ?? 0, fixed, notFixed };
    const name = [maker, model].filter(Boolean).join(' ');
    add('edge', edge, null, more);
    add('model', name, family, more);
    if (firmware !== undefined) add('firmware', [name, firmware].filter(Boolean).join(' · '), family, more);
    const pack = packs.get(edge)?.find((one) => one.family === family);
    if (pack) add('pack', pack.version, family, more);
  }
  for (const one of cases) if (!known.has(keyOf(one))) add('edge', one.edge, null, { cases: one.count });
  for (const [edge, downMs] of down) {
    add('edge', edge, null, {});
    (rows.edge.get(edge) as BreakdownRow).downMs = downMs;
  }
  const sorted = (of: (typeof breakdownOf)[number]) =>
    [...rows[of].values()].sort((a, b) => b.cases - a.cases || b.faulty - a.faulty || b.things - a.things || (a.key < b.key ? -1 : 1));
  return { days, by: { edge: sorted('edge'), model: sorted('model'), firmware: sorted('firmware'), pack: sorted('pack') } };
}

/** The first rows of each, as many as a screen is for, and how many there are beyond them. */
export function headOf({ days, by }: Omit<Breakdown, 'more'>): Breakdown {
  const of = <T>(make: (rows: BreakdownRow[]) => T) => ({
    edge: make(by.edge),
    model: make(by.model),
    firmware: make(by.firmware),
    pack: make(by.pack),
  });
  return { days, by: of((rows) => rows.slice(0, most)), more: of((rows) => Math.max(0, rows.length - most)) };
}

/** Cases since then, by machine; one that stands in another counts with that one. */
async function casesOf(db: Db, since: number): Promise<(Of & { count: number })[]> {
  const thing = sql<string | null>`json_extract("case"."glanceJson", '$.thing')`;
  const rows = await db
    .selectFrom('case')
    .select((e) => ['case.edge', thing.as('thing'), e.fn.countAll<number>().as('count')])
    .where('openedAt', '>', since)
    .where('mergedInto', 'is', null)
    .groupBy(['case.edge', 'thing'])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

async function repairsOf(db: Db, since: number): Promise<(Of & { fixed: number; notFixed: number })[]> {
  const rows = await db
    .selectFrom('repair')
    .select((e) => [
      'edge',
      'thing',
      e.fn.countAll<number>().filterWhere('state', '=', 'fixed').as('fixed'),
      e.fn.countAll<number>().filterWhere('state', '=', 'not-fixed').as('notFixed'),
    ])
    .where('updatedAt', '>', since)
    .groupBy(['edge', 'thing'])
    .execute();
  return rows.map((row) => ({ ...row, fixed: Number(row.fixed), notFixed: Number(row.notFixed) }));
}

/** How long each edge's link was down since then, of those whose link is known of. */
async function downOf(db: Db, isOnline: (edge: string) => boolean, since: number, now: number): Promise<Map<string, number>> {
  const [first, spans] = await Promise.all([
    db
      .selectFrom('edgeHere')
      .select((e) => ['edge', e.fn.min('since').as('at')])
      .groupBy('edge')
      .execute(),
    db.selectFrom('edgeHere').select(['edge', 'since', 'until']).where('until', '>=', since).orderBy('since').execute(),
  ]);
  const of = Map.groupBy(spans, ({ edge }) => edge);
  return new Map(
    first.map(({ edge, at }) => [
      edge,
      interruptions(of.get(edge) ?? [], Math.max(Number(at), since), now, isOnline(edge)).reduce(
        (sum, down) => sum + (down.to ?? now) - down.from,
        0,
      ),
    ]),
  );
}
