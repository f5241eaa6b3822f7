import { packsRoot } from '@wayside/packs';
import { findScenario, openScenario, type Run, runScenario } from '@wayside/simulators';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

const minute = 60_000;

/** One fault of each shipped family, from the question to the verdict of the machine's own data, at sixty times life. */
describe('a repair by a shipped procedure', () => {
  let site: Site;
  let run: Run | undefined;
  beforeAll(async () => {
    site = await createSite({ hub: false });
  });
  afterEach(async () => run?.stop());
  afterAll(() => site?.close());

  async function begin(name: string, fault: string, thing: string, lead: number): Promise<Run> {
    const opened = await openScenario(await findScenario(packsRoot, name), { thing });
    const { mqttPort, mqtt } = site.edge();
    run = runScenario({ ...opened, url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt, speed: 60, lead, until: lead + 60 * minute });
    await run.start();
    await until(fault, async () => {
      const { faults } = await site.operator.get('/v1/faults');
      return faults.some((one: { fault: string; thing: string }) => one.fault === fault && one.thing === thing);
    });
    await until('its past told', async () => {
      const before = await newest(thing);
      await new Promise((resolve) => setTimeout(resolve, 500));
      // At sixty times life half a second is half a minute; what comes faster is still the past, said at once.
      return (await newest(thing)) - before < minute;
    });
    return run;
  }

  const newest = async (thing: string): Promise<number> => {
    const { signals } = await site.operator.get<{ signals: Record<string, { latest: { observedAt: number } | null }> }>(
      `/v1/things/${thing}`,
    );
    return Math.max(...Object.values(signals).map(({ latest }) => latest?.observedAt ?? 0));
  };

  /** Walks the procedure by hand to its end. */
  async function walk(thing: string, beforeLast: () => void): Promise<string> {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'text', locale: 'en', thing });
    const say = async (text: string) => (await site.operator.post(`/v1/sessions/${session}/turns`, { text })).answer;
    let { step } = await say('how do I fix it');
    expect(step).toMatchObject({ number: 1 });
    for (let n = 0; step && n < 40; n++) {
      if (step.leads?.done === 'end') beforeLast();
      ({ step } = await say('done'));
    }
    expect(step).toBeUndefined();
    return session;
  }

  const verdict = (thing: string) =>
    until<{ state: string; procedure: string }>(
      'a verdict',
      async () => {
        const { repairs } = await site.operator.get(`/v1/things/${thing}/repairs`);
        return repairs[0]?.decidedAt && repairs[0];
      },
      50_000,
    );

  it.each([
    ['home-hvac/blocked-strainer', 'blocked-strainer', 12],
    ['industrial-pump/cavitation', 'cavitation', 12],
    ['vehicle/vacuum-leak', 'vacuum-leak', 6],
  ])('of %s is confirmed once it is mended', { timeout: 90_000 }, async (scenario, fault, lead) => {
    const mending = await begin(scenario, fault, `${fault}-mended`, lead * minute);
    const session = await walk(`${fault}-mended`, () => mending.repair());
    expect(await verdict(`${fault}-mended`)).toMatchObject({ state: 'fixed' });
    await until('the words', async () => {
      const { turns } = await site.operator.get(`/v1/sessions/${session}`);
      return turns.some((turn: { text: string }) => /^It worked\./.test(turn.text));
    });
  });

  it('of a pump that nobody mended is called not fixed', { timeout: 90_000 }, async () => {
    await begin('industrial-pump/cavitation', 'cavitation', 'pump-broken', 12 * minute);
    await walk('pump-broken', () => {});
    expect(await verdict('pump-broken')).toMatchObject({ state: 'not-fixed' });
  });
});
