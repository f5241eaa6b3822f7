import { packsRoot } from '@wayside/packs';
import { findScenario, openScenario, type Run, runScenario } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

/** A house with a heat pump whose strainer clogs and a car that misfires, and people who say more than one thing, or point at what was said. */
describe('more than one wish in a sentence, and words that point', () => {
  let site: Site;
  const runs: Run[] = [];
  beforeAll(async () => {
    site = await createSite({ hub: false });
    const { mqttPort, mqtt } = site.edge();
    for (const scenario of ['home-hvac/blocked-strainer', 'vehicle/misfire']) {
      const opened = await openScenario(await findScenario(packsRoot, scenario));
      const run = runScenario({ ...opened, url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt, lead: 60_000 });
      runs.push(run);
      await run.start();
    }
    await until('both on line', async () => {
      const { things } = await site.operator.get('/v1/things');
      return things.filter(({ presence }: { presence: string }) => presence === 'online').length === 2;
    });
  });
  afterAll(async () => {
    for (const run of runs) await run.stop();
    await site?.close();
  });

  const open = async (thing: string, locale = 'en') =>
    (await site.operator.post('/v1/sessions', { channel: 'panel', locale, thing, person: 'Kim' })).session as string;
  const say = (session: string, text: string) => site.operator.post(`/v1/sessions/${session}/turns`, { text });
  const thingOf = async (family: RegExp) =>
    (await site.operator.get('/v1/things')).things.find(({ id }: { id: string }) => family.test(id)).id as string;

  it('does the one and answers the other, in their order, as one turn', async () => {
    const session = await open(await thingOf(/^car/));
    const { answer } = await say(session, 'turn on the hazard lights and what is the coolant temperature?');
    expect(answer.text).toMatch(/I am doing it now.*Coolant temperature.*°C/is);
    const { turns, commands } = await site.operator.get(`/v1/sessions/${session}`);
    expect(turns.filter(({ by }: { by: string }) => by === 'operator')).toHaveLength(1);
    expect(commands.map(({ action }: { action: string }) => action)).toEqual(['hazard-lights']);
  });

  it('turns the heating down by a degree from what it shows, and tells why', async () => {
    const session = await open(await thingOf(/^(?!car)/));
    const { answer } = await say(session, 'turn the heating down and tell me what is wrong');
    const { commands } = await site.operator.get(`/v1/sessions/${session}`);
    expect(commands.at(-1)).toMatchObject({ action: 'set-target-temperature', args: { temperature: expect.any(Number) } });
    expect(answer.text.split('. ').length).toBeGreaterThan(2);
  });

  it('in Chinese and mixed too', async () => {
    const session = await open(await thingOf(/^car/), 'zh');
    const zh = await say(session, '打开双闪，然后告诉我冷却液温度多少');
    expect(zh.answer.text).toMatch(/正在执行：开关危险警示灯/);
    expect(zh.answer.text).toMatch(/冷却液温度.*°C/s);
    const mixed = await say(session, 'what is the coolant temperature，还有发动机转速多少');
    expect(mixed.answer.citations.filter(({ kind }: { kind: string }) => kind === 'sample')).toHaveLength(2);
  });

  it('waits with the rest where the first needs a yes, and comes back to it', async () => {
    const session = await open(await thingOf(/^(?!car)/));
    const first = await say(session, 'start a defrost and what is the outdoor temperature?');
    if (first.answer.command?.state === 'proposed') {
      expect(first.answer.text).toMatch(/^First this, then the rest/);
      expect(first.answer.text).not.toMatch(/Outdoor temperature/i);
      const second = await say(session, 'no');
      expect(second.answer.text).toMatch(/I leave it.*what else you said.*outdoor.*°C/is);
    } else expect(first.answer.text).toMatch(/not done.*outdoor.*°C/is);
  });

  it('takes "the other one" and "no, the car" for the same about another machine', async () => {
    const about = async (text: string, locale: string, first: string) => {
      const session = await open(await thingOf(/^(?!car)/), locale);
      await say(session, first);
      await say(session, text);
      return (await site.operator.get(`/v1/sessions/${session}`)).thing;
    };
    expect(await about('and the other one?', 'en', 'is everything all right?')).toBe('car-1');
    expect(await about('no, the car', 'en', 'is everything all right?')).toBe('car-1');
    expect(await about('另一个呢？', 'zh', '一切正常吗')).toBe('car-1');
  });

  it('takes "no, the rear one" for the signal like it', async () => {
    for (const [locale, first, then, title] of [
      ['en', 'what is the tyre pressure front left?', 'no, the rear one', /rear left/i],
      ['zh', '左前轮胎压多少', '不是，后面那个', /左后/],
    ] as const) {
      const session = await open('car-1', locale);
      await say(session, first);
      expect((await say(session, then)).answer.text).toMatch(title);
    }
  });

  it('does again what was done last, and only that', async () => {
    for (const [locale, first, again] of [
      ['en', 'turn on the hazard lights', 'do that again'],
      ['zh', '打开双闪', '再来一次'],
    ] as const) {
      const session = await open('car-1', locale);
      await say(session, first);
      const repeated = await say(session, again);
      expect(repeated.answer.command).toMatchObject({ action: 'hazard-lights', args: { on: true } });
    }
    const session = await open('car-1', 'zh');
    const told = await say(session, '冷却液温度多少');
    expect((await say(session, '再来一次')).answer.text).toBe(told.answer.text);
  });
});
