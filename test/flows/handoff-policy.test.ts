import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

describe('a person is called by rule', () => {
  let site: Site;
  let session: string;
  const open = async (thing = 'car-1', locale = 'en') => {
    ({ session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale, thing }));
  };
  const tell = (text: string) => site.operator.post(`/v1/sessions/${session}/turns`, { text });
  const caseOf = (id: string) => site.technician.get(`/v1/cases/${id}`);
  beforeAll(async () => {
    site = await createSite();
    await site.play('vehicle/misfire', { thing: 'car-1' });
  });
  afterAll(() => site.close());

  it('whose name and reason stand at the panel and at the console', async () => {
    await open();
    let handoff = null;
    for (const text of ['play some jazz', 'sing me a song', 'hum a waltz', 'dance the tango', 'paint a horse'])
      handoff ??= (await tell(text)).handoff;
    expect(handoff).toMatchObject({ rule: 'not-understood', urgency: 'normal', because: { en: expect.stringContaining('Three things') } });
    const view = await until('the case', () => caseOf(handoff.case));
    expect(view.handoff.rule).toMatchObject({ id: 'not-understood', measures: { unmatched: 3 } });
  });

  it('and is told at once when it becomes an emergency, in the same case', async () => {
    const { case: id } = (await site.operator.get(`/v1/sessions/${session}`)).handoff;
    const { answer, handoff } = await tell('there is smoke coming out of the engine');
    expect(answer.text).toMatch(/^Stop at the side now/);
    expect(handoff).toMatchObject({ case: id, urgency: 'urgent', rule: 'emergency' });
    const view = await until('urgent at the hub', async () => {
      const found = await caseOf(id);
      return found.urgency === 'urgent' && found;
    });
    expect(view).toMatchObject({ rule: 'emergency', handoff: { raised: { rule: { id: 'emergency' } }, rule: { id: 'not-understood' } } });
    expect((await site.technician.get('/v1/cases')).cases).toHaveLength(1);
    expect(view).toMatchObject({ title: { en: 'Smoke or a burning smell', zh: '冒烟或焦糊味' }, severity: 'danger' });
    // Said once: it is as urgent as can be.
    await tell('the smoke is getting worse');
    expect((await site.technician.get('/v1/cases')).cases).toHaveLength(1);
    await tell('now the engine is on fire');
    await until('what it has become, on its line', async () => (await site.technician.get('/v1/cases')).cases[0].title.en === 'Fire');
  });

  it('and after the case is resolved the conversation starts clean: nothing calls anybody again by itself', async () => {
    const { case: id } = (await site.operator.get(`/v1/sessions/${session}`)).handoff;
    await site.technician.post(`/v1/cases/${id}/claim`);
    await site.technician.post(`/v1/cases/${id}/resolve`, { text: 'A loose cable.', draft: false });
    await until('resolved at the edge', async () => (await site.operator.get(`/v1/sessions/${session}`)).handoff.state === 'resolved');
    const first = await tell('play some jazz');
    expect(first.handoff).toBeNull();
    expect((await tell('what is the oil temperature')).handoff).toBeNull();
    expect((await site.technician.get('/v1/cases')).cases).toHaveLength(0);
    const asked = await tell('talk to a person');
    expect(asked.handoff).toMatchObject({ rule: 'asked', state: expect.stringMatching(/saved|at-hub/) });
    expect(asked.handoff.case).not.toBe(id);
  });

  it('a case that was resolved while danger was told of is open again', async () => {
    await open();
    const { handoff } = await tell('talk to a person');
    await until('the case', () => caseOf(handoff.case));
    await site.stopHub();
    await tell('the brakes do not work');
    await site.startHub();
    // The technician was quicker than the record that was on its way.
    await until('urgent', async () => (await caseOf(handoff.case)).urgency === 'urgent');
    expect((await caseOf(handoff.case)).state).toBe('open');
  });

  it('who is upset is helped sooner, and nothing of how they felt is on any disk', async () => {
    await open();
    const { handoff, answer, sentiment } = await tell('This is useless, I am furious! What is wrong?');
    expect(sentiment).toBeLessThan(-0.8);
    // That the brakes do not work was told of this car a minute ago, and nobody has looked since.
    expect(answer.text).toMatch(/^Do not drive on\..*(should not be happening with the car|Fair enough|I see that the car)/s);
    expect(handoff).toMatchObject({ rule: 'conversation', because: { en: 'A person can help better here.' } });
    const again = await site.operator.post(`/v1/sessions/${session}/turns`, {
      text: 'x',
      id: (await site.operator.get(`/v1/sessions/${session}`)).turns[0].id,
    });
    expect(again).toMatchObject({ sentiment: null, answer: { text: answer.text } });
    const view = await until('the case', () => caseOf(handoff.case));
    expect(JSON.stringify({ ...view, turns: [] })).not.toMatch(/"sentiment|angry-and-serious|upset"/);
    await site.stopEdge();
    await site.stopHub();
    for (const file of ['edge/edge.db', 'edge/edge.db-wal', 'hub/hub.db', 'hub/hub.db-wal']) {
      const bytes = await readFile(join(site.folder, file)).catch(() => Buffer.alloc(0));
      expect(bytes.toString('latin1')).not.toMatch(/"sentiment(?:Trend)?":-?\d|angry-and-serious/);
    }
    await site.startHub();
    await site.startEdge();
  });
});
