import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseRow } from '../api/types.ts';
import { call, type Edge, handoff, type Scenario, startScenario, thing, turn } from '../scenario.ts';

type Found = { cases: CaseRow[]; more: boolean; found: Record<string, number> | null; counts: Record<string, number> };

let site: Scenario;
let edge: Edge;
let ben: Scenario['as'];
beforeAll(async () => {
  site = await startScenario();
  edge = await site.edge('depot-7');
  ben = await site.technician('Ben Okri');
  const both = (en: string, zh: string) => ({ en, zh });
  await edge.tell(
    'handoff',
    handoff('c-1', {
      person: { id: 'p1', name: 'Ada Lovelace' },
      summary: both('It rattles uphill', '上坡时抖动'),
      transcript: [turn('a', 'session-of-c-1', 'operator', 'there is a squeak from the tailgate')],
    }),
  );
  await edge.tell(
    'handoff',
    handoff('c-2', {
      person: { id: 'p2', name: 'Zoë' },
      thing: { ...thing('bus-3'), title: 'Night bus', titles: both('Night bus', '夜班车') },
      summary: both('It smells', '有异味'),
    }),
  );
  await edge.tell('handoff', handoff('c-3', { person: { id: 'p3', name: 'Cleo' } }));
  await ben('POST', '/v1/cases/c-3/replies', { text: 'Please loosen the gasket.' });
  await ben('POST', '/v1/cases/c-3/resolve', { text: 'A new grommet.', draft: false });
});
afterAll(() => site.end());

const find = async (q: string, more = '', at = site) => (await at.as<Found>('GET', `/v1/cases?q=${encodeURIComponent(q)}${more}`)).body;
const ids = async (q: string, more?: string, at?: Scenario) => (await find(q, more, at)).cases.map(({ id }) => id);

describe('a case is found', () => {
  it.each([
    ['lovelace', '', ['c-1'], 'who asks'],
    ['love', '', ['c-1'], 'a word that is half typed'],
    ['zoe', '', ['c-2'], 'a name without its accent'],
    ['bus-3', '', ['c-2'], 'its machine'],
    ['夜班', '', ['c-2'], 'its machine, in Chinese'],
    ['tailgate squeak', '', ['c-1'], 'what was said, in any order'],
    ['抖动 UPHILL', '', ['c-1'], 'either language'],
    ['depot-7', '', ['c-1', 'c-2'], 'its edge'],
    ['c-2', '', ['c-2'], 'its id'],
    ['says', '', ['c-2'], 'nothing that the agent said'],
    ['tailgate lovelace smells', '', [], 'all of the words only'],
    ['gasket', '', [], 'not among those that wait, once it is resolved'],
    ['gasket', '&state=resolved', ['c-3'], 'what a technician said'],
    ['grommet okri', '&state=resolved', ['c-3'], 'what solved it and who did'],
    ['tailgate', '&state=resolved', [], 'not among the resolved while it waits'],
    ['" OR *', '', [], 'nothing by signs'],
  ])('by “%s”%s: %j, %s', async (q, more, expected) => {
    expect((await ids(q, more)).sort()).toEqual(expected);
  });

  it('with how many there are in each state, beside those of the whole desk', async () => {
    expect(await find('family')).toMatchObject({
      found: { open: 1, claimed: 0, snoozed: 0, resolved: 1 },
      counts: { open: 2, claimed: 0, snoozed: 0, resolved: 1 },
    });
    expect((await find('…')).found).toEqual({ open: 0, claimed: 0, snoozed: 0, resolved: 0 });
    expect((await find('')).found).toBeNull();
  });

  it('a part at a time', async () => {
    expect(await find('depot', '&limit=1')).toMatchObject({ cases: [{}], more: true });
    expect(await find('depot', '&limit=2')).toMatchObject({ cases: [{}, {}], more: false });
    expect((await site.as('GET', '/v1/cases?limit=1001')).status).toBe(400);
  });
});

describe('what a case is found by goes with it', () => {
  it('with what is said, who has it and where it stands', async () => {
    await edge.tell('handoff', handoff('m-1', { person: { id: 'm', name: 'Mona' } }));
    await edge.tell('handoff', handoff('m-2', { person: { id: 'm', name: 'Mona' }, summary: { en: 'Pudding', zh: '布丁' } }));
    await edge.tell('turn', turn('later', 'session-of-m-2', 'operator', 'now it whistles'));
    expect(await ids('mona whistles')).toEqual(['m-2']);
    await ben('POST', '/v1/cases/m-1/claim');
    expect(await ids('mona okri')).toEqual(['m-1']);
    await ben('POST', '/v1/cases/m-2/merge', { into: 'm-1' });
    expect(await ids('mona whistles')).toEqual(['m-1']);
    expect(await ids('pudding')).toEqual([]);
    await ben('POST', '/v1/cases/m-2/split');
    expect(await ids('mona whistles')).toEqual(['m-2']);
    await ben('POST', '/v1/cases/m-2/release');
    expect(await ids('mona okri')).toEqual(['m-1']);
    await ben('POST', '/v1/cases/m-1/resolve', { text: 'Done.', draft: false });
    expect(await ids('mona')).toEqual(['m-2']);
    await ben('POST', '/v1/cases/m-1/reopen');
    expect((await ids('mona')).sort()).toEqual(['m-1', 'm-2']);
  });

  it('resolved ones the newest first', async () => {
    for (const id of ['r-1', 'r-2', 'r-3']) {
      await edge.tell('handoff', handoff(id, { person: { id: 'r', name: 'Rhea' } }));
      await ben('POST', `/v1/cases/${id}/resolve`, { text: 'Done.', draft: false });
    }
    expect(await ids('rhea', '&state=resolved')).toEqual(['r-3', 'r-2', 'r-1']);
    expect(await ids('rhea', '&state=resolved&mine=true')).toEqual([]);
  });

  it('is not there for another company', async () => {
    const own = await site.edge('theirs', 'acme');
    await own.tell('handoff', handoff('t-1', { person: { id: 't', name: 'Theo' } }));
    await site.as('POST', '/v1/technicians', { name: 'Ann', password: 'Ann has a password', tenant: 'house' });
    const { headers } = await call(site.url, 'POST', '/v1/auth/sign-in', { body: { name: 'Ann', password: 'Ann has a password' } });
    const cookie = headers.getSetCookie()[0]?.split(';')[0] as string;
    expect(await ids('theo')).toEqual(['t-1']);
    const { body } = await call<Found>(site.url, 'GET', '/v1/cases?q=theo', { cookie });
    expect(body).toMatchObject({ cases: [], found: { open: 0 } });
    expect((await call<Found>(site.url, 'GET', '/v1/cases?q=gasket&state=resolved', { cookie })).body.cases).toHaveLength(1);
  });
});
