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
import { countTalks } from '../store/talk-figures.ts';
import { readHelp } from './help.ts';
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
      ...(random(3) === 0
        ? { satisfaction: null, satisfiedAt: null }
        : { satisfaction: ['good', 'bad'][random(2)], satisfiedAt: openedAt + random(1e9) }),
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
        .set({ ...happening(), mergedInto: random(4) === 0 ? 'c0' : null })
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
  /** By looking at every case: how many came and went on each day that had any, and how people found them. */
  async function scannedDays(tenant: string) {
    const rows = await within(store.db, tenant).selectFrom('case').selectAll().execute();
    const day = (at: number) => new Date(Number(at)).toISOString().slice(0, 10);
    const perDay = (moment: 'openedAt' | 'resolvedAt') =>
      Map.groupBy(
        rows.filter((row) => row.mergedInto === null && row[moment] !== null),
        (row) => day(row[moment] as number),
      );
    const [opened, resolved] = [perDay('openedAt'), perDay('resolvedAt')];
    const said = (word: string) => rows.filter(({ satisfaction }) => satisfaction === word).length;
    return {
      satisfaction: { good: said('good'), bad: said('bad') },
      byDay: [...new Set([...opened.keys(), ...resolved.keys()])]
        .sort()
        .map((one) => ({ day: one, opened: opened.get(one)?.length ?? 0, resolved: resolved.get(one)?.length ?? 0 })),
    };
  }
  async function keptDays(tenant: string) {
    const now = 1_700_000_000_000 + 200 * 86_400_000;
    const { satisfaction, byDay } = await readHelp(within(store.db, tenant), tenant, now, 300);
    return { satisfaction, byDay: byDay.filter(({ opened, resolved }) => opened + resolved > 0) };
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
    const days = await scannedDays(tenant);
    expect(days.byDay.length).toBeGreaterThan(tenant === 'nobody' ? -1 : 10);
    expect(await keptDays(tenant)).toEqual(days);
  });

  it('begin with the cases that were there before', async () => {
    const { db } = store;
    const before = await Promise.all(tenants.map(kept));
    await db.deleteFrom('caseFigure').execute();
    await sql.raw(countAll).execute(db);
    expect(await Promise.all(tenants.map(kept))).toEqual(before);
  });

  it('of conversations and repairs are those that there are, also where they were before', async () => {
    const { db } = store;
    const updatedAt = 1_700_000_000_000;
    const edge = edges[0]!.id;
    for (const [id, by] of [
      ['s0', 'operator'],
      ['t1', 'operator'],
      ['t2', 'agent'],
    ] as const) {
      await db.insertInto('session').values({ edge, id, reportJson: '{}', updatedAt, person: null }).execute();
      await db
        .insertInto('turn')
        .values({ edge, session: id, id: 'x', by, text: '', turnJson: '{}' } as never)
        .execute();
    }
    await db
      .insertInto('case')
      .values({ ...fresh(900), edge, session: 't1' })
      .execute();
    const repair = { edge, family: 'f', procedure: 'p', article: null, thing: 't', session: null, reportJson: '{}', updatedAt };
    for (const id of ['r1', 'r2'])
      await db
        .insertInto('repair')
        .values({ ...repair, id, state: 'watching' })
        .execute();
    await db.updateTable('repair').set({ state: 'fixed' }).where('id', '=', 'r1').execute();
    const counted = async () => {
      const { talks, handedOver, repairs } = await readHelp(db, everybody, updatedAt, 7);
      return { talks, handedOver, repairs };
    };
    const cases = await db.selectFrom('case').select('session').where('edge', '=', edge).where('session', 'in', ['s0', 't1']).execute();
    const is = { talks: 2, handedOver: cases.length, repairs: { fixed: 1, notFixed: 0, tooEarly: 0 } };
    expect(await counted()).toEqual(is);
    await db.deleteFrom('caseFigure').where('what', 'in', ['talk', 'handed', 'fixed']).execute();
    await sql.raw(countTalks).execute(db);
    expect(await counted()).toEqual(is);
  });
});
