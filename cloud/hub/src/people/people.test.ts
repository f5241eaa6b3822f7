import type { KnownAtHub } from '@wayside/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../api/types.ts';
import { type Edge, handoff, type Scenario, startScenario } from '../scenario.ts';

const [ada, ben] = ['p_01KAPX2T9D0000000000000000', 'p_01KAPX2T9D0000000000000001'];

describe('what a hub holds of people', () => {
  let site: Scenario;
  let car: Edge;
  let house: Edge;
  const about = async (edge: Edge, person: string) =>
    (await edge.ask({ method: 'POST', path: '/v1/sync/people/about', body: { person } })).body as KnownAtHub;
  const viewOf = async (id: string) => (await site.as<CaseView>('GET', `/v1/cases/${id}`)).body;

  beforeAll(async () => {
    site = await startScenario();
    [car, house] = await Promise.all([site.edge('car'), site.edge('house')]);
    await site.as('POST', '/v1/hooks', { kind: 'webhook', to: 'http://127.0.0.1:9/in', events: ['opened'] });
    const talk = async (id: string, person: string) => {
      await car.tell('session', { session: `session-of-${id}`, at: 1, channel: 'panel', locale: 'en', person });
      await car.tell('handoff', handoff(id));
    };
    await car.tell('person', { person: ada, state: 'shared', name: 'Ada', at: 1 });
    await talk('c-ada', ada);
    await talk('c-ben', ben);
    await talk('c-guest', 'g_somebody');
    await site.as('POST', '/v1/cases/c-ada/claim');
    await site.as('POST', '/v1/cases/c-ada/resolve', { text: 'New coil.', draft: false });
  });
  afterAll(() => site.end());

  it('is told to the edge whose they are, for them: their own cases, who had them, what came of it, who was told', async () => {
    expect(await about(car, ada)).toMatchObject({
      places: [{ edge: 'car', name: 'Ada' }],
      cases: [
        {
          case: 'c-ada',
          state: 'resolved',
          claimedBy: expect.any(String),
          resolution: 'New coil.',
          visits: [],
          told: [{ way: 'webhook' }],
        },
      ],
    });
    const { places, cases } = await about(car, ben);
    expect([places, cases.map((one) => one.case)]).toEqual([[], ['c-ben']]);
  });

  it('is told to no other edge', async () => {
    expect(await about(house, ada)).toMatchObject({ places: [], cases: [] });
    const refused = (await house.ask({ method: 'POST', path: '/v1/sync/people/about', body: { person: 'everybody' } })) as {
      status: number;
    };
    expect(refused.status).toBe(400);
  });

  it('goes with a guest’s conversation when the edge has erased it: words and brief, not what the machine had', async () => {
    expect((await viewOf('c-guest')).turns).not.toEqual([]);
    await car.tell('erase', { session: 'session-of-c-guest', erased: [1], reason: 'was a guest', at: 2 });
    const view = await viewOf('c-guest');
    expect(view.turns).toEqual([]);
    expect(view.handoff).toMatchObject({ transcript: [], faults: [expect.anything()] });
    expect(JSON.stringify(view)).not.toMatch(/says c-guest|Ada/);
    expect((await viewOf('c-ben')).turns, 'somebody else’s stays').not.toEqual([]);
  });
});
