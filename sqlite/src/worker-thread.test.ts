import { expect, it } from 'vitest';
import { openStore } from './index.ts';
import { beginWorker, takeWorker } from './worker-thread.ts';

it('is begun once and handed out once', async () => {
  beginWorker();
  beginWorker();
  const [first, second] = [takeWorker(), takeWorker()];
  expect(first).not.toBe(second);
  await Promise.all([first.terminate(), second.terminate()]);
});

it('carries the stores when it was begun ahead of them', async () => {
  beginWorker();
  const store = await openStore(':memory:', {});
  expect(await store.inspect()).toBeUndefined();
  await store.close();
});
