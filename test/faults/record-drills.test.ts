import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { leafHash, nodeHash, toBase64Url, utf8, verifyText } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

const say = (site: Site, session: string, text: string) => site.operator.post(`/v1/sessions/${session}/turns`, { text });
const nothingWaits = (site: Site) => until('nothing waits', async () => (await site.operator.get('/v1/status')).hub.waiting === 0, 30_000);
const recordOf = (site: Site, id: string) => site.technician.get(`/v1/cases/${id}/record`);
const verified = (site: Site, id: string) =>
  until<any>(
    'the case is verified and witnessed',
    async () => {
      const record = await recordOf(site, id);
      return record.state === 'verified' && record.witnesses.length > 0 && record;
    },
    30_000,
  );

async function siteWithCase(unnamedTalk: 'here' | 'hub' = 'hub'): Promise<{ site: Site; session: string; id: string }> {
  const site = await createSite({ settings: { unnamedTalk } });
  const { session } = await site.operator.post('/v1/sessions', { channel: 'api', locale: 'en' });
  await say(site, session, 'the brakes make a noise');
  const { case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
  await verified(site, id);
  await until('its receipt is witnessed', async () => (await site.operator.get(`/v1/sessions/${session}/seal`)).witnesses > 0, 40_000);
  return { site, session, id };
}

/** Somebody with the hub's disk in their hands, while the hub is down. */
async function onTheDisk(site: Site, act: (db: DatabaseSync) => void): Promise<void> {
  await site.stopHub();
  const db = new DatabaseSync(join(site.folder, 'hub/hub.db'));
  act(db);
  db.close();
  await site.startHub();
}

/** As one would who has the hub's key: a leaf is another, and every hash above it agrees. */
function rewriteLog(db: DatabaseSync, place: number): void {
  const leaf = db.prepare('select text from logLeaf where place = ?').get(place) as { text: string };
  const text = leaf.text.replace(/"at":\d/, '"at":9');
  db.prepare('update logLeaf set text = ?, hash = ? where place = ?').run(text, toBase64Url(leafHash(p, utf8(text))), place);
  const rows = db.prepare('select text from logLeaf order by place').all() as { text: string }[];
  let level = rows.map((row) => leafHash(p, utf8(row.text)));
  for (let height = 0; level.length > 0; height++) {
    for (const [i, hash] of level.entries())
      db.prepare('update logNode set hash = ? where level = ? and place = ?').run(toBase64Url(hash), height, i);
    level = Array.from({ length: Math.floor(level.length / 2) }, (_, i) =>
      nodeHash(p, level[2 * i] as Uint8Array, level[2 * i + 1] as Uint8Array),
    );
  }
}

describe.each(['hub', 'here'] as const)(
  'an administrator who rewrites, where talk goes to the hub (%s) or comes with the request',
  (unnamedTalk) => {
    let site: Site;
    let session: string;
    let id: string;
    beforeAll(async () => {
      ({ site, session, id } = await siteWithCase(unnamedTalk));
    });
    afterAll(() => site.close());

    it('the words shown on the case page is found out by the page', async () => {
      const change = (from: string, to: string) => (db: DatabaseSync) =>
        void db.prepare('update turn set turnJson = replace(turnJson, ?, ?)').run(from, to);
      await onTheDisk(site, change('make a noise', 'are all right'));
      expect(await recordOf(site, id)).toMatchObject({ state: 'broken', problem: expect.stringContaining('shown otherwise') });
      await onTheDisk(site, change('are all right', 'make a noise'));
      await verified(site, id);
    });

    it('what the edge told, everywhere, does not fit what the edge signed', async () => {
      await onTheDisk(site, (db) => {
        for (const column of ['turn set turnJson = replace(turnJson', 'upRecord set bodyJson = replace(bodyJson'])
          db.prepare(`update ${column}, 'make a noise', 'are all right')`).run();
      });
      expect(await recordOf(site, id)).toMatchObject({
        state: 'broken',
        problem: expect.stringMatching(/entry \d+ \((turn|handoff)\) recorded was changed/),
      });
      await onTheDisk(site, (db) => {
        for (const column of ['turn set turnJson = replace(turnJson', 'upRecord set bodyJson = replace(bodyJson'])
          db.prepare(`update ${column}, 'are all right', 'make a noise')`).run();
      });
    });

    it('the log itself, with the hub’s own key, gets no signature of the edge any more, and the edge says why', async () => {
      await onTheDisk(site, (db) => rewriteLog(db, 1));
      await say(site, session, 'hello again');
      await site.operator.post(`/v1/sessions/${session}/seal`);
      const { alarms } = await until<any>(
        'the alarm',
        async () => {
          const record = await recordOf(site, id);
          return record.alarms.some((a: { what: string }) => a.what === 'distrust') && record;
        },
        40_000,
      );
      // Nor does what the edge seals now join the log any more.
      expect(alarms.map((a: { what: string }) => a.what)).toContain('distrust');
      // What the edge holds is not touched by any of this.
      const file = await (await site.operator.raw(`/v1/sessions/${session}/export`)).text();
      expect(verifyText(p, file).ok).toBe(true);
    }, 90_000);
  },
);

describe('an edge that is put back to an earlier state', () => {
  let site: Site;
  let session: string;
  let id: string;
  beforeAll(async () => {
    ({ site, session, id } = await siteWithCase());
  });
  afterAll(() => site.close());

  it('goes on in a new epoch, the hub shows that it was put back, and nothing said since is lost', async () => {
    await site.stopEdge();
    const [edge, image] = [join(site.folder, 'edge'), join(site.folder, 'image')];
    await cp(edge, image, { recursive: true });
    await site.startEdge();
    for (const text of ['first after the image', 'second after the image']) await say(site, session, text);
    await site.operator.post(`/v1/sessions/${session}/seal`);
    await nothingWaits(site);
    await site.stopEdge();
    await rm(edge, { recursive: true });
    await cp(image, edge, { recursive: true });
    await site.startEdge();
    await say(site, session, 'said after it was put back');
    await site.operator.post(`/v1/sessions/${session}/seal`);
    await until(
      'the hub shows it',
      async () => (await recordOf(site, id)).alarms.some((a: { what: string }) => a.what === 'rolled-back'),
      40_000,
    );
    await nothingWaits(site);
    const view = await site.technician.get(`/v1/cases/${id}`);
    const texts = view.turns.map((t: { text: string }) => t.text);
    expect(texts).toEqual(expect.arrayContaining(['first after the image', 'second after the image', 'said after it was put back']));
    await until(
      'the new epoch',
      async () => (await (await site.operator.raw(`/v1/sessions/${session}/export`)).text()).includes('"epoch":2'),
      20_000,
    );
    const file = await (await site.operator.raw(`/v1/sessions/${session}/export`)).text();
    expect(verifyText(p, file)).toMatchObject({ ok: true });
  }, 120_000);

  it('without the key that signs goes on with one nothing vouches for, and both sides say so', async () => {
    await site.stopEdge();
    await rm(join(site.folder, 'edge/record/signing-key.json'));
    await site.startEdge();
    await say(site, session, 'the key is gone');
    await site.operator.post(`/v1/sessions/${session}/seal`);
    await until(
      'the hub shows it',
      async () => (await recordOf(site, id)).alarms.some((a: { what: string }) => a.what === 'key-lost'),
      30_000,
    );
    const file = await (await site.operator.raw(`/v1/sessions/${session}/export`)).text();
    const { ok, seen } = verifyText(p, file);
    expect(ok).toBe(true);
    expect(seen.entries).toBeLessThan(10);
    await readFile(join(site.folder, 'edge/record/signing-key.json'));
  });
});
