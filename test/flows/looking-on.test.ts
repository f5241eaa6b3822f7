import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

describe('a technician looks on', () => {
  let site: Site;
  let packs: string;
  let session: string;
  const tell = (text: string) => site.operator.post(`/v1/sessions/${session}/turns`, { text });
  const open = async () => {
    ({ session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'car-1' }));
  };
  const caseOf = (id: string) => site.technician.get(`/v1/cases/${id}`);
  beforeAll(async () => {
    packs = await mkdtemp(join(tmpdir(), 'wayside-packs-'));
    for (const family of ['core', 'vehicle']) await cp(join(packsRoot, family), join(packs, family), { recursive: true });
    // The shipped rule, at a threshold that a plain misfire reaches.
    const policy = join(packs, 'vehicle/policy.yaml');
    const text = await readFile(policy, 'utf8');
    await writeFile(policy, text.replace('complexity: { atLeast: 0.6 }', 'complexity: { atLeast: 0.1 }'));
    site = await createSite({ packs });
    await site.play('vehicle/misfire', { thing: 'car-1' });
  }, 90_000);
  afterAll(async () => {
    await site?.close();
    await rm(packs, { recursive: true, force: true });
  });

  it('where it is hard and serious: the agent goes on, says so and why, and the case waits for nobody', async () => {
    await open();
    const { answer, handoff, route } = await tell('My mail is a.b@example.com, why did the warning light come on?');
    const told = await tell('Why did the warning light come on?');
    const status = handoff ?? told.handoff;
    expect(status).toMatchObject({ attention: 'looks-on', rule: 'hard-case', urgency: 'normal' });
    expect(`${answer.text} ${told.answer.text}`).toMatch(/I go on with you, and ask a technician to look on/);
    expect([route?.to, told.route?.to]).toContain('together');
    const view = await until('the case', () => caseOf(status.case));
    expect(view).toMatchObject({ attention: 'looks-on', waitingSince: null, skill: { en: 'Car' } });
    expect(view.handoff.route).toMatchObject({ to: 'together', kind: 'diagnosis', because: { en: expect.stringContaining('serious') } });
  });

  it('and the technician has what one asks first, without a way to reach the person, who did not agree to that', async () => {
    const { handoff } = await site.operator.get(`/v1/sessions/${session}`);
    const view = await caseOf(handoff.case);
    expect(view.handoff.brief).toMatchObject({ said: expect.arrayContaining([expect.stringContaining('warning light')]) });
    expect(view.handoff.brief.next.en.length).toBeGreaterThan(10);
    expect(view.handoff.brief).not.toHaveProperty('mind');
    expect(JSON.stringify(view)).not.toContain('a.b@example.com');
    const { turns } = await site.operator.get(`/v1/sessions/${session}`);
    expect(turns[0].text).toContain('a.b@example.com');
  });

  it('still answers alone while somebody looks on, and falls silent once they step in', async () => {
    expect((await tell('is it safe to drive on?')).answer.rung).toBe('diagnosis');
    const { handoff } = await site.operator.get(`/v1/sessions/${session}`);
    await site.technician.post(`/v1/cases/${handoff.case}/replies`, { text: 'Hello, I have been looking on.' });
    await until('answered', async () => (await site.operator.get(`/v1/sessions/${session}`)).handoff.state === 'answered');
    expect((await tell('and now?')).answer.text).toMatch(/^Sent to/);
  });

  it('becomes one who takes over when the person asks for them, in the same case', async () => {
    await open();
    const first = await tell('Why did the warning light come on?');
    expect(first.handoff).toMatchObject({ attention: 'looks-on' });
    const status = await site.operator.post(`/v1/sessions/${session}/handoff`);
    expect(status).toMatchObject({ case: first.handoff.case, attention: 'takes-over', rule: 'asked' });
    const view = await until('to be taken over', async () => {
      const found = await caseOf(status.case);
      return found.attention === 'takes-over' && found;
    });
    expect(view.waitingSince).not.toBeNull();
  });

  it('is told how the person feels only if they agreed', async () => {
    await open();
    expect(await site.operator.raw(`/v1/sessions/${session}/consents`, { method: 'PUT', body: '{"mood":"yes"}' })).toMatchObject({
      status: 400,
    });
    expect(await site.operator.put(`/v1/sessions/${session}/consents`, { mood: true })).toEqual({ mood: true, contact: false });
    const { handoff } = await tell('I am furious, this is useless! Why is the light on?');
    expect(handoff).toMatchObject({ attention: 'takes-over', rule: 'angry-and-serious' });
    const view = await until('the case', () => caseOf(handoff.case));
    expect(view.handoff.brief.mind.mood).toBeLessThan(-0.8);
    expect(view.handoff.rule.measures.sentiment).toBeLessThan(-0.8);
  });
});
