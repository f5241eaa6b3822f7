import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Run, runScenario } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boilerPacks, cloggedBoiler } from '../support/boiler.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { visitor } from '../support/visitor.ts';

const recommendations = `mostPerWeek: 2
figures:
  flow: { title: { en: Flow, zh: 流量 }, latest: flow }
  fires: { title: { en: Fires, zh: 点火 }, runs: { signal: burning, is: true }, over: 30d }
recommendations:
  flush-now:
    title: { en: Flush the filter, zh: 冲洗过滤器 }
    advice: { en: I can flush it., zh: 我可以冲洗。 }
    because: { en: 'The flow is {flow}.', zh: '流量是 {flow}。' }
    when: [{ figure: flow, atLeast: 6 }]
    do: { name: flush }
    procedure: unclog
    sources: [made for a test]
  look-at-it:
    title: { en: Look at the boiler, zh: 看看锅炉 }
    advice: { en: Just look., zh: 看一看。 }
    because: { en: 'The flow is {flow}.', zh: '流量是 {flow}。' }
    when: [{ figure: flow, atLeast: 6 }]
    article: clogged
    sources: [made for a test]
  one-too-many:
    title: { en: Listen to it, zh: 听一听 }
    advice: { en: Listen., zh: 听一听。 }
    because: { en: 'The flow is {flow}.', zh: '流量是 {flow}。' }
    when: [{ figure: flow, atLeast: 6 }]
    article: clogged
    sources: [made for a test]
  not-this-one:
    title: { en: Never, zh: 不会 }
    advice: { en: Never., zh: 不会。 }
    because: { en: '{fires} fires.', zh: '点火 {fires} 次。' }
    when: [{ figure: fires, atLeast: 1000 }]
    article: clogged
    sources: [made for a test]
`;

/** What is worth doing, on a real site: given, reasoned, answered, done by the machine, counted. */
describe('a boiler that would like to be looked after', () => {
  let packs: string;
  let site: Site;
  let boiler: Run;
  const home = visitor(() => site.edge().url);
  beforeAll(async () => {
    packs = await boilerPacks();
    await writeFile(join(packs, 'boiler', 'recommendations.yaml'), recommendations);
    site = await createSite({ packs });
    const { mqttPort, mqtt } = site.edge();
    const healthy = cloggedBoiler(false);
    boiler = runScenario({ scenario: { ...healthy, timeline: [] }, actions: [], url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt });
    await boiler.start();
    await home.comeIn(site.edge().panelLink());
    await home.post('/v1/people', { name: 'Ada', preferences: { units: 'us' } });
  });
  afterAll(async () => {
    await boiler?.stop();
    await site?.close();
    await rm(packs, { recursive: true, force: true });
  });

  const stands = async () => (await home.get('/v1/recommendations')).body.recommendations;
  const of = async (id: string) => (await stands()).find((one: any) => one.recommendation === id);
  const answer = (id: string, body: object) => home.post(`/v1/recommendations/boiler-1/${id}/answer`, body);
  const acceptance = async (id: string) =>
    (await site.technician.get('/v1/insight')).recommendations.find((one: any) => one.recommendation === id);

  it('recommends what applies, no more than two in a week, each with its figures in the units of who asks', async () => {
    await until('recommendations', async () => (await stands()).length === 2, 20_000);
    expect((await stands()).map(({ recommendation }: any) => recommendation)).toEqual(['flush-now', 'look-at-it']);
    const one = await of('flush-now');
    expect(one).toMatchObject({ thing: 'boiler-1', action: { risk: 'R2', effect: { en: expect.stringMatching(/no hot water/) } } });
    expect(one.because.en).toMatch(/^The flow is [\d.]+ gal\/min\.$/);
    const metric = (await site.operator.get('/v1/recommendations')).recommendations[0];
    expect(metric.because.zh).toMatch(/^流量是 [\d.]+ L\/min。$/);
  });

  it('does what the machine can do only after a yes in the conversation, and takes the answer back', async () => {
    const { session } = (await home.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'boiler-1' })).body;
    expect((await answer('flush-now', { answer: 'done', session })).status).toBe(204);
    const { turns, commands } = (await home.get(`/v1/sessions/${session}`)).body;
    expect(turns.at(-1).text).toMatch(/^Flush the filter\. .*no hot water meanwhile\. Shall I do it\?$/);
    expect(commands).toMatchObject([{ action: 'flush', state: 'proposed' }]);
    expect(await of('flush-now')).toMatchObject({ answer: 'done' });
    await until('counted at the hub', async () => (await acceptance('flush-now'))?.done === 1);
    await answer('flush-now', { answer: 'undo' });
    expect((await of('flush-now')).answer).toBeUndefined();
    await until('taken back at the hub', async () => (await acceptance('flush-now'))?.done === 0);
  });

  it('leaves alone whoever is not interested, over a restart, and tells nobody who it was', async () => {
    await answer('look-at-it', { answer: 'no' });
    await until('counted at the hub', async () => (await acceptance('look-at-it'))?.no === 1);
    expect(await acceptance('look-at-it')).toMatchObject({ given: 1, done: 0, title: { zh: '看看锅炉' } });
    expect(JSON.stringify(await site.technician.get('/v1/insight'))).not.toMatch(/Ada|p_/);
    await site.stopEdge();
    await site.startEdge();
    await home.comeIn(site.edge().panelLink());
    expect(await of('look-at-it')).toMatchObject({ answer: 'no' });
    const metrics = await (await site.operator.raw('/metrics')).text();
    expect(metrics).toMatch(/wayside_recommendations_total/);
  });

  it.each([
    ['boiler-1/nothing', { answer: 'no' }, 404],
    ['nobody/flush-now', { answer: 'no' }, 404],
    ['boiler-1/flush-now', { answer: 'undo' }, 409],
    ['boiler-1/flush-now', { answer: 'perhaps' }, 400],
    ['boiler-1/flush-now', {}, 400],
    ['boiler-1/flush-now', 'garbage', 400],
    ['boiler-1/flush-now', { answer: 'done', session: 's_nowhere' }, 404],
  ])('%s refuses %j with a clear problem', async (path, body, status) => {
    const response = await site.operator.raw(`/v1/recommendations/${path}/answer`, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(status);
    expect((await response.json()).detail.length).toBeGreaterThan(10);
  });
});
