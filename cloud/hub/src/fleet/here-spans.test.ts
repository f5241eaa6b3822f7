import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hubConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { testDatabase } from '../scenario.ts';
import { type HubStore, openHubStore } from '../store/open.ts';
import { createHereSpans } from './here-spans.ts';

const day = 86_400_000;
let folder: string;
let store: HubStore;
let at: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  folder = await mkdtemp(join(tmpdir(), 'wayside-here-'));
  store = await openHubStore(hubConfig.parse({ data: folder, ...(await testDatabase()) }));
  at = Date.UTC(2026, 10, 22);
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
  await rm(folder, { recursive: true });
});

const kept = async () => (await store.db.selectFrom('edgeHere').select('edge').orderBy('edge').execute()).map(({ edge }) => edge);
const room = () => createHereSpans({ db: store.db, now: () => at }, createLog('silent'));
async function wasHere(edge: string): Promise<void> {
  const spans = room();
  spans.presence(edge, true);
  spans.presence(edge, false);
  await spans.stop();
}

it('of an edge are forgotten after 400 days: when a hub starts, and by one that runs on', async () => {
  await wasHere('first');
  at += 300 * day;
  await wasHere('second');
  at += 99 * day;
  const spans = room();
  spans.start();
  await spans.stop();
  expect(await kept()).toEqual(['first', 'second']);
  at += 2 * day;
  const running = room();
  running.start();
  await expect.poll(kept).toEqual(['second']);
  at += 300 * day;
  vi.advanceTimersByTime(2_000);
  await expect.poll(kept).toEqual([]);
  await running.stop();
});
