import type { UpBatch } from '@wayside/contract';
import { describe, expect, it } from 'vitest';
import type { Log } from '../log.ts';
import { openEdgeStore } from '../store/open.ts';
import { anyCredential } from './any-credential.ts';
import { createHubDoor } from './hub.ts';
import type { HubLine } from './hub-line.ts';
import { countWaiting } from './outbox.ts';
import { createSync } from './sync.ts';

describe('sync with a hub that was away and lost its memory', () => {
  it('tells each reason once, and says what to do about a certificate the hub does not know', async () => {
    const store = await openEdgeStore(':memory:', Date.now);
    const said: string[] = [];
    const keep = (_: unknown, message?: string) => void said.push(message ?? '');
    let asked = 0;
    const line = async () => {
      if (++asked <= 2) throw new Error('connect ECONNREFUSED');
      return new Response(JSON.stringify({ code: 'unauthorized', detail: 'who are you' }), { status: 401 });
    };
    const sync = createSync({
      db: store.db,
      epoch: store.epoch,
      hub: createHubDoor('http://hub.invalid', anyCredential(), { line }),
      handlers: {} as never,
      log: { info: () => {}, debug: () => {}, warn: keep, error: keep } as unknown as Log,
      now: Date.now,
      onState: () => {},
      onPushed: async () => {},
    });
    sync.start();
    const end = Date.now() + 8_000;
    while (asked < 4 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    await sync.stop();
    await store.close();
    expect(asked).toBeGreaterThanOrEqual(4);
    expect(said).toEqual(['sync did not get through', expect.stringContaining('the hub does not know this edge')]);
    expect(sync.state().state).toBe('offline');
  });
});

describe('sync while a month waits for the hub', () => {
  it('is connected, fetches what the hub has between two batches, and ends when it is told to', async () => {
    const store = await openEdgeStore(':memory:', Date.now);
    const rows = Array.from({ length: 500 }, (_, i) => ({ id: `r${i}`, kind: 'dtc', at: 1, body: '{}', salt: null }));
    for (let i = 0; i < 20; i++) {
      const named = rows.map((row) => ({ ...row, id: `${row.id}-${i}` }));
      await store.db.insertInto('outbox').values(named).execute();
    }
    const asked: string[] = [];
    const line: HubLine = async ({ pathname }, { body = '' }) => {
      asked.push(pathname);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (pathname === '/v1/sync/down') return new Response(JSON.stringify({ envelopes: [], more: false }));
      const { records } = JSON.parse(body) as UpBatch;
      return new Response(JSON.stringify({ durableThrough: records.at(-1)?.seq ?? 0, quarantined: [] }));
    };
    const sync = createSync({
      db: store.db,
      epoch: store.epoch,
      hub: createHubDoor('http://hub.invalid', anyCredential(), { line }),
      handlers: {} as never,
      log: { info: () => {}, debug: () => {}, warn: () => {}, error: () => {} } as unknown as Log,
      now: Date.now,
      onState: () => {},
      onPushed: async () => {},
    });
    sync.start();
    const end = Date.now() + 8_000;
    while (asked.length < 4 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(asked.slice(0, 3)).toEqual(['/v1/sync/up', '/v1/sync/down', '/v1/sync/up']);
    expect(sync.state().state).toBe('connected');
    await sync.stop();
    expect(await countWaiting(store.db)).toBeGreaterThan(5_000);
    await store.close();
  });
});
