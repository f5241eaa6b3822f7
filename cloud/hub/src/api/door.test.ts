import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { problem } from '@wayside/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubConfig } from '../config.ts';
import { createHub } from '../hub.ts';
import { createLog } from '../log.ts';
import { call, type Edge, handoff, type Scenario, startScenario } from '../scenario.ts';

let site: Scenario;
let edge: Edge;
let consoleDir: string;
beforeAll(async () => {
  consoleDir = join(await mkdtemp(join(tmpdir(), 'wayside-console-')), 'dist');
  site = await startScenario({ consoleDir });
  edge = await site.edge('e');
  await edge.tell('handoff', handoff('c-1'));
});
afterAll(async () => {
  await site.end();
  await rm(dirname(consoleDir), { recursive: true });
});

describe('a refusal', () => {
  it.each([
    ['GET', '/v1/nothing', 404],
    ['GET', '/nothing', 404],
    ['DELETE', '/v1/cases', 404],
    ['GET', '/v1/cases/none', 404],
    ['GET', '/v1/cases/%00', 404],
    ['GET', '/v1/cases?state=lost', 400],
    ['GET', '/v1/articles/a/fr', 400],
    ['GET', `/v1/cases/${'x'.repeat(100)}`, 400],
  ])('of %s %s is a problem document', async (method, path, status) => {
    const answer = await call(site.url, method, path, { token: site.token });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(problem.parse(answer.body)).toMatchObject({ status, retryable: false });
  });

  it.each([
    ['malformed JSON', '{"text":'],
    ['half a string', '"\\ud8'],
    ['a number beyond all', '{"text":1e999}'],
    ['nothing', ''],
    ['null', 'null'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe])],
  ])('answers %s with `invalid`', async (_, raw) => {
    const answer = await call(site.url, 'POST', '/v1/cases/c-1/replies', { token: site.token, raw });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  it('answers a body of another type with `invalid`', async () => {
    const answer = await call(site.url, 'POST', '/v1/cases/c-1/replies', {
      token: site.token,
      raw: 'text=hi',
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer.status).toBe(400);
  });

  it('answers what is too large with `too-large`, whether its length is told or not', async () => {
    const big = 'x'.repeat(10 * 1024 * 1024);
    const told = await call(site.url, 'POST', '/v1/cases/c-1/replies', { token: site.token, body: { text: big } });
    expect(told).toMatchObject({ status: 413, body: { code: 'too-large' } });
    const stream = new Blob([JSON.stringify({ text: big })]).stream();
    const proof = await edge.proof({ method: 'POST', path: '/v1/sync/up', body: { text: big } });
    const untold = await fetch(`${site.url}/v1/sync/up`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { ...proof, 'content-type': 'application/json' },
    } as RequestInit);
    expect(untold.status).toBe(413);
  });

  it('takes two mebibytes from an edge', async () => {
    const title = 'x'.repeat(2 * 1024 * 1024);
    expect((await edge.up('big', [{ seq: 1, id: 'a', kind: 'horoscope', at: 1, body: { title } }])).body.durableThrough).toBe(1);
  });
});

