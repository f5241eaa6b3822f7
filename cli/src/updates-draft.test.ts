import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHub, type Hub, hubConfig } from '@wayside/hub';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { init, sign, status } from './updates.ts';
import { draft, holder, join as joinSigned, signOne } from './updates-draft.ts';

let folder: string;
let hub: Hub;
let flags: { hub: string; data: string };
let said = '';
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-draft-'));
  hub = createHub(hubConfig.parse({ data: at('hub'), port: 0, packsRoot: folder, logLevel: 'silent' }));
  flags = { hub: (await hub.start()).url, data: folder };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await hub.stop();
  await rm(folder, { recursive: true });
});
const statusNow = async (): Promise<string> => {
  said = '';
  await status(flags);
  return said;
};
const idOf = async (name: string, of: 'root' | 'targets'): Promise<string> => {
  said = '';
  await holder(at(name));
  return new RegExp(`${of} ([0-9a-f]{12})`).exec(said)?.[1] as string;
};

it('each of three holders signs alone, in whatever order and copy; two suffice, and the hub is told nothing before', async () => {
  for (const name of ['anna', 'ben', 'chen']) await holder(at(name));
  await init({ ...flags, keys: [at('first')] });
  const add = ['anna', 'ben', 'chen'].map((name) => at(`${name}/holder.json`));
  const without = [await idOf('first', 'root'), await idOf('first', 'targets')];
  await draft(at('a'), { ...flags, add, without, threshold: '2' });
  for (const copy of ['b', 'c']) await copyFile(at('a'), at(copy));
  await signOne(at('a'), [at('anna')]);
  await signOne(at('b'), [at('ben')]);
  await expect(joinSigned([at('a'), at('b')], flags)).rejects.toMatchObject({ code: 'forbidden' });
  expect(said).toContain('Still to sign: 1 of the keys before, 0 of those after.');
  expect(await statusNow()).toMatch(/root +version 2/);
  await signOne(at('c'), [at('first')]);
  await joinSigned([at('a'), at('c')], flags);
  expect(await statusNow()).toMatch(/root +version 3, .*2 of 3 keys/);
  await sign({ ...flags, keys: [at('ben')] });
  await expect(sign({ ...flags, keys: [at('first')] })).rejects.toMatchObject({ code: 'forbidden' });
});

it('a key that was lost is taken out by the others; what it signed of the list is signed anew, and it signs nothing more', async () => {
  await sign({ ...flags, keys: [at('chen')] });
  const without = [await idOf('chen', 'root'), await idOf('chen', 'targets')];
  await draft(at('d'), { ...flags, without });
  await expect(signOne(at('d'), [at('stranger')])).rejects.toMatchObject({ code: 'forbidden' });
  await signOne(at('d'), [at('anna')]);
  await expect(joinSigned([at('d')], flags)).rejects.toMatchObject({ code: 'forbidden' });
  await signOne(at('d'), [at('ben')]);
  await joinSigned([at('d')], flags);
  expect(await statusNow()).toMatch(/root +version 4, .*2 of 2 keys/);
  expect(said).not.toContain('Waits');
  await expect(sign({ ...flags, keys: [at('chen')] })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(draft(at('e'), { ...flags, without: [await idOf('ben', 'root')] })).rejects.toMatchObject({ code: 'invalid' });
  await expect(draft(at('e'), { ...flags, without: ['ffffffffffff'] })).rejects.toMatchObject({ code: 'not-found' });
});

it('what is no copy, is of another root, or is garbage changes nothing; a signature that does not hold does not count', async () => {
  await draft(at('f'), { ...flags });
  await draft(at('g'), { ...flags, threshold: '1' });
  await expect(joinSigned([at('f'), at('g')], flags)).rejects.toMatchObject({ code: 'conflict' });
  await signOne(at('f'), [at('anna')]);
  const forged = JSON.parse(await readFile(at('f'), 'utf8'));
  const root = JSON.parse(forged.root);
  root.signatures.push({
    keyid: root.signed.roles.root.keyids.find((id: string) => id !== root.signatures[0].keyid),
    sig: 'ab'.repeat(64),
  });
  await writeFile(at('h'), JSON.stringify({ ...forged, root: JSON.stringify(root) }));
  await expect(joinSigned([at('f'), at('h')], flags)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(joinSigned([at('h'), at('f')], flags)).rejects.toMatchObject({ code: 'forbidden' });
  for (const garbage of ['', '{', '[]', '{"was":"{}","root":"{}"}', JSON.stringify({ ...forged, more: 1 })]) {
    await writeFile(at('i'), garbage);
    await expect(signOne(at('i'), [at('anna')])).rejects.toMatchObject({ code: 'invalid' });
    await expect(draft(at('j'), { ...flags, add: [at('i')] })).rejects.toMatchObject({ code: 'invalid' });
  }
  expect(await statusNow()).toMatch(/root +version 4/);
});
