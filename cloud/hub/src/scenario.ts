import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DownBatch, Handoff, Turn, UpAcknowledgment } from '@wayside/contract';
import { hubConfig } from './config.ts';
import { createHub, type Hub, type Started } from './hub.ts';
import { createLog } from './log.ts';
import { clientOf } from './store/postgres/pool.ts';

/** What tests stand on: a started hub over real HTTP, edges that are enrolled in it, and messages that are right. */
export type Answer<T> = { status: number; headers: Headers; body: T };
export type Asked = { token?: string; cookie?: string; body?: unknown; raw?: string | Uint8Array; headers?: Record<string, string> };

export async function call<T = Record<string, unknown>>(url: string, method: string, path: string, asked: Asked = {}): Promise<Answer<T>> {
  const content = asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  const response = await fetch(new URL(path, url), {
    method,
    redirect: 'manual',
    headers: {
      ...(asked.token ? { authorization: `Bearer ${asked.token}` } : {}),
      ...(asked.cookie ? { cookie: asked.cookie, origin: url } : {}),
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...asked.headers,
    },
    ...(content === undefined ? {} : { body: content as BodyInit }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
}

export type Scenario = Started & {
  hub: Hub;
  data: string;
  /** As the service token's admin. */
  as: <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<Answer<T>>;
  /** Adds a technician. @returns calls as them */
  technician(name: string): Promise<Scenario['as']>;
  edge(id: string): Promise<Edge>;
  /** Stops the hub and starts another on the same data. */
  again(): Promise<void>;
  end(): Promise<void>;
};

/** An enrolled edge, with its own numbering. */
export type Edge = {
  id: string;
  token: string;
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
    async edge(id) {
      const token = await hub.enrolEdge(id);
      let seq = 0;
      const up: Edge['up'] = (epoch, records) => call(started.url, 'POST', '/v1/sync/up', { token, body: { epoch, records } });
      return {
        id,
        token,
        up,
        tell: async (kind, body) => (await up('e1', [record(++seq, kind, body)])).body,
        down: async (after = 0, limit = 100) =>
          (await call<DownBatch>(started.url, 'GET', `/v1/sync/down?after=${after}&limit=${limit}`, { token })).body,
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
