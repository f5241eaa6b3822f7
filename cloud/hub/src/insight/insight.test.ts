import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everybody } from '../auth/can.ts';
import { within } from '../auth/tenants.ts';
import { hubConfig } from '../config.ts';
import { testDatabase } from '../scenario.ts';
import { countAll } from '../store/figure-tables.ts';
import { type HubStore, openHubStore } from '../store/open.ts';
import { readInsight } from './insight.ts';

const tenants = ['alpha', 'beta'];
const edges = tenants.flatMap((tenant) => [0, 1, 2].map((n) => ({ id: `${tenant}-${n}`, tenant })));

/** Mulberry32: the same numbers each time. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

describe('the figures that are kept', () => {
  let folder: string;
  let store: HubStore;
  const random = seeded(26);

  /** A time after `at`: from milliseconds to months, as cases take; none at all for one in four. */
  const later = (at: number) => (random(4) === 0 ? null : at + random(10 ** (1 + random(10))));
  const happening = () => {
    const openedAt = 1_700_000_000_000 + random(1e9);
    const fault = random(5) === 0 ? null : `fault-${random(14)}`;
    return {
      openedAt,
      firstReplyAt: later(openedAt),
      resolvedAt: later(openedAt),
      topFault: fault,
      topFaultTitleJson: fault && JSON.stringify({ en: fault, zh: fault }),
      rule: `rule-${random(3)}`,
    };
  };
  const fresh = (n: number) => ({
    id: `c${n}`,
    edge: edges[random(edges.length)]!.id,
    session: `s${n}`,
    state: 'open',
    urgency: 'normal',
    waitingSince: null,
    updatedAt: 0,
    titleJson: '{}',
    family: null,
    unread: 0,
    glanceJson: '{}',
    handoffJson: '{}',
    technician: null,
    resolvedBy: null,
    resolution: null,
    cause: null,
    article: null,
    ...happening(),
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-figures-'));
    store = await openHubStore(hubConfig.parse({ data: folder, ...(await testDatabase()) }));
    const { db } = store;
    const enrolled = edges.map((edge) => ({ ...edge, tokenHash: edge.id, enrolledAt: 0, lastSeen: null, downThrough: 0 }));
    await db.insertInto('edge').values(enrolled).execute();
    const cases = Array.from({ length: 400 }, (_, n) => fresh(n));
    for (let n = 0; n < cases.length; n += 50)
      await db
        .insertInto('case')
        .values(cases.slice(n, n + 50))
        .execute();
    for (let n = 0; n < 120; n++)
      await db
        .updateTable('case')
        .set(happening())
        .where('id', '=', `c${random(400)}`)
        .execute();
    await db.updateTable('case').set({ firstReplyAt: null, openedAt: 1_700_000_000_000 }).where('rule', '=', 'rule-1').execute();
    await db.deleteFrom('case').where('id', 'like', 'c1_').execute();
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** By looking at every case. */
  async function scanned(tenant: string) {
    const rows = await within(store.db, tenant).selectFrom('case').selectAll().execute();
    const median = (moment: 'firstReplyAt' | 'resolvedAt') => {
      const took = rows.flatMap((row) => (row[moment] === null ? [] : Math.max(0, Number(row[moment]) - Number(row.openedAt))));
      return took.toSorted((a, b) => a - b)[Math.floor((took.length - 1) / 2)] ?? null;
    };
    const top = (of: 'topFault' | 'rule') =>
      [
        ...Map.groupBy(
          rows.filter((row) => row[of] !== null),
          (row) => row[of] as string,
        ),
      ]
        .map(([key, those]) => ({ key, count: those.length }))
        .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
        .slice(0, 10);
    return {
      reply: median('firstReplyAt'),
      resolve: median('resolvedAt'),
      faults: top('topFault'),
      rules: top('rule'),
      cases: rows.length,
    };
  }
  async function kept(tenant: string) {
    const { medianFirstReplyMs, medianResolveMs, topFaults, rules } = await readInsight(within(store.db, tenant), tenant, 0);
    expect(topFaults.every(({ fault, title }) => title.en === fault)).toBe(true);
    return {
      reply: medianFirstReplyMs,
      resolve: medianResolveMs,
      faults: topFaults.map(({ fault: key, count }) => ({ key, count })),
      rules: rules.map(({ rule: key, count }) => ({ key, count })),
    };
  }

  it.each([everybody, ...tenants, 'nobody'])('are those of all cases, however these came, changed and went: %s', async (tenant) => {
    const { cases, ...by } = await scanned(tenant);
    expect(cases).toBeGreaterThan(tenant === 'nobody' ? -1 : 100);
    expect(await kept(tenant)).toEqual(by);
  });

  it('begin with the cases that were there before', async () => {
    const { db } = store;
    const before = await Promise.all(tenants.map(kept));
    await db.deleteFrom('caseFigure').execute();
    await sql.raw(countAll).execute(db);
    expect(await Promise.all(tenants.map(kept))).toEqual(before);
  });
});
