import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

/** The main job, from the first question to the article that changes the next answer. Each step rests on the one before. */
describe('a driver, a technician and a car that misfires', () => {
  let site: Site;
  let session: string;
  let caseId: string;
  beforeAll(async () => {
    site = await createSite();
    await site.play('vehicle/misfire', { thing: 'car-1' });
  });
  afterAll(() => site.close());

  it('the edge knows the car, its code and its fault', async () => {
    const car = await site.operator.get('/v1/things/car-1');
    expect(car.family).toBe('vehicle');
    expect(car.dtcs).toContainEqual(
      expect.objectContaining({ code: 'P0301', state: 'confirmed', freezeFrame: expect.objectContaining({}) }),
    );
    expect(car.faults[0]).toMatchObject({ fault: 'misfire-cylinder-1', safety: 'gently' });
  });

  it('an answer says first what is safe, and cites the signals, the code and the article it rests on', async () => {
    ({ session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'car-1' }));
    const { answer, faults, understanding } = await site.operator.post(`/v1/sessions/${session}/turns`, {
      text: 'Why did the warning light come on?',
    });
    expect(understanding).toMatchObject({ kind: 'intent', intent: 'why' });
    expect(answer.rung).toBe('diagnosis');
    expect(answer.text).toMatch(/drive gently/i);
    const kinds = new Set(answer.citations.map((c: { kind: string }) => c.kind));
    for (const kind of ['sample', 'dtc', 'fault', 'article']) expect([...kinds]).toContain(kind);
    expect(faults[0].fault).toBe('misfire-cylinder-1');
  });

  it('a cited article can be opened, in both languages', async () => {
    const en = await site.operator.get('/v1/articles/misfire?locale=en');
    const zh = await site.operator.get('/v1/articles/misfire?locale=zh');
    expect([en.locale, zh.locale]).toEqual(['en', 'zh']);
    expect(zh.body).toMatch(/[一-鿿]/);
  });

  it('asking for a person is kept at once and reaches the technician with the whole context', async () => {
    const { state, case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
    caseId = id;
    expect(['saved', 'at-hub']).toContain(state);
    const view = await until<any>('the case at the hub', async () => {
      const { cases } = await site.technician.get('/v1/cases?state=open');
      return cases.length > 0 && site.technician.get(`/v1/cases/${caseId}`);
    });
    expect(view.handoff.faults[0].fault).toBe('misfire-cylinder-1');
    expect(view.handoff.dtcs[0]).toMatchObject({ code: 'P0301' });
    expect(view.handoff.traces[0].points.length).toBeGreaterThan(10);
    expect(view.turns.map((t: { text: string }) => t.text)).toContain('Why did the warning light come on?');
  });

  it('asking again is the same case', async () => {
    expect((await site.operator.post(`/v1/sessions/${session}/handoff`)).case).toBe(caseId);
  });

  it('the technician’s reply arrives in the same conversation, once', async () => {
    await site.technician.post(`/v1/cases/${caseId}/claim`);
    await site.technician.post(`/v1/cases/${caseId}/replies`, { id: 'reply-1', text: 'Please swap the coils of cylinders 1 and 2.' });
    await site.technician.post(`/v1/cases/${caseId}/replies`, { id: 'reply-1', text: 'Please swap the coils of cylinders 1 and 2.' });
    const transcript = await until('the reply on the panel', async () => {
      const found = await site.operator.get(`/v1/sessions/${session}`);
      return found.turns.some((t: { by: string }) => t.by === 'technician') && found;
    });
    expect(transcript.turns.filter((t: { by: string }) => t.by === 'technician')).toHaveLength(1);
    expect(transcript.handoff.state).toBe('answered');
  });

  it('while the technician is there the agent does not talk over them, and they hear the person', async () => {
    const { answer } = await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'Which coil is number 1?' });
    expect(answer.rung).toBe('human');
    await until('the words in the console', async () => {
      const view = await site.technician.get(`/v1/cases/${caseId}`);
      return view.turns.some((t: { text: string }) => t.text === 'Which coil is number 1?');
    });
  });

  it('in an emergency the agent says what to do all the same, and the technician hears of it', async () => {
    const { answer, understanding } = await site.operator.post(`/v1/sessions/${session}/turns`, {
      text: 'there is smoke coming from under the hood',
    });
    expect(understanding.intent).toBe('emergency');
    expect(answer.text).toMatch(/stop|out/i);
    expect(answer.rung).not.toBe('human');
    // Resolved before the hub hears of danger, a case is opened again by it; so the technician hears of it first.
    const told = await until('the danger at the hub', async () => {
      const { handoff } = await site.technician.get(`/v1/cases/${caseId}`);
      return handoff.urgency === 'urgent' && handoff;
    });
    expect(told.raised.rule.id).toBe('emergency');
  });

  it('a resolved case drafts an article; published, it changes the next answer at the edge', async () => {
    const ask = async () => {
      const { session: fresh } = await site.operator.post('/v1/sessions', { channel: 'text', locale: 'en', thing: 'car-1' });
      return site.operator.post(`/v1/sessions/${fresh}/turns`, { text: 'What about rubber boot moisture on the zebra harness?' });
    };
    const before = await ask();
    expect(JSON.stringify(before.answer)).not.toContain('zebra');

    const { article } = await site.technician.post(`/v1/cases/${caseId}/resolve`, {
      text: 'Moisture under the rubber boot of the zebra harness at coil 1. Dry the rubber boot and fit a new seal.',
      cause: 'misfire-cylinder-1',
      draft: true,
    });
    await site.technician.post(`/v1/articles/${article.id}/${article.locale}/publish`);
    // A fault cites it as soon as it is here; words find it once they are embedded too.
    const after = await until('an answer from the article', async () => {
      const { answer } = await ask();
      return /zebra|rubber boot/i.test(answer.text) && answer;
    });
    expect(JSON.stringify(after.citations)).toContain(article.id);
    await until(
      'the person to be told that it is resolved',
      async () => (await site.operator.get(`/v1/sessions/${session}`)).handoff.state === 'resolved',
    );
  });
});
