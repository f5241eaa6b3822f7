import { rm } from 'node:fs/promises';
import { type Run, runScenario } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boilerPacks, cloggedBoiler } from '../support/boiler.ts';
import { createSite, type Site, until } from '../support/site.ts';

type Spoken = { by: string; text: string };

/** Guided repair from the first question to the proof, on a real site. Each step rests on the one before. */
describe('a boiler with a clogged filter and a householder', () => {
  let packs: string;
  let site: Site;
  let boiler: Run;
  let session: string;
  const start = async (flushes: boolean) => {
    const { mqttPort, mqtt } = site.edge();
    const actions = ['flush', 'lamp'];
    boiler = runScenario({ scenario: cloggedBoiler(flushes), actions, url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt });
    await boiler.start();
    await until('the fault', async () => (await site.operator.get('/v1/faults')).faults.length === 1);
  };
  const open = async (locale = 'en', channel = 'panel') =>
    (await site.operator.post('/v1/sessions', { channel, locale, thing: 'boiler-1' })).session;
  const say = (text: string, to = session) => site.operator.post(`/v1/sessions/${to}/turns`, { text });
  const turns = async (of = session): Promise<Spoken[]> => (await site.operator.get(`/v1/sessions/${of}`)).turns;
  const heard = (what: RegExp, of = session) =>
    until(`the agent saying ${what}`, async () => (await turns(of)).find((turn) => turn.by === 'agent' && what.test(turn.text)));
  const repairs = () => site.operator.get('/v1/things/boiler-1/repairs');

  beforeAll(async () => {
    packs = await boilerPacks();
    site = await createSite({ packs });
    await start(true);
  });
  afterAll(async () => {
    await boiler?.stop();
    await site?.close();
    await rm(packs, { recursive: true, force: true });
  });

  it('is told first what is still safe, then what is wrong', async () => {
    session = await open();
    const { answer } = await say('What is wrong?');
    expect(answer.text).toMatch(/^You may go on, but draw little water\. .*The filter is clogged/);
  });

  it('is told what is needed and what to mind before the first step, which shows a picture', async () => {
    const { answer } = await say('how do I fix it');
    expect(answer.text).toMatch(/You need: A brush\. It takes about 10 minutes\. The pipe may be hot\. Step 1 of 4: Look whether/);
    // What is needed and what to do: as they follow each other, for a screen to show apart. What is safe was said a moment ago.
    expect(answer.parts).toMatchObject([
      { kind: 'basis', text: expect.stringMatching(/^You need: A brush\. It takes about 10 minutes\.$/) },
      { kind: 'do', text: expect.stringMatching(/^The pipe may be hot\. Step 1 of 4: /) },
    ]);
    expect(answer.step).toMatchObject({
      tools: ['A brush'],
      minutes: 10,
      leads: { failed: 'person' },
      picture: { alt: 'Two open valves' },
    });
    const picture = await site.operator.raw(`/${answer.step.picture.url}`);
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(picture.headers.get('content-security-policy')).toMatch(/sandbox/);
    for (const other of ['boiler/thing.yaml', 'boiler/..%2Fthing.yaml', 'core/valves.svg'])
      expect((await site.operator.raw(`/v1/pictures/${other}`)).status).toBe(404);
  });

  it('can go back and forth', async () => {
    expect((await say('done')).answer.step).toMatchObject({ step: 'flush', number: 2, canGoBack: true });
    expect((await say('go back')).answer.step).toMatchObject({ step: 'look', canGoBack: false });
    expect((await say('repeat that')).answer.step).toMatchObject({ step: 'look' });
    expect((await say('done')).answer.step).toMatchObject({ step: 'flush', action: { name: 'flush', risk: 'R2' } });
  });

  it('hears what the action does before agreeing to it, and only then it is done and read back', async () => {
    const asked = await say('do it');
    expect(asked.answer.text).toMatch(/Water is driven backwards.* Shall I do it\?$/);
    expect(asked.answer.command).toMatchObject({ state: 'proposed', risk: 'R2', origin: { kind: 'step', step: 'flush' } });
    await say('yes');
    const told = await heard(/^Done: Flush the filter/);
    expect(told.text).toMatch(/reading shows it: Flow: \d+.*Step 4 of 4: Draw some water/);
    const { commands } = await site.operator.get(`/v1/sessions/${session}`);
    expect(commands.at(-1)).toMatchObject({ state: 'confirmed', readBack: { met: true } });
  });

  it('finds the place again on another screen after the edge was restarted', async () => {
    await boiler.stop();
    await site.stopEdge();
    await site.startEdge();
    session = await open('zh', 'phone');
    expect((await turns())[0]?.text).toBe('上次我们做到“疏通过滤器”的第 4 步，共 4 步。要继续吗？');
    const { answer } = await say('好');
    expect(answer.step).toMatchObject({ step: 'check', number: 4 });
    expect((await repairs()).progress).toMatchObject({ number: 4, of: 4 });
  });

  it('says it is done; the machine decides: its data confirms the repair', async () => {
    const { mqttPort, mqtt } = site.edge();
    boiler = runScenario({ scenario: { ...cloggedBoiler(true), timeline: [] }, actions: [], url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt });
    await boiler.start();
    const { answer } = await say('做完了');
    expect(answer.text).toMatch(/我会看设备自己的数据/);
    const early = await say('修好了吗');
    expect(early.answer.text).toMatch(/现在说还太早/);
    await say('修好了');
    await heard(/^修好了：设备自己的数据显示/);
    const { progress, repairs: all } = await repairs();
    expect(progress).toBeNull();
    expect(all[0]).toMatchObject({ state: 'fixed', procedure: 'unclog', personSays: 'fixed', symptoms: [{ ref: 'low-flow', there: 0 }] });
  });

  it('and the hub knows what was done, who agreed, and how the article has done', async () => {
    const article = await until('the rate at the hub', async () => {
      const { articles } = await site.technician.get('/v1/articles?family=boiler&locale=en');
      return articles.find((one: { id: string; rate?: object }) => one.id === 'clogged' && one.rate);
    });
    expect(article.rate).toEqual({ tries: 1, fixed: 1, notFixed: 0 });
  });

  it('a repair that does not help is called so, whatever the person says, and a person is offered', async () => {
    await boiler.stop();
    await start(false);
    session = await open();
    await say('how do I fix it');
    await say('done');
    await say('do it');
    await say('yes');
    await heard(/says it is done, but its reading does not show it: Flow: 1 L\/min.*by hand/);
    expect((await say('skip')).answer.step).toMatchObject({ step: 'brush' });
    await say('done');
    await say('it works again');
    await heard(/^It did not help\. The machine’s data still shows this: The flow is too low/);
    const { repairs: all } = await repairs();
    expect(all[0]).toMatchObject({ state: 'not-fixed', personSays: 'fixed' });
    const { handoff } = await say('yes');
    expect(handoff).toMatchObject({ state: expect.stringMatching(/saved|at-hub/) });
    const view = await until<any>('the case', async () => site.technician.get(`/v1/cases/${handoff.case}`));
    expect(view.handoff.steps.map((one: { outcome: string }) => one.outcome)).toEqual(expect.arrayContaining(['done', 'skipped']));
    expect(view.commands.at(-1)).toMatchObject({ report: { action: 'flush', state: 'not-seen' }, consent: { how: 'agreed' } });
    expect(view.repairs.at(0)).toMatchObject({ state: 'not-fixed' });
  });

  it('the next offer says how it has done so far', async () => {
    const { articles } = await site.technician.get('/v1/articles?family=boiler&locale=en');
    expect(articles[0].rate).toEqual({ tries: 2, fixed: 1, notFixed: 1 });
    session = await open();
    const { answer } = await say('how do I fix it');
    expect(answer.step.rate).toMatchObject({ tries: 2, fixed: 1, notFixed: 1 });
  });

  it('the procedure itself can call for a person', async () => {
    const { answer, handoff } = await say('that did not help');
    expect(answer.text).toMatch(/handing this to a person.*Look whether both valves are open/);
    expect(handoff.rule).toBe('procedure');
    expect((await repairs()).progress).toBeNull();
  });
});
