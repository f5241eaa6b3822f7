import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';
import { visitor } from '../support/visitor.ts';

/** In no pack, article or wording. */
const word = 'quokka';

describe('somebody who chose no name', () => {
  let site: Site;
  const begin = async (settings = {}) => {
    site = await createSite({ settings });
    await site.play('vehicle/misfire', { thing: 'car-1' });
    const kiosk = visitor(() => site.edge().url);
    await kiosk.comeIn(site.edge().panelLink());
    const { session } = (await kiosk.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'car-1' })).body;
    const say = (text: string) => kiosk.post(`/v1/sessions/${session}/turns`, { text });
    await say(`my ${word} rattles`);
    await until('nothing waits', async () => (await site.operator.get('/v1/status')).hub.waiting === 0);
    return { kiosk, session, say };
  };
  const talks = async () => (await site.technician.get('/v1/insight/help?days=7')).talks;
  /** Every record the hub was ever told, as it has it; nobody else may look while it runs. */
  const told = async () => {
    await site.stopHub();
    const db = new DatabaseSync(join(site.folder, 'hub', 'hub.db'), { readOnly: true });
    try {
      return db.prepare('select kind, bodyJson from upRecord').all() as { kind: string; bodyJson: string }[];
    } finally {
      db.close();
    }
  };
  afterEach(() => site?.close());

  it('is heard by nobody but the machine, which counts them; once they ask for a person, that one has what was said', async () => {
    const { kiosk, session } = await begin();
    expect((await kiosk.get('/v1/people')).body.me).toMatchObject({ standing: 'anyone', keptHere: true });
    await until('that it is counted', async () => (await talks()) === 1);
    await kiosk.post(`/v1/sessions/${session}/handoff`);
    const { turns } = (await kiosk.get(`/v1/sessions/${session}`)).body;
    expect(turns.at(-1).text).toMatch(/They get what was said here, and how the machine is\.$/);
    const open = await until('the case', async () => (await site.technician.get('/v1/cases')).cases[0], 90_000);
    expect(JSON.stringify(await site.technician.get(`/v1/cases/${open.id}`))).toContain(word);
    expect(await talks(), 'counted once').toBe(1);
    const help = await site.technician.get('/v1/insight/help?days=7');
    expect(help.handedOver).toBe(1);
    expect((await told()).filter(({ bodyJson }) => bodyJson.includes(word)).map(({ kind }) => kind)).toEqual(['handoff']);
  });

  it('is heard at the hub where its operator has told people so, and the machine says it', async () => {
    const { kiosk } = await begin({ unnamedTalk: 'hub' });
    expect((await kiosk.get('/v1/people')).body.me).toMatchObject({ keptHere: false });
    // A guest is one here as everywhere.
    await kiosk.post('/v1/people/guest');
    expect((await kiosk.get('/v1/people')).body.me).toMatchObject({ standing: 'guest', keptHere: true });
    expect(await talks()).toBe(1);
    expect(JSON.stringify(await told())).toContain(word);
  });
});
