import { describe, expect, it } from 'vitest';
import type { Log } from '../log.ts';
import { openEdgeStore } from '../store/open.ts';
import { anyCredential } from './any-credential.ts';
import { createHubDoor } from './hub.ts';
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
