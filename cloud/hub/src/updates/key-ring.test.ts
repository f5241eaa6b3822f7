import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UpdateStatus } from '../api/update-types.ts';
import { hubConfig } from '../config.ts';
import { createHub, type Hub, type Started } from '../hub.ts';
import { createLog } from '../log.ts';
import { call, testDatabase } from '../scenario.ts';

let folder: string;
let at = Date.now();
const hubs: Hub[] = [];
const started: Started[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-ring-'));
  const database = await testDatabase();
  const start = async (name: string) => {
    const hub = createHub(hubConfig.parse({ data: join(folder, name), port: 0, packsRoot: folder, ...database }), {
      log: createLog('silent'),
      passwordWork: 4,
      now: () => at,
    });
    hubs.push(hub);
    started.push(await hub.start());
  };
  await start('one');
  // On a file there is one hub, which is started again in another folder with all but the keys of updates.
  if (database.database === undefined) {
    await status(0);
    await hubs[0]!.stop();
  }
  await mkdir(join(folder, 'two'));
  for (const name of ['hub-token', 'log-key', 'secrets-key', ...(database.database === undefined ? ['hub.db'] : [])])
    await copyFile(join(folder, 'one', name), join(folder, 'two', name));
  if (database.database !== undefined) await status(0);
  await start('two');
});
afterAll(async () => {
  await Promise.all(hubs.map((hub) => hub.stop()));
  await rm(folder, { recursive: true });
});
const status = async (hub: number): Promise<UpdateStatus> =>
  (await call<UpdateStatus>(started[hub]!.url, 'GET', '/v1/updates', { token: started[hub]!.token })).body;
const versions = ({ roles }: UpdateStatus) => Object.fromEntries(roles.map(({ role, version }) => [role, version]));

it('a hub that has no key of updates in its folder signs with those of the hub that made them, in the store they share', async () => {
  expect(await readdir(join(folder, 'two'))).not.toContain('updates');
  const before = versions(await status(1));
  at += 2 * 3_600_000;
  const after = await status(1);
  expect(versions(after).timestamp).toBeGreaterThan(before.timestamp as number);
  expect(after.roles.map(({ here }) => here)).toEqual([true, true, true, true]);
});
