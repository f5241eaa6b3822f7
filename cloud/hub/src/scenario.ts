import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DownBatch, Handoff, Turn, UpAcknowledgment } from '@wayside/contract';
import { type Answer, call } from './call.ts';
import { hubConfig } from './config.ts';
import { createHub, type Hub, type Started } from './hub.ts';
import { createLog } from './log.ts';
import { askAs, enrolAt, type SignedAsk, signed } from './signing-edge.ts';
import { clientOf } from './store/postgres/pool.ts';

export * from './call.ts';

/** What tests stand on: a started hub over real HTTP, edges that are enrolled in it, and messages that are right. */
export type Scenario = Started & {
  hub: Hub;
  data: string;
  /** As the service token's admin. */
  as: <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<Answer<T>>;
  /** Adds a technician. @returns calls as them */
  technician(name: string): Promise<Scenario['as']>;
  edge(id: string, tenant?: string): Promise<Edge>;
  /** Stops the hub and starts another on the same data. */
  again(): Promise<void>;
  end(): Promise<void>;
};

/** An enrolled edge, with its own numbering. */
export type Edge = {
  id: string;
  /** The headers that show a request to be of this edge. */
  proof(asked: SignedAsk): Promise<Record<string, string>>;
  ask<T = Record<string, unknown>>(asked: SignedAsk): Promise<Answer<T>>;
  tell(kind: string, body: unknown): Promise<UpAcknowledgment>;
  up(epoch: string, records: unknown[]): Promise<Answer<UpAcknowledgment>>;
  down(after?: number, limit?: number): Promise<DownBatch>;
};

/** Whose tables each test's hub begins with: made once for all of them. */
export const madeDatabase = 'hub_made';

/**
 * A database of its own on the PostgreSQL server that the tests were given; none: the store is in the data folder, as it is by default.
 * @param like the database it is a copy of: one with a hub's tables, or PostgreSQL's own empty one
 */
export async function testDatabase(like: typeof madeDatabase | 'template1' = madeDatabase): Promise<{ database?: string }> {
  const server = process.env.WAYSIDE_TEST_POSTGRES;
  if (server === undefined) return {};
  const name = `hub_${randomUUID()}`;
  const client = clientOf(server);
  await client.connect();
  await client.query(`create database "${name}" template ${like}`);
  await client.end();
  return { database: Object.assign(new URL(server), { pathname: `/${name}` }).href };
}

/** As little work as a password can be: a test signs in often, and what a password costs is not what it is about. */
const lightWork = 4;

/** Starts a hub of its own for a test: a free port, an empty data folder, no packs unless asked for. */
export async function startScenario(settings: Record<string, unknown> = {}, now?: () => number): Promise<Scenario> {
  const data = await mkdtemp(join(tmpdir(), 'wayside-hub-'));
  const database = await testDatabase();
  const open = () =>
    createHub(hubConfig.parse({ data, port: 0, packsRoot: join(data, 'none'), ...database, ...settings }), {
      log: createLog('silent'),
      passwordWork: lightWork,
      ...(now ? { now } : {}),
    });
  let hub = open();
  let started = await hub.start();
  const asToken =
    (token: () => string): Scenario['as'] =>
    (method, path, body) =>
      call(started.url, method, path, { token: token(), ...(body === undefined ? {} : { body }) });

  return {
    data,
    get hub() {
      return hub;
    },
    get url() {
      return started.url;
    },
    get token() {
      return started.token;
    },
    get firstAdmin() {
      return started.firstAdmin as NonNullable<Started['firstAdmin']>;
    },
    as: asToken(() => started.token),
    async technician(name) {
      const password = `${name} has a password`;
      await call(started.url, 'POST', '/v1/technicians', { token: started.token, body: { name, password } });
      const signedIn = await call(started.url, 'POST', '/v1/auth/sign-in', { body: { name, password } });
      const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] as string;
      return (method, path, body) => call(started.url, method, path, { cookie, ...(body === undefined ? {} : { body }) });
    },
    async edge(id, tenant) {
      const me = await enrolAt({ hub, url: started.url }, id, tenant);
      const seconds = () => Math.floor((now ?? Date.now)() / 1000);
      let seq = 0;
      const ask: Edge['ask'] = (asked) => askAs(started.url, me, asked, seconds());
      const up: Edge['up'] = (epoch, records) => ask({ method: 'POST', path: '/v1/sync/up', body: { epoch, records } });
      return {
        id,
        ask,
        proof: async (asked) => (await signed(me, asked, seconds())).headers,
        up,
        tell: async (kind, body) => (await up('e1', [record(++seq, kind, body)])).body,
        down: async (after = 0, limit = 100) =>
          (await ask<DownBatch>({ method: 'GET', path: '/v1/sync/down', query: `after=${after}&limit=${limit}` })).body,
      };
    },
    async again() {
      await hub.stop();
      hub = open();
      started = await hub.start();
    },
    async end() {
      await hub.stop();
      await rm(data, { recursive: true });
    },
  };
}

