import type { z } from 'zod';
import type { ledger } from '../api/ledger-types.ts';
import { dayMs } from '../store/figure-tables.ts';
import type { Db } from '../store/schema.ts';
import { blinkMs } from './here-spans.ts';

export type Ledger = z.infer<typeof ledger>;
type Span = { since: number; until: number };
/** `online`: whether the edge holds a socket at some hub now. */
type When = { now: number; days: number; online: boolean };

/** When an edge's link was down in the last `days`, what it lost by its own word, what came late, and what could not be understood. */
export async function readLedger(db: Db, edge: string, { now, days, online }: When): Promise<Ledger> {
  const first = now - days * dayMs;
  const [begun, spans, losses, late, setAside] = await Promise.all([
    db
      .selectFrom('edgeHere')
      .select((e) => e.fn.min('since').as('at'))
      .where('edge', '=', edge)
      .executeTakeFirst(),
    db.selectFrom('edgeHere').select(['since', 'until']).where('edge', '=', edge).where('until', '>=', first).orderBy('since').execute(),
    db.selectFrom('edgeGap').selectAll().where('edge', '=', edge).where('at', '>=', first).orderBy('at', 'desc').limit(500).execute(),
    db
      .selectFrom('edgeLate')
      .select(['day', 'count', 'worstMs'])
      .where('edge', '=', edge)
      .where('day', '>=', Math.floor(first / dayMs))
      .orderBy('day', 'desc')
      .execute(),
    db
      .selectFrom('quarantine')
      .select((e) => ['reason', e.fn.countAll<number>().as('count'), e.fn.max('receivedAt').as('at')])
      .where('edge', '=', edge)
      .where('receivedAt', '>=', first)
      .groupBy('reason')
      .orderBy('at', 'desc')
      .limit(100)
      .execute(),
  ]);
  const known = begun?.at ?? null;
  const from = known === null ? null : Math.max(Number(known), first);
  const downs = from === null ? [] : interruptions(spans, from, now, online);
  return {
    edge,
    days,
    from,
    to: now,
    downMs: downs.reduce((sum, down) => sum + (down.to ?? now) - down.from, 0),
    downs: downs.reverse(),
    losses: losses.map(({ at, of, reason, lostFrom, lostTo, count, detail }) => ({
      at,
      of,
      reason,
      from: lostFrom,
      to: lostTo,
      count,
      detail,
    })),
    late: late.map(({ day, count, worstMs }) => ({
      day: new Date(Number(day) * dayMs).toISOString().slice(0, 10),
      count: Number(count),
      worstMs,
    })),
    setAside: setAside.map(({ reason, count, at }) => ({ reason, count: Number(count), at: Number(at) })),
  };
}

/**
 * When nobody held the link, the oldest first; `to` is null while it is down still.
 * @param spans when somebody did, by their beginning; they may lie over each other
 */
export function interruptions(spans: readonly Span[], from: number, now: number, online: boolean): { from: number; to: number | null }[] {
  const downs: { from: number; to: number | null }[] = [];
  let until = from;
  for (const span of spans) {
    if (span.since - until >= blinkMs) downs.push({ from: until, to: span.since });
    until = Math.max(until, span.until);
  }
  if (!online && now - until >= blinkMs) downs.push({ from: until, to: null });
  return downs;
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export const ledgerColumns = ['edge', 'what', 'from', 'to', 'seconds', 'count', 'why'] as const;

/** A ledger as lines of a spreadsheet, times in UTC. */
export const ledgerLines = ({ edge, to, ...ledger }: Ledger): (string | number | null)[][] => [
  ...ledger.downs.map((down) => [
    edge,
    'link down',
    iso(down.from),
    iso(down.to),
    Math.round(((down.to ?? to) - down.from) / 1_000),
    null,
    null,
  ]),
  ...ledger.losses.map((loss) => [
    edge,
    `lost ${loss.of}`,
    iso(loss.from ?? loss.at),
    iso(loss.to),
    null,
    loss.count,
    [loss.reason, loss.detail].filter(Boolean).join(': '),
  ]),
  ...ledger.late.map(({ day, count, worstMs }) => [edge, 'came late', day, day, Math.round(worstMs / 1_000), count, null]),
  ...ledger.setAside.map(({ at, count, reason }) => [edge, 'set aside', null, iso(at), null, count, reason]),
];