describe('the doors', () => {
  it('answer every kind of rubbish with a problem and go on serving', async () => {
    const random = mulberry(7);
    const values: unknown[] = [
      null,
      true,
      -1,
      1e308,
      '',
      '\u0000',
      '💥',
      '<script>',
      [],
      {},
      [[[]]],
      { seq: 1 },
      'x'.repeat(9000),
      { __proto__: null, constructor: 1 },
    ];
    const pick = () => values[Math.floor(random() * values.length)];
    const doors = [
      ['POST', '/v1/auth/sign-in', ['name', 'password']],
      ['POST', '/v1/auth/once', ['token']],
      ['POST', '/v1/auth/passkey', ['id', 'type', 'rawId', 'response']],
      ['POST', '/v1/auth/passkeys', ['name', 'response']],
      ['PUT', '/v1/auth/second-factor', ['secret', 'code']],
      ['POST', '/v1/auth/places/end', ['which']],
      ['POST', '/v1/edges/enrol', ['code', 'edge', 'csr']],
      ['POST', '/v1/sync/certificate', ['csr']],
      ['POST', '/v1/technicians', ['name', 'password', 'role', 'languages']],
      ['POST', '/v1/cases/c-1/replies', ['id', 'text']],
      ['POST', '/v1/cases/c-1/resolve', ['text', 'cause', 'draft']],
      ['POST', '/v1/articles', ['id', 'locale', 'title', 'body', 'family', 'faults', 'tags', 'sources']],
      ['PUT', '/v1/articles/a/en', ['title', 'body', 'version']],
      ['POST', '/v1/sync/up', ['epoch', 'records']],
    ] as const;
    const odd: string[] = [];
    for (let i = 0; i < 400; i++) {
      const [method, path, keys] = doors[i % doors.length]!;
      const body = random() < 0.2 ? pick() : Object.fromEntries(keys.map((key) => [key, pick()]));
      const asEdge = path.startsWith('/v1/sync/');
      const { status, body: answer } = await (asEdge ? edge.ask({ method, path, body }) : site.as(method, path, body));
      if (status >= 500 || (status >= 400 && !problem.safeParse(answer).success))
        odd.push(`${status} ${method} ${path} ${JSON.stringify(body).slice(0, 200)}`);
    }
    expect(odd).toEqual([]);
    expect((await call(site.url, 'GET', '/healthz')).body).toEqual({ ok: true });
  });

  it('take no harm from what is not HTTP', async () => {
    for (const bytes of [
      'GARBAGE\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      '\u0000'.repeat(100),
      `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(new URL(site.url).port), '127.0.0.1', () => socket.end(bytes));
        socket.on('error', () => {}).on('close', () => resolve());
        socket.resume();
      });
    }
    expect((await call(site.url, 'GET', '/healthz')).status).toBe(200);
  });
});

describe('the console', () => {
  it('says how to build it until it is built, then is served, with headers that keep strangers’ scripts out', async () => {
    expect(await call<string>(site.url, 'GET', '/')).toMatchObject({ status: 503, body: expect.stringContaining('npm run build') });
    await mkdir(join(consoleDir, 'assets'), { recursive: true });
    await writeFile(join(consoleDir, 'index.html'), '<!doctype html><title>console</title>');
    await writeFile(join(consoleDir, 'assets', 'app-1.js'), 'void 0');
    const { status, headers, body } = await call<string>(site.url, 'GET', '/');
    expect([status, body]).toEqual([200, expect.stringContaining('console')]);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src|unsafe-eval/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect((await call(site.url, 'GET', '/assets/app-1.js')).headers.get('content-type')).toContain('javascript');
    expect((await call(site.url, 'GET', '/v1/me', { token: site.token })).headers.get('cache-control')).toBe('no-store');
    for (const path of ['/../hub.db', '/%2e%2e/hub-token', '/assets/..%2f..%2fetc/passwd', '/.\\..\\etc']) {
      expect((await call(site.url, 'GET', path)).status).toBe(404);
    }
  });
});

describe('what watches the hub', () => {
  it('reads its figures', async () => {
    const { body } = await call<string>(site.url, 'GET', '/metrics', { token: site.token });
    expect(body).toMatch(/wayside_hub_cases\{state="(open|claimed|resolved)"\} 1/);
    expect(body).toMatch(/wayside_hub_request_seconds_count\{[^}]*route="\/v1\/cases\/:case\/replies"/);
  });
});

describe('a port that is taken', () => {
  it('is said with the way out, and the store is left free', async () => {
    const port = Number(new URL(site.url).port);
    const data = join(site.data, 'second');
    const second = (at: number) => createHub(hubConfig.parse({ data, port: at, packsRoot: data }), { log: createLog('silent') });
    await expect(second(port).start()).rejects.toMatchObject({ code: 'port-in-use', message: expect.stringContaining('--port') });
    const free = second(0);
    await free.start();
    await free.stop();
  });

  it('is one thing, and a data folder another: two hubs on one folder are refused', async () => {
    const twin = createHub(hubConfig.parse({ data: site.data, port: 0 }), { log: createLog('silent') });
    await expect(twin.start()).rejects.toMatchObject({ code: 'conflict' });
  });
});

/** A small seeded generator, so that a failing round can be run again (Mulberry32, public domain). */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
