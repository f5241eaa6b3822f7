import { cp, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

let site: Site;
beforeEach(async () => {
  site = await createSite({ settings: { unnamedTalk: 'hub' } });
});
afterEach(() => site.close());

const session = async () => (await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en' })).session as string;
const say = (to: string, text: string) => site.operator.post(`/v1/sessions/${to}/turns`, { text });
const handOff = async (of: string) => (await site.operator.post(`/v1/sessions/${of}/handoff`)).case as string;
const level = () => until('nothing waits', async () => (await site.operator.get('/v1/status')).hub.waiting === 0, 30_000);
const caseAt = (id: string) => until<any>(`case ${id} at the hub`, () => site.technician.get(`/v1/cases/${id}`), 30_000);
const words = async (id: string) => (await caseAt(id)).turns.map(({ text }: { text: string }) => text);
const alarmsOf = async (id: string) =>
  (await site.technician.get(`/v1/cases/${id}/record`)).alarms.map(({ what }: { what: string }) => what);

/** Reads a store that nobody has open. */
function inStore<T>(file: string, read: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(site.folder, file));
  try {
    return read(db);
  } finally {
    db.close();
  }
}

describe('what a hub acknowledged', () => {
  it('fills a hub again that lost its disk with all it knew', async () => {
    const talk = await session();
    await say(talk, 'said before the disk was lost');
    const id = await handOff(talk);
    await caseAt(id);
    await level();
    await site.stopHub();
    await site.stopEdge();
    await rm(join(site.folder, 'hub'), { recursive: true });
    await site.startHub();
    // It joins by a code, as an edge does whose hub knows it no more.
    await site.startEdge(await site.enrolmentCode());
    expect(await words(id)).toContain('said before the disk was lost');
    await level();
  });

  it('is sent again, without anybody doing anything, to one that was put back to an earlier state; and what it then says is heard', async () => {
    const [hub, copy] = [join(site.folder, 'hub'), join(site.folder, 'hub-copy')];
    const talk = await session();
    await say(talk, 'before the copy');
    const id = await handOff(talk);
    await site.technician.post(`/v1/cases/${(await caseAt(id)).id}/replies`, { text: 'a reply before the copy' });
    await level();
    await site.stopHub();
    await cp(hub, copy, { recursive: true });
    await site.startHub();
    await say(talk, 'after the copy');
    for (const text of ['lost with the disk, one', 'lost with the disk, two'])
      await site.technician.post(`/v1/cases/${id}/replies`, { text });
    const heard = async () => (await site.operator.get(`/v1/sessions/${talk}`)).turns.map(({ text }: { text: string }) => text);
    await until('the replies are heard', async () => (await heard()).includes('lost with the disk, two'), 20_000);
    await until('the hub has what was said', async () => (await words(id)).includes('after the copy'), 20_000);
    await level();
    await site.stopHub();
    await rm(hub, { recursive: true });
    await cp(copy, hub, { recursive: true });
    await site.startHub();
    // These replies bear numbers the edge has seen before, from the hub that is gone.
    for (const text of ['new, one', 'new, two', 'new, three']) await site.technician.post(`/v1/cases/${id}/replies`, { text });
    await until('what was lost is there again', async () => (await words(id)).includes('after the copy'), 40_000);
    await until('the new replies are heard', async () => (await heard()).includes('new, three'), 40_000);
    const all = await heard();
    const replies = all.filter((text: string) => /^(a reply|lost with|new,)/.test(text));
    expect(replies, 'each once').toHaveLength(6);
    expect(all).toEqual(expect.arrayContaining(['lost with the disk, one', 'new, one', 'new, two']));
  }, 120_000);
});

describe('an edge that was copied', () => {
  it('is seen by the hub at the first number both use, and nothing of either is thrown away', async () => {
    const id = await handOff(await session());
    await caseAt(id);
    await level();
    await site.stopEdge();
    const [edge, twin] = [join(site.folder, 'edge'), join(site.folder, 'twin')];
    await cp(edge, twin, { recursive: true });
    await site.startEdge();
    await say(await session(), 'from the one');
    await level();
    await site.stopEdge();
    await rm(edge, { recursive: true });
    await cp(twin, edge, { recursive: true });
    // The copy says as many things as the first said, so its numbers do not run ahead of what the hub has.
    await site.stopHub();
    await site.startEdge();
    for (const text of ['from the other', 'more from the other', 'and more', 'and still more']) await say(await session(), text);
    await site.startHub();
    await until(
      'the hub shows it',
      async () => (await alarmsOf(id)).includes('equivocation') || (await alarmsOf(id)).includes('rolled-back'),
      30_000,
    );
    await level();
    await site.stopHub();
    const texts = inStore('hub/hub.db', (db) => [
      ...(db.prepare("select bodyJson as body from upRecord where kind = 'turn'").all() as { body: string }[]),
      ...(db.prepare('select recordJson as body from quarantine').all() as { body: string }[]),
    ]).map(({ body }) => body);
    for (const said of ['from the one', 'from the other', 'and still more'])
      expect(
        texts.some((text) => text.includes(said)),
        said,
      ).toBe(true);
  }, 90_000);
});

describe('a store that is damaged', () => {
  it('is set aside and salvaged, service goes on within 10 s in a new epoch, and the hub is told what was lost', async () => {
    const talk = await session();
    for (let i = 0; i < 20; i++) await say(talk, `hello number ${i}`);
    const id = await handOff(talk);
    await caseAt(id);
    await level();
    await site.stopHub();
    await say(talk, 'said while the hub was away');
    const name = site.edge().edge;
    await site.stopEdge();
    const file = join(site.folder, 'edge/edge.db');
    const { size } = await stat(file);
    const handle = await open(file, 'r+');
    await handle.write(Buffer.alloc(4_096, 0xa5), 0, 4_096, Math.floor(size / 8_192) * 4_096);
    await handle.close();
    const from = performance.now();
    await site.startEdge();
    expect((await say(await session(), 'hello')).answer.text).toMatch(/\w/);
    expect(performance.now() - from).toBeLessThan(10_000);
    await site.startHub();
    await until('the hub is told', async () => (await alarmsOf(id)).includes('loss'), 30_000);
    await level();
    expect(site.edge().edge).toBe(name);
    expect(await words(id)).toContain('hello number 19');
  }, 90_000);
});
