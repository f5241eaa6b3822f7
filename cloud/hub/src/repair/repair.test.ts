import type { CommandReport, RepairReport } from '@wayside/contract';
import { packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView, issueList } from '../api/types.ts';
import { type Edge, handoff, type Scenario, startScenario, thing } from '../scenario.ts';
import { isNews } from './rate.ts';

const both = (text: string) => ({ en: text, zh: text });
const repair = (id: string, more: Partial<RepairReport> = {}): RepairReport => ({
  repair: id,
  thing: 'car-1',
  family: 'vehicle',
  fault: 'misfire',
  faultTitle: both('Misfire'),
  procedure: 'misfire',
  procedureTitle: both('Deal with a misfire'),
  article: 'misfire',
  session: 'session-of-c-1',
  state: 'fixed',
  finishedAt: 1_000,
  until: 9_000,
  needs: 60_000,
  symptoms: [],
  ...more,
});
const command = (state: CommandReport['state'], more: Partial<CommandReport> = {}): CommandReport => ({
  command: 'k-1',
  session: 'session-of-c-1',
  thing: 'car-1',
  action: 'clear-dtc',
  args: {},
  title: both('Clear the codes'),
  risk: 'R2',
  origin: { kind: 'asked' },
  state,
  proposedAt: 1_000,
  expiresAt: 61_000,
  changedAt: 1_000,
  ...more,
});
const consent = {
  command: 'k-1',
  session: 'session-of-c-1',
  person: 'Ada',
  thing: 'car-1',
  action: 'clear-dtc',
  args: {},
  how: 'agreed' as const,
  told: both('Erases the codes.'),
  at: 1_500,
  expires: 61_500,
};
const issue = {
  issue: 'pump-seal',
  family: 'vehicle',
  maker: 'seat',
  model: 'Leon',
  title: both('Weak seal'),
  text: both('Have it looked at.'),
  severity: 'advice' as const,
  safety: 'go-on' as const,
};

let site: Scenario;
let edge: Edge;
beforeAll(async () => {
  site = await startScenario();
  edge = await site.edge('e1');
});
afterAll(() => site.end());
const down = async (kind: string, from: Edge = edge) =>
  (await from.down(0, 256)).envelopes.filter((one) => one.kind === kind).map(({ body }) => body);

describe('what was done to a machine', () => {
  it('is in its case: each command as it stands, who agreed, each repair with its verdict, how such repairs do', async () => {
    await edge.tell(
      'handoff',
      handoff('c-1', { steps: [{ procedure: 'misfire', step: 's', text: both('Look'), at: 1, outcome: 'done' }] }),
    );
    await edge.tell('command', command('proposed'));
    await edge.tell('consent', consent);
    await edge.tell('command', command('confirmed', { changedAt: 2_000 }));
    await edge.tell('outcome', repair('r-1', { state: 'watching' }));
    await edge.tell('outcome', repair('r-1', { decidedAt: 5_000 }));
    const { body } = await site.as<CaseView>('GET', '/v1/cases/c-1');
    expect(body.commands).toEqual([{ report: command('confirmed', { changedAt: 2_000 }), consent }]);
    expect(body.repairs).toMatchObject([{ repair: 'r-1', state: 'fixed' }]);
    expect(body.rates).toEqual([{ family: 'vehicle', procedure: 'misfire', tries: 1, fixed: 1, notFixed: 0 }]);
  });

  it('sets a consent aside that agrees to nothing, and takes what follows it', async () => {
    const { quarantined } = await edge.tell('consent', { ...consent, command: 'k-none' });
    expect(quarantined[0]?.reason).toMatch(/never proposed/);
    expect((await edge.tell('command', command('proposed', { command: 'k-2' }))).quarantined).toEqual([]);
  });
});

