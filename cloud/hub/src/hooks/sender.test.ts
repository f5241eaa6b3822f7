import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hubConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { testDatabase } from '../scenario.ts';
import { openHubStore } from '../store/open.ts';
import { createSender } from './sender.ts';

it('what was sent is forgotten after 14 days; what was given up stays to be looked at', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-sender-'));
  const store = await openHubStore(hubConfig.parse({ data: folder, ...(await testDatabase()) }));
  const now = Date.UTC(2026, 10, 22);
  const hook = { id: 'h', kind: 'webhook', to: 'http://127.0.0.1:9', eventsJson: '[]', secret: '', by: 'me', createdAt: now };
  await store.db.insertInto('hook').values(hook).execute();
  const told = (id: string, days: number, state: string) => ({
    id,
    hook: 'h',
    event: 'opened',
    bodyJson: '{}',
    at: now - days * 86_400_000,
    state,
    tries: 1,
    nextAt: null,
    said: null,
  });
  await store.db
    .insertInto('delivery')
    .values([told('young', 13, 'sent'), told('old', 15, 'sent'), told('given-up', 300, 'dead')])
    .execute();
  const hand = async () => '';
  const sender = createSender(
    { db: store.db, now: () => now, tell: () => {} },
    { webhook: hand, email: hand, chatwoot: hand, push: hand },
    createLog('silent'),
  );
  sender.start();
  await sender.stop();
  const left = await store.db.selectFrom('delivery').select('id').orderBy('id').execute();
  expect(left.map(({ id }) => id)).toEqual(['given-up', 'young']);
  await store.close();
  await rm(folder, { recursive: true });
});
