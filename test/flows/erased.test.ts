import { cp, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startEdge } from '../support/edge.ts';
import { enrolled } from '../support/enrolled.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { visitor } from '../support/visitor.ts';

/** In no pack, article or wording: one is a name, one is said, one a technician writes to whoever said it. */
const words = ['xochitl', 'quokka', 'numbat'];

let site: Site;
let data: string[];

beforeEach(async () => {
  site = await createSite();
  data = ['edge', 'house', 'hub'].map((name) => join(site.folder, name));
});
afterEach(() => site?.close());

/** Every table of a store, each cell: `table.column`, of those that hold one of the words. */
function tablesWith(file: string): string[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = db.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
    expect(tables.length).toBeGreaterThan(20);
    const cells = tables.flatMap(({ name }) =>
      (db.prepare(`select * from "${name}"`).all() as Record<string, unknown>[]).flatMap((row) =>
        Object.entries(row).map(([column, value]) => ({ where: `${name}.${column}`, value })),
      ),
    );
    const text = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)).toLowerCase();
    return [...new Set(cells.filter(({ value }) => words.some((word) => text(value).includes(word))).map(({ where }) => where))];
  } finally {
    db.close();
  }
}

/** A file that is replaced while the folder is read. */
const gone = (error: NodeJS.ErrnoException): Buffer => {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
};

/** Files below a folder in whose bytes one of the words stands. */
async function filesWith(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const bytes = (await readFile(join(entry.parentPath, entry.name)).catch(gone)).toString('latin1').toLowerCase();
    if (words.some((word) => bytes.includes(word))) found.push(entry.name);
  }
  return found;
}

it('nothing that somebody said, was told or is called is in any table of edge and hub once they are erased', async () => {
  const folder = data[1] as string;
  await enrolled(folder, 'house', site.hubUrl, await site.enrolmentCode());
  const house = await startEdge({ data: folder, hubUrl: site.hubUrl });
  const inTheCar = visitor(() => site.edge().url);
  const atHome = visitor(() => house.url);
  await inTheCar.comeIn(site.edge().panelLink());
  await atHome.comeIn(house.panelLink());
  await inTheCar.post('/v1/people', { name: 'Xochitl' });
  await inTheCar.patch('/v1/people/me', { shares: true });
  const { session } = (await inTheCar.post('/v1/sessions', { channel: 'panel', locale: 'en' })).body;
  await inTheCar.post(`/v1/sessions/${session}/turns`, { text: 'my quokka rattles' });
  const { code } = (await inTheCar.post('/v1/people/me/link')).body;
  expect((await atHome.post('/v1/people/link', { code, share: true })).body.outcome).toBe('entered');
  await until('the words at home', async () =>
    JSON.stringify((await atHome.get('/v1/people/me/sessions')).body.sessions).includes('quokka'),
  );
  await inTheCar.post(`/v1/sessions/${session}/handoff`);
  const { id } = await until('the case', async () => (await site.technician.get('/v1/cases')).cases[0]);
  await site.technician.post(`/v1/cases/${id}/claim`);
  await site.technician.post(`/v1/cases/${id}/replies`, { id: 'r1', text: 'Dear Xochitl, is it the numbat that rattles?' });
  await until('the reply', async () => JSON.stringify((await inTheCar.get(`/v1/sessions/${session}`)).body).includes('numbat'));
  await inTheCar.post(`/v1/sessions/${session}/turns`, { text: 'no, the quokka' });
  await site.technician.post(`/v1/cases/${id}/resolve`, { text: 'Xochitl held the numbat tight.', draft: false });
  await until('that it is over', async () => JSON.stringify((await inTheCar.get(`/v1/sessions/${session}`)).body).includes('resolved'));
  const taken = (await inTheCar.get('/v1/people/me/export')).body;
  for (const word of words) expect(JSON.stringify(taken).toLowerCase()).toContain(word);
  expect(taken.atHub, 'what only the hub knows').toMatchObject({
    state: 'complete',
    places: expect.arrayContaining([expect.objectContaining({ name: 'Xochitl' })]),
    cases: [{ case: id, claimedBy: expect.any(String), resolution: 'Xochitl held the numbat tight.' }],
  });

  expect((await atHome.delete('/v1/people/me')).status).toBe(204);
  expect((await inTheCar.delete('/v1/people/me')).status).toBe(204);
  await until('nothing of it at the hub', async () => {
    const row = JSON.stringify(await site.technician.get(`/v1/cases/${id}`)).toLowerCase();
    return words.every((word) => !row.includes(word));
  });
  await site.stopEdge();
  await house.stop();
  await site.stopHub();
  const stores = [join(data[0] as string, 'edge.db'), join(data[1] as string, 'edge.db'), join(data[2] as string, 'hub.db')];
  expect(stores.map(tablesWith)).toEqual([[], [], []]);
  expect((await Promise.all(data.map(filesWith))).flat()).toEqual([]);
});

it('what one takes along says so when the hub could not be asked', async () => {
  const person = visitor(() => site.edge().url);
  await person.comeIn(site.edge().panelLink());
  await person.post('/v1/people', { name: 'Xochitl' });
  expect((await person.get('/v1/people/me/export')).body.atHub).toMatchObject({ state: 'complete', cases: [] });
  await site.stopHub();
  const { atHub, profile } = (await person.get('/v1/people/me/export')).body;
  expect(profile.name).toBe('Xochitl');
  expect(atHub).toMatchObject({ state: 'not-asked', note: { en: expect.stringContaining('once more'), zh: expect.any(String) } });
});