describe('a success rate', () => {
  it('counts each decided repair once, however often it is told, and goes to every edge', async () => {
    const other = await site.edge('e2');
    await other.tell('outcome', repair('r-9', { state: 'not-fixed' }));
    await other.tell('outcome', repair('r-9', { state: 'not-fixed', personSays: 'fixed' }));
    await edge.tell('outcome', repair('r-2', { state: 'watching' }));
    expect((await down('rate')).at(-1)).toEqual({ family: 'vehicle', procedure: 'misfire', tries: 2, fixed: 1, notFixed: 1 });
    const late = await site.edge('e3');
    expect(await down('rate', late)).toEqual([{ family: 'vehicle', procedure: 'misfire', tries: 2, fixed: 1, notFixed: 1 }]);
  });

  it('is told for each of the first ten repairs, then only where it changes the picture', () => {
    const told = { tries: 20, fixed: 18, notFixed: 2 };
    expect(isNews({ tries: 3, fixed: 3, notFixed: 0 }, { tries: 4, fixed: 4, notFixed: 0 })).toBe(true);
    expect(isNews(told, { tries: 21, fixed: 19, notFixed: 2 })).toBe(false);
    expect(isNews(told, { tries: 22, fixed: 20, notFixed: 2 })).toBe(true);
    expect(isNews({ tries: 40, fixed: 36, notFixed: 4 }, { tries: 43, fixed: 36, notFixed: 7 })).toBe(true);
  });
});

describe('a known issue', () => {
  it('goes to every edge, also one that comes later, says how many it is about, and can be taken back', async () => {
    await edge.tell('thing', { ...thing(), maker: 'SEAT' });
    await edge.tell('thing', { ...thing('car-2'), model: 'Ibiza' });
    expect((await site.as('POST', '/v1/issues', issue)).status).toBe(200);
    expect(await down('issue')).toMatchObject([{ state: 'published', issue: { issue: 'pump-seal' } }]);
    const { body } = await site.as<(typeof issueList)['_output']>('GET', '/v1/issues');
    expect(body.issues).toMatchObject([{ issue: 'pump-seal', state: 'published', affected: 1 }]);
    const late = await site.edge('e4');
    expect(await down('issue', late)).toHaveLength(1);
    await site.as('POST', '/v1/issues/pump-seal/withdraw');
    await site.as('POST', '/v1/issues/pump-seal/withdraw');
    expect((await down('issue')).map((one) => (one as { state: string }).state)).toEqual(['published', 'withdrawn']);
  });

  it.each([
    [{ ...issue, issue: '../x' }, 400],
    [{ ...issue, severity: 'terrible' }, 400],
    [{ ...issue, title: { en: 'only one language' } }, 400],
    [{ ...issue, more: 1 }, 400],
    [{}, 400],
  ])('that is none is refused: %j', async (body, status) => {
    expect((await site.as('POST', '/v1/issues', body)).status).toBe(status);
  });

  it('of a family that nothing here is of, or with an article that no edge has, is refused with what is wrong', async () => {
    await edge.tell('thing', thing('car-3'));
    const written = { locale: 'en', title: 'The seal', body: 'Look at it.', faults: [], tags: [], sources: [] };
    for (const [id, family] of [
      ['seal-draft', 'vehicle'],
      ['seal-boiler', 'boiler'],
      ['seal-all', 'vehicle'],
    ] as const)
      expect((await site.as('POST', '/v1/articles', { ...written, id, family })).status).toBe(200);
    const { version } = (await site.as<{ version: number }>('GET', '/v1/articles/seal-all/en')).body;
    expect((await site.as('POST', '/v1/articles/seal-all/en/publish', { version })).status).toBe(200);
    const told = async (more: object) => {
      const { status, body } = await site.as<{ code: string; detail: string }>('POST', '/v1/issues', { ...issue, issue: 'seal', ...more });
      return status === 200 ? 'told' : `${status} ${body.code}: ${body.detail}`;
    };
    expect(await told({ family: 'spaceship' })).toMatch(/^400 invalid: There is no family spaceship here/);
    expect(await told({ article: 'seal-boiler' })).toBe('400 invalid: Article seal-boiler is about boiler, not about vehicle.');
    expect(await told({ article: 'seal-draft' })).toMatch(/^400 invalid: Article seal-draft is not published/);
    expect(await told({ article: 'seal-all' })).toBe('told');
    expect(await told({ article: 'of-the-edges-own-pack' }), 'the hub has no pack of vehicles, the edge has').toBe('told');
    await site.as('POST', '/v1/issues/seal/withdraw');
    const shipped = await startScenario({ packsRoot });
    try {
      const wanted = { ...issue, article: 'none' };
      const { body } = await shipped.as<{ detail: string }>('POST', '/v1/issues', wanted);
      expect(body.detail).toBe('There is no article none.');
      expect((await shipped.as('POST', '/v1/issues', { ...issue, family: 'home-hvac' })).status).toBe(200);
    } finally {
      await shipped.end();
    }
  });

  it('nobody has told of cannot be taken back', async () => {
    expect((await site.as('POST', '/v1/issues/nothing/withdraw')).status).toBe(404);
  });
});
