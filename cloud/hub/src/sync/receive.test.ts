import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { contractVersion, type Turn } from '@wayside/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../api/types.ts';
import { type Edge, handoff, record, type Scenario, startScenario, thing, turn } from '../scenario.ts';
import { createIntake } from './intake.ts';

let site: Scenario;
beforeAll(async () => {
  site = await startScenario();
});
afterAll(() => site.end());

/** A batch as that edge, whatever is in it. */
const upAs = async (edge: Edge, body: unknown) => (await edge.ask({ method: 'POST', path: '/v1/sync/up', body })).body;

const things = async (edge: string) => {
  const { body } = await site.as<{ edges: { id: string; things: { id: string; title: string }[] }[] }>('GET', '/v1/fleet');
  return body.edges.find((e) => e.id === edge)?.things ?? [];
};
const turnIds = async (id: string) => (await site.as<CaseView>('GET', `/v1/cases/${id}`)).body.turns.map((t) => t.id);

describe('records from an edge', () => {
  it('are acknowledged again, and applied once, when they are sent again', async () => {
    const edge = await site.edge('twice');
    const batch = [record(1, 'handoff', handoff('c-twice')), record(2, 'turn', turn('more', 'session-of-c-twice'))];
    expect((await edge.up('e1', batch)).body).toMatchObject({ durableThrough: 2, quarantined: [] });
    expect((await edge.up('e1', batch)).body).toMatchObject({ durableThrough: 2, quarantined: [] });
    expect(await turnIds('c-twice')).toEqual(['c-twice-t1', 'c-twice-t2', 'more']);
    expect((await site.as<CaseView>('GET', '/v1/cases/c-twice')).body.unread).toBe(2);
  });

  it('are the same record whatever the order of their keys', async () => {
    const edge = await site.edge('keys');
    const { seq, id, kind, at, body } = record(1, 'thing', thing());
    await edge.up('e1', [{ seq, id, kind, at, body }]);
    expect(
      (await edge.up('e1', [{ body: Object.fromEntries(Object.entries(body as object).reverse()), at, kind, id, seq }])).body.quarantined,
    ).toEqual([]);
  });

  it('stop at a gap, and go on when it is filled', async () => {
    const edge = await site.edge('gap');
    const [one, two, three] = [1, 2, 3].map((n) => record(n, 'thing', thing(`t${n}`)));
    expect((await edge.up('e1', [one, three])).body.durableThrough).toBe(1);
    expect((await things('gap')).map((t) => t.id)).toEqual(['t1']);
    expect((await edge.up('e1', [three, two])).body.durableThrough).toBe(3);
    expect((await things('gap')).map((t) => t.id)).toEqual(['t1', 't2', 't3']);
  });

  it('of many conversations at once are in each as they were said, whoever follows it, and once', async () => {
    const edge = await site.edge('many-talks');
    const [followed, alone, other] = ['c-followed', 'c-alone', 'c-other'];
    const said = (id: string, of: string, ...rest: [Turn['by']?, string?]) => turn(id, `session-of-${of}`, ...rest);
    await edge.up('e0', [record(1, 'handoff', handoff(followed))]);
    const turns = [
      said('a1', alone),
      said('f1', followed),
      said('o1', other, 'agent'),
      said('a2', alone, 'technician'),
      said('a3', alone),
      said('f2', followed),
      said('o1', other, 'agent', 'not what was said'),
    ];
    const records = turns.map((body, i) => record(i + 1, 'turn', body));
    for (const epoch of ['e1', 'e2']) expect((await edge.up(epoch, records)).body).toMatchObject({ durableThrough: 7, quarantined: [] });
    // Now somebody follows them, too.
    await edge.up('e3', [record(1, 'handoff', handoff(alone)), record(2, 'handoff', handoff(other))]);
    expect(await turnIds(followed)).toEqual(['c-followed-t1', 'c-followed-t2', 'f1', 'f2']);
    expect((await turnIds(alone)).slice(0, 3)).toEqual(['a1', 'a2', 'a3']);
    const { turns: heard } = (await site.as<CaseView>('GET', `/v1/cases/${other}`)).body;
    expect(heard[0]).toMatchObject({ id: 'o1', text: 'says o1' });
  });

  it('of a new epoch begin at one again, and make no second case', async () => {
    const edge = await site.edge('epochs');
    await edge.up('e1', [record(1, 'handoff', handoff('c-epochs'))]);
    expect((await edge.up('e2', [record(1, 'handoff', handoff('c-epochs'))])).body).toMatchObject({ durableThrough: 1, quarantined: [] });
    expect(await turnIds('c-epochs')).toHaveLength(2);
  });

  it('with a number that was used for another record are set aside as equivocation, and the first stands', async () => {
    const edge = await site.edge('liar');
    await edge.up('e1', [record(1, 'thing', { ...thing(), title: 'First' })]);
    const { body } = await edge.up('e1', [record(1, 'thing', { ...thing(), title: 'Second' })]);
    expect(body).toMatchObject({ durableThrough: 1, quarantined: [{ seq: 1, reason: expect.stringContaining('equivocation') }] });
    expect((await things('liar'))[0]?.title).toBe('First');
  });

  it.each([
    ['of an unknown kind', record(1, 'horoscope', {}), 'not known'],
    ['of a kind named like a property of every object', record(1, 'constructor', {}), 'not known'],
    ['with a body that is not what its kind says', record(1, 'thing', { id: 7 }), 'thing: id'],
    ['without a body', { seq: 1, id: 'x', kind: 'turn', at: 1 }, 'body: '],
    ['with an envelope that is not right', { seq: 1, kind: ['turn'], at: -1, body: {} }, 'kind'],
    ['nested a thousand deep', record(1, 'thing', JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`)), 'deeper'],
    ['with a case id that is no id', record(1, 'handoff', handoff('../../etc')), 'case id'],
  ])('%s are set aside and acknowledged, and those behind them applied', async (what, bad, reason) => {
    const edge = await site.edge(`bad-${what.length}`);
    const batch = [bad, record(2, 'thing', thing('behind'))];
    const expected = { durableThrough: 2, quarantined: [{ seq: 1, reason: expect.stringContaining(reason) }] };
    expect((await edge.up('e1', batch)).body).toMatchObject(expected);
    expect((await edge.up('e1', batch)).body).toMatchObject(expected);
    expect((await things(edge.id)).map((t) => t.id)).toEqual(['behind']);
  });

  it('of an edge that was let in a moment ago and is locked out now are refused, and those that came together with them are stored', async () => {
    const [out, stays] = [await site.edge('locked-out'), await site.edge('stays')];
    await Promise.all([out.tell('thing', thing('before')), stays.tell('thing', thing('before'))]);
    await site.as('POST', '/v1/edges/locked-out/lock-out');
    const second = [record(2, 'thing', thing('after'))];
    const answers = await Promise.all([out.up('e1', second), stays.up('e1', second), out.up('e1', second)]);
    expect(answers.map(({ status }) => status)).toEqual([401, 200, 401]);
    expect([(await things('locked-out')).length, (await things('stays')).length]).toEqual([1, 2]);
  });

  it('cannot touch the case of another edge', async () => {
    const mine = await site.edge('mine');
    await mine.tell('handoff', handoff('c-mine'));
    const reply = await site.as<{ id: string }>('POST', '/v1/cases/c-mine/replies', { text: 'Hello' });
    const thief = await site.edge('thief');
    expect((await thief.tell('handoff', handoff('c-mine'))).quarantined[0]?.reason).toContain('another edge');
    await thief.tell('turn', turn('forged', 'session-of-c-mine'));
    await thief.tell('seen', { case: 'c-mine', reply: reply.body.id, at: 1 });
    const { body } = await site.as<CaseView>('GET', '/v1/cases/c-mine');
    expect(body.turns.map((t) => t.id)).not.toContain('forged');
    expect(body.turns.at(-1)?.delivery).toBe('stored');
  });

  it('survive a restart of the hub', async () => {
    const edge = await site.edge('restart');
    await edge.tell('handoff', handoff('c-restart'));
    await site.again();
    expect(await turnIds('c-restart')).toHaveLength(2);
    expect((await edge.tell('turn', turn('after', 'session-of-c-restart'))).durableThrough).toBe(2);
  });
});

describe('a batch', () => {
  it.each([
    ['has more than 1,024 records', { epoch: 'e1', records: Array.from({ length: 1_025 }, (_, i) => record(i + 1, 'thing', thing())) }],
    ['has a number that is not one', { epoch: 'e1', records: [{ seq: 1.5 }] }],
    ['has no epoch', { records: [] }],
  ])('that %s is refused as a whole', async (_, body) => {
    const edge = await site.edge('refused');
    expect(await edge.ask({ method: 'POST', path: '/v1/sync/up', body })).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('a record that overtakes', () => {
  it('takes effect at once, moves no acknowledgment, and is known when the stream reaches it', async () => {
    const edge = await site.edge('overtaking');
    const stream = [1, 2, 3, 4, 5].map((seq) => record(seq, 'thing', thing(`car-${seq}`)));
    const asked = record(6, 'handoff', handoff('urgent-one'));
    const post = (records: unknown[], ahead: unknown[] = []) => upAs(edge, { version: contractVersion - 2, epoch: 'e1', records, ahead });
    expect(await post(stream.slice(0, 2), [asked])).toMatchObject({ durableThrough: 2, ahead: [6], quarantined: [] });
    expect((await site.as<CaseView>('GET', '/v1/cases/urgent-one')).status).toBe(200);
    expect(await post(stream.slice(2), [asked])).toMatchObject({ durableThrough: 6, ahead: [6] });
    expect(await post([asked, record(7, 'thing', thing('car-7'))])).toMatchObject({ durableThrough: 7, quarantined: [] });
    expect(
      (await site.as<{ cases: unknown[] }>('GET', '/v1/cases')).body.cases.filter((c) => (c as { id: string }).id === 'urgent-one'),
    ).toHaveLength(1);
  });

  it('and differs when its turn comes is shown as an equivocation, and does not stop the stream', async () => {
    const edge = await site.edge('two-faced');
    const post = (records: unknown[], ahead: unknown[] = []) => upAs(edge, { version: contractVersion - 2, epoch: 'e1', records, ahead });
    await post([record(1, 'thing', thing('a'))], [record(3, 'handoff', handoff('first-face'))]);
    expect(
      await post([record(2, 'thing', thing('b')), record(3, 'handoff', handoff('other-face')), record(4, 'thing', thing('c'))]),
    ).toMatchObject({
      durableThrough: 4,
      quarantined: [{ seq: 3, reason: expect.stringContaining('equivocation') }],
    });
    const { body } = await site.as<{ alarms: { what: string }[] }>('GET', '/v1/cases/first-face/record');
    expect(body.alarms.map(({ what }) => what)).toEqual(['equivocation']);
    expect((await site.as('GET', '/v1/cases/other-face')).status).toBe(404);
  });
});

describe('what the hub says with an acknowledgment', () => {
  // Of a file: a database is copied with its own tools.
  if (!process.env.WAYSIDE_TEST_POSTGRES)
    it('is how far an edge may forget: nothing at first, all that is in a copy after one is made', async () => {
      const copied = await startScenario({ copies: join(site.data, 'copies'), copyMinutes: 0.01 });
      const edge = await copied.edge('forgetful');
      expect(await edge.tell('thing', thing())).toMatchObject({ durableThrough: 1, safeThrough: 0 });
      let safe = 0;
      for (let i = 2; i < 60 && safe === 0; i++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        safe = (await edge.tell('thing', thing(`car-${i}`))).safeThrough ?? 0;
      }
      expect(safe).toBeGreaterThan(0);
      await copied.end();
      const [copy] = (await readdir(join(site.data, 'copies'))).filter((name) => name.endsWith('.db')).reverse();
      const db = new DatabaseSync(join(site.data, 'copies', copy as string));
      expect(db.prepare("select max(seq) as seq from upRecord where edge = 'forgetful'").get()?.seq).toBeGreaterThanOrEqual(safe);
      db.close();
    });

  it('is a credit, smaller the more is under way, and a word to come again when it is too much', async () => {
    const intake = createIntake(1_000);
    const gate = Promise.withResolvers<void>();
    expect((await intake.take(contractVersion, 1, async () => 'stored')).credit).toBe(124);
    const busy = intake.take(contractVersion, 900, () => gate.promise);
    expect((await intake.take(contractVersion, 90, async () => 'stored')).credit).toBe(1);
    await expect(intake.take(contractVersion, 200, async () => 'too much')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    gate.resolve();
    expect((await busy).credit).toBe(12);
    expect((await intake.take(contractVersion, 1_500, async () => 'alone it may be any size')).answer).toMatch(/alone/);
  });

  it('is never a larger credit than the edge believes: one of before version 5 holds 256 to be the most', async () => {
    const creditOf = async (version: number) =>
      (await upAs(await site.edge(`of-version-${version}`), { version, epoch: 'e1', records: [record(1, 'thing', thing())] })).credit;
    expect([await creditOf(3), await creditOf(4), await creditOf(5)]).toEqual([256, 256, 1_023]);
  });

  it('to an edge two versions older or one newer is the same, and to any other what to do', async () => {
    const edge = await site.edge('old-timer');
    for (const version of [-2, -1, 0, 1].map((n) => contractVersion + n))
      expect(
        await upAs(edge, { version, epoch: `e${version}`, records: [record(1, 'thing', { ...thing(), colour: 'of the next version' })] }),
      ).toMatchObject({
        durableThrough: 1,
        quarantined: [],
      });
    expect(await upAs(edge, { version: contractVersion + 2, epoch: 'e-next', records: [] })).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('Update the older'),
    });
  });
});