/** Two hubs on one data folder, and on one database where the tests were given a server; started in this order. */
export async function twoHubs(settings: Record<string, unknown> = {}) {
  const data = await mkdtemp(join(tmpdir(), 'wayside-hubs-'));
  const config = hubConfig.parse({ data, port: 0, packsRoot: join(data, 'none'), ...(await testDatabase()), ...settings });
  const start = async () => {
    const hub = createHub(config, { log: createLog('silent'), passwordWork: lightWork });
    return { hub, ...(await hub.start()) };
  };
  const one = await start();
  const other = await start();
  return {
    one,
    other,
    async end() {
      await Promise.all([one, other].map(({ hub }) => hub.stop()));
      await rm(data, { recursive: true });
    },
  };
}

export const record = (seq: number, kind: string, body: unknown) => ({ seq, id: `rec-${seq}`, kind, at: 1_000, body });

export const turn = (id: string, session: string, by: Turn['by'] = 'operator', text = `says ${id}`): Turn => ({
  id,
  session,
  at: 1_000,
  by,
  text,
  citations: [],
});

const inBoth = (text: string) => ({ en: text, zh: `${text}（中文）` });

export const fault = (id = 'misfire', thing = 'car-1') => ({
  thing,
  fault: id,
  title: inBoth(`Fault ${id}`),
  explanation: inBoth('A cylinder does not burn its fuel.'),
  severity: 'warning' as const,
  safety: 'gently' as const,
  safetyAdvice: inBoth('Drive gently to a workshop.'),
  probability: 0.8,
  since: 900,
  evidence: [
    {
      kind: 'symptom' as const,
      ref: 'rough-idle',
      title: inBoth('The engine idles roughly'),
      for: true,
      signal: 'Vehicle.Speed',
      value: 4,
      unit: 'km/h',
    },
  ],
});

export const thing = (id = 'car-1') => ({
  id,
  title: 'Family car',
  family: 'vehicle',
  maker: 'Seat',
  model: 'Leon',
  presence: 'online' as const,
});

/** A handoff of one session with one misfire in it. */
export const handoff = (id: string, more: Partial<Handoff> = {}): Handoff => ({
  case: id,
  session: `session-of-${id}`,
  at: Date.now(),
  locale: 'en',
  attention: 'takes-over',
  urgency: 'normal',
  rule: { id: 'asked', because: inBoth('The person asked for a person.'), measures: {} },
  summary: inBoth('The engine shakes'),
  person: { id: 'p1', name: 'Ada' },
  channel: 'panel',
  thing: thing(),
  faults: [fault()],
  dtcs: [{ thing: 'car-1', code: 'P0301', state: 'confirmed', at: 950 }],
  traces: [],
  steps: [],
  transcript: [turn(`${id}-t1`, `session-of-${id}`), turn(`${id}-t2`, `session-of-${id}`, 'agent')],
  signals: { 'Vehicle.Speed': { title: { en: 'Speed', zh: '车速' }, unit: 'km/h' } },
  ...more,
});
