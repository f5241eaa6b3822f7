import { rm } from 'node:fs/promises';
import { type Run, runScenario } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boilerPacks, cloggedBoiler } from '../support/boiler.ts';
import { createSite, type Site, until } from '../support/site.ts';

type Advice = { advice: string; ref: string; kind: string; thing: string; worse: boolean };

/** What the agent says before anyone asks, on a real site. */
describe('a boiler that clogs while nobody asks', () => {
  let packs: string;
  let site: Site;
  let boiler: Run;
  beforeAll(async () => {
    packs = await boilerPacks();
    site = await createSite({ packs });
    const { mqttPort, mqtt } = site.edge();
    const made = cloggedBoiler(true);
    const scenario = { ...made, thing: { ...made.thing, maker: 'Acme', model: 'B2', firmware: '1.4' } };
    boiler = runScenario({ scenario, actions: [], url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt });
    await boiler.start();
  });
  afterAll(async () => {
    await boiler?.stop();
    await site?.close();
    await rm(packs, { recursive: true, force: true });
  });
  const advice = async (): Promise<Advice[]> => (await site.operator.get('/v1/advice')).advice;
  const told = (ref: string) => until(`advice on ${ref}`, async () => (await advice()).find((one) => one.ref === ref));

  it('is advised once, and not again after it was put aside, nor after a restart', async () => {
    const first = await told('clogged');
    expect(first).toMatchObject({ kind: 'fault', thing: 'boiler-1', worse: false });
    await site.operator.post(`/v1/advice/${first.advice}/dismiss`);
    expect(await advice()).toEqual([]);
    await site.stopEdge();
    await site.startEdge();
    await boiler.stop();
    const { mqttPort, mqtt } = site.edge();
    boiler = runScenario({
      scenario: { ...cloggedBoiler(true), thing: { id: 'boiler-1', title: 'Boiler', maker: 'Acme', model: 'B2', firmware: '1.4' } },
      actions: [],
      url: `mqtt://127.0.0.1:${mqttPort}`,
      ...mqtt,
    });
    await boiler.start();
    await until('the fault', async () => (await site.operator.get('/v1/faults')).faults.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect(await advice()).toEqual([]);
  });

  it('an issue the hub knows of this firmware is advised with its article, and danger is said in the conversation that goes on', async () => {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'zh', thing: 'boiler-1' });
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: '你好' });
    const both = (en: string, zh: string) => ({ en, zh });
    const issue = { family: 'boiler', severity: 'danger', safety: 'stop', article: 'clogged' };
    await site.technician.post('/v1/issues', {
      ...issue,
      issue: 'valve-2026',
      maker: 'ACME',
      model: 'b2',
      firmware: ['1.3', '1.4'],
      title: both('The valve can stick', '阀门可能卡住'),
      text: both('Switch it off.', '请关机。'),
    });
    await site.technician.post('/v1/issues', {
      ...issue,
      issue: 'other',
      firmware: ['2.0'],
      title: both('Not ours', '无关'),
      text: both('x', 'x'),
    });
    expect(await told('valve-2026')).toMatchObject({ kind: 'issue', article: 'clogged', severity: 'danger' });
    expect((await advice()).map(({ ref }) => ref)).toEqual(['valve-2026']);
    await until('the danger in the conversation', async () => {
      const { turns } = await site.operator.get(`/v1/sessions/${session}`);
      return turns.some((turn: { by: string; text: string }) => turn.by === 'agent' && /^请关机。Boiler：阀门可能卡住。/.test(turn.text));
    });
    await site.technician.post('/v1/issues/valve-2026/withdraw');
    await until('it is over', async () => (await advice()).length === 0);
  });

  it('an issue that is solved says so where it was told of, until it is put aside', async () => {
    const both = (en: string, zh: string) => ({ en, zh });
    const issue = {
      issue: 'pump-2026',
      family: 'boiler',
      severity: 'warning',
      safety: 'gently',
      title: both('The pump hums', '水泵嗡嗡响'),
    };
    await site.technician.post('/v1/issues', { ...issue, text: both('Let it run.', '让它运转。') });
    expect(await told('pump-2026')).toMatchObject({ kind: 'issue' });
    const bulletin = both('Firmware 1.5 stops the hum.', '固件 1.5 消除了嗡嗡声。');
    expect((await site.technician.raw('/v1/issues/pump-2026/close', { method: 'POST', body: '{}' })).status).toBe(400);
    await site.technician.post('/v1/issues/pump-2026/close', { bulletin });
    const [said] = await until('the bulletin', async () => {
      const all = await advice();
      return all.length === 1 && all[0]?.kind === 'bulletin' && all;
    });
    expect(said as Advice).toMatchObject({ ref: 'pump-2026', text: bulletin, safety: 'go-on' });
    const { issues } = await site.technician.get('/v1/issues');
    expect(issues.find((one: { issue: string }) => one.issue === 'pump-2026')).toMatchObject({ state: 'closed' });
    await site.operator.raw(`/v1/advice/${said?.advice}/dismiss`, { method: 'POST' });
    expect(await advice()).toEqual([]);
  });

  it('what is no advice cannot be put aside', async () => {
    expect((await site.operator.raw('/v1/advice/nothing/dismiss', { method: 'POST' })).status).toBe(404);
  });
});