it('a guest whom a technician helped is gone from the hub, too, once they leave', async () => {
  const guest = visitor(() => site.edge().url);
  await guest.comeIn(site.edge().panelLink());
  await guest.post('/v1/people/guest');
  const { session } = (await guest.post('/v1/sessions', { channel: 'panel', locale: 'en' })).body;
  await guest.post(`/v1/sessions/${session}/turns`, { text: 'my quokka rattles' });
  await guest.post(`/v1/sessions/${session}/handoff`);
  const { id } = await until('the case', async () => (await site.technician.get('/v1/cases')).cases[0]);
  await site.technician.post(`/v1/cases/${id}/claim`);
  await site.technician.post(`/v1/cases/${id}/replies`, { id: 'r1', text: 'Is it the numbat?' });
  await until('the reply', async () => JSON.stringify((await guest.get(`/v1/sessions/${session}`)).body).includes('numbat'));
  await guest.post('/v1/people/leave');
  await until('nothing of it at the hub', async () => {
    const row = JSON.stringify(await site.technician.get(`/v1/cases/${id}`)).toLowerCase();
    return words.every((word) => !row.includes(word));
  });
  await until('nothing waits', async () => (await site.operator.get('/v1/status')).hub.waiting === 0);
  await site.stopEdge();
  await site.stopHub();
  expect([join(data[0] as string, 'edge.db'), join(data[2] as string, 'hub.db')].map(tablesWith)).toEqual([[], []]);
  expect((await Promise.all([data[0], data[2]].map((one) => filesWith(one as string)))).flat()).toEqual([]);
});

it('somebody is erased from a damaged store that was set aside, and from the copies of the hub', async () => {
  const copies = join(site.folder, 'copies');
  await site.close();
  site = await createSite({ hubSettings: { copies, copyMinutes: 0.01 } });
  const edge = join(site.folder, 'edge');
  const person = visitor(() => site.edge().url);
  await person.comeIn(site.edge().panelLink());
  await person.post('/v1/people', { name: 'Xochitl' });
  await person.patch('/v1/people/me', { shares: true });
  const { session } = (await person.post('/v1/sessions', { channel: 'panel', locale: 'en' })).body;
  await person.post(`/v1/sessions/${session}/turns`, { text: 'my quokka rattles' });
  await until('a copy with the words', async () => (await filesWith(copies)).length > 0);
  await site.stopEdge();
  // The index of what was said is another page now: SQLite sees that it is no tree.
  const file = await open(join(edge, 'edge.db'), 'r+');
  await file.write(Buffer.alloc(4_096, 7), 0, 4_096, 4_096 * 5);
  await file.close();
  await site.startEdge();
  const aside = async () => (await filesWith(edge)).filter((name) => name.includes('.damaged-'));
  expect(await aside(), 'it holds the words').not.toEqual([]);
  await until('the words, salvaged', async () => JSON.stringify((await person.get('/v1/people/me/sessions')).body).includes('quokka'));

  expect((await person.delete('/v1/people/me')).status).toBe(204);
  expect(await aside()).toEqual([]);
  await until('no copy with the words', async () => (await filesWith(copies)).length === 0, 30_000);
  expect(await readdir(copies), 'there is a copy').toContainEqual(expect.stringMatching(/^hub-.*\.db$/));
  await rm(copies, { recursive: true });
});

it.each([
  ['who let nothing go to the hub', false],
  ['whose words the hub had', true],
])('somebody %s is erased again when the edge is put back to an image from before', async (_, shares) => {
  const [edge, image] = [data[0] as string, join(site.folder, 'image')];
  const settled = () => until('nothing waits', async () => (await site.operator.get('/v1/status')).hub.waiting === 0, 30_000);
  const before = visitor(() => site.edge().url);
  await before.comeIn(site.edge().panelLink());
  await before.post('/v1/people', { name: 'Xochitl' });
  if (shares) await before.patch('/v1/people/me', { shares });
  const { session } = (await before.post('/v1/sessions', { channel: 'panel', locale: 'en' })).body;
  await before.post(`/v1/sessions/${session}/turns`, { text: 'my quokka rattles' });
  await settled();
  await site.stopEdge();
  await cp(edge, image, { recursive: true });
  await site.startEdge();
  expect((await before.delete('/v1/people/me')).status).toBe(204);
  await settled();
  await site.stopEdge();
  await rm(edge, { recursive: true });
  await cp(image, edge, { recursive: true });
  expect(tablesWith(join(edge, 'edge.db'))).not.toEqual([]);

  await site.startEdge();
  await until('that they are not there', async () => (await site.operator.raw(`/v1/sessions/${session}`)).status === 404, 60_000);
  await settled();
  await site.stopEdge();
  await site.stopHub();
  expect([join(edge, 'edge.db'), join(data[2] as string, 'hub.db')].map(tablesWith)).toEqual([[], []]);
  expect((await Promise.all([edge, data[2] as string].map(filesWith))).flat()).toEqual([]);
});
