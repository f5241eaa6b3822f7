import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DownBatch, UpAcknowledgment } from '@wayside/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArticleView, CaseView } from './api/types.ts';
import { call, handoff, record, turn } from './scenario.ts';
import { askAs, enrolWith, type SigningEdge } from './signing-edge.ts';

type Ready = { url: string; token: string; console: string; firstAdmin?: { password: string } };

const main = join(import.meta.dirname, 'main.ts');
let data: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'wayside-main-'));
});
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) await kill();
  await rm(data, { recursive: true, force: true });
});

const run = (...flags: string[]) =>
  spawn(process.execPath, [main, '--data', data, '--packs-root', join(data, 'none'), '--log-level', 'silent', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function start(): Promise<Ready> {
  child = run('--port', '0', '--json');
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as Ready;
  throw new Error('the hub ended before it was ready');
}

async function kill(): Promise<void> {
  const gone = once(child!, 'exit');
  child!.kill('SIGKILL');
  await gone;
}

async function ends(process: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let [out, err] = ['', ''];
  process.stdout!.on('data', (chunk) => (out += chunk));
  process.stderr!.on('data', (chunk) => (err += chunk));
  await once(process, 'close');
  return { code: process.exitCode, out, err };
}

describe('the hub as a program', () => {
  it('says in one line where it is and how to get in, and stops when told', async () => {
    const ready = await start();
    expect(ready).toMatchObject({ ready: true, url: expect.stringMatching(/^http:/), firstAdmin: { name: 'admin' } });
    const token = ready.console.split('#once=')[1];
    expect((await call(ready.url, 'POST', '/v1/auth/once', { body: { token } })).status).toBe(200);
    const gone = once(child!, 'exit');
    child!.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  });

  it('explains its settings, and ends with a sentence when one is wrong', async () => {
    expect((await ends(run('--help'))).out).toMatch(/--port .*HTTP port[\s\S]*WAYSIDE_HUB_PORT, default 8090/);
    expect(await ends(run('--port', 'many'))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^The hub's setting port is not valid.*\n$/),
    });
    expect(await ends(run('--colour', 'red'))).toMatchObject({ code: 1, err: expect.stringContaining('--help') });
    const { url } = await start();
    const twin = spawn(process.execPath, [main, '--data', join(data, 'b'), '--port', new URL(url).port, '--log-level', 'silent'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(await ends(twin)).toMatchObject({ code: 1, err: expect.stringMatching(/^Port \d+ is already in use.*--port\.\n$/) });
  });

  it('killed at any moment, loses and doubles nothing it has acknowledged', { timeout: 240_000 }, async () => {
    let hub = await start();
    const edge = await enrol(hub);
    let closing = false;
    /** How many of each kind were acknowledged so far. */
    const done = [0, 0, 0];
    const work = [
      // An edge that sends until it is acknowledged: a handoff, then turns, in batches of three.
      repeat(0, async (n) => {
        const first = n * 3 + 1;
        const records = [0, 1, 2].map((i) =>
          first + i === 1 ? record(1, 'handoff', handoff('c')) : record(first + i, 'turn', turn(`t${first + i}`, 'session-of-c')),
        );
        const up = { method: 'POST', path: '/v1/sync/up', body: { epoch: 'e', records } };
        const { status, body } = await askAs<UpAcknowledgment>(hub.url, edge, up);
        return status === 200 && body.durableThrough === first + 2;
      }),
      repeat(
        1,
        async (n) =>
          (await call(hub.url, 'POST', '/v1/cases/c/replies', { token: hub.token, body: { id: `r${n}`, text: `reply ${n}` } })).status ===
          200,
      ),
      repeat(2, async (n) => {
        const fresh = { id: `a${n}`, locale: 'en', title: 'T', body: 'B', family: 'vehicle', faults: [], tags: [], sources: [] };
        const made = (await call(hub.url, 'POST', '/v1/articles', { token: hub.token, body: fresh })).status;
        return (
          (made === 200 || made === 409) &&
          (await call(hub.url, 'POST', `/v1/articles/a${n}/en/publish`, { token: hub.token })).status === 200
        );
      }),
    ];

    /** Does the next thing until it is acknowledged, again after every failure. @returns how many were */
    async function repeat(kind: number, next: (n: number) => Promise<boolean>): Promise<number> {
      for (let n = 0; ; ) {
        if (await next(n).catch(() => false)) done[kind] = ++n;
        else await sleep(5);
        if (closing) return n;
      }
    }

    for (let round = 0; round < 4; round++) {
      await sleep(50 + Math.random() * 400);
      await kill();
      hub = await start();
    }
    await expect.poll(() => Math.min(...done)).toBeGreaterThan(5);
    closing = true;
    const [batches, replies, articles] = (await Promise.all(work)) as [number, number, number];

    const view = (await call<CaseView>(hub.url, 'GET', '/v1/cases/c', { token: hub.token })).body;
    const told = view.turns.filter((t) => t.by === 'operator' && t.id.startsWith('t')).map((t) => t.id);
    // What was stored though its acknowledgment was lost may be there as well: at most one batch, one reply.
    expect(told.slice(0, batches * 3 - 1)).toEqual(Array.from({ length: batches * 3 - 1 }, (_, i) => `t${i + 2}`));
    const shown = view.turns.filter((t) => t.by === 'technician').map((t) => t.id);
    expect(shown.slice(0, replies)).toEqual(Array.from({ length: replies }, (_, i) => `r${i}`));

    const envelopes = await allDown(hub, edge);
    expect(envelopes.map((e) => e.seq)).toEqual(envelopes.map((_, i) => i + 1));
    const sent = envelopes.filter((e) => e.kind === 'reply').map((e) => (e.body as { reply: string }).reply);
    expect(sent).toEqual(shown);
    const published = envelopes.filter((e) => e.kind === 'article').map((e) => (e.body as { article: ArticleView }).article.id);
    expect(published.slice(0, articles)).toEqual(Array.from({ length: articles }, (_, i) => `a${i}`));
    expect(new Set(published).size).toBe(published.length);
  });
});

async function enrol({ url, token }: Ready): Promise<SigningEdge> {
  const { code } = (await call<{ code: string }>(url, 'POST', '/v1/edges/codes', { token, body: {} })).body;
  return (await enrolWith(url, code, 'e')).made;
}

async function allDown({ url }: Ready, edge: SigningEdge): Promise<DownBatch['envelopes']> {
  const all: DownBatch['envelopes'] = [];
  for (;;) {
    const next = { method: 'GET', path: '/v1/sync/down', query: `after=${all.at(-1)?.seq ?? 0}` };
    const { envelopes, more } = (await askAs<DownBatch>(url, edge, next)).body;
    all.push(...envelopes);
    if (!more) return all;
  }
}
