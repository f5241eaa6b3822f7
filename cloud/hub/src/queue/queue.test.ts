import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Briefing, CaseRow, CaseView, Colleague, Duty, QueueRules } from '../api/types.ts';
import { call, type Edge, fault, handoff, type Scenario, startScenario, turn } from '../scenario.ts';
import { whomItFits } from './offer.ts';
import { defaultRules } from './rules.ts';

const hour = 3_600_000;
const duty: Duty = { skills: [], languages: ['en'], hours: '', zone: 'UTC', most: 5, away: false };
const skilled = (id: string, skill: string) => ({
  route: {
    to: 'technician' as const,
    because: { en: 'x', zh: 'x' },
    kind: 'repair' as const,
    complexity: 0.5,
    severity: 2,
    skill: { id: skill, title: { en: skill, zh: skill } },
  },
  case: id,
});
const severe = (severity: 'info' | 'advice' | 'warning' | 'danger') => ({ faults: [{ ...fault(), severity }] });

/** A hub with its own clock, an edge, and two technicians. */
async function startDesk(settings = {}) {
  let at = Date.parse('2026-11-26T10:00:00Z');
  const site = await startScenario({ deskZone: 'UTC', ...settings }, () => at);
  const edge = await site.edge('e1');
  const desk = {
    site,
    edge,
    ada: await site.technician('Ada'),
    ben: await site.technician('Ben'),
    now: () => at,
    pass: (ms: number) => {
      at += ms;
    },
    tell: (id: string, more: object = {}) => edge.tell('handoff', handoff(id, { at, ...more })),
  };
  return desk;
}
const queue = async (as: Scenario['as'], query = '?state=open') =>
  (await as<{ cases: CaseRow[]; counts: Record<string, number>; nextWake: number | null }>('GET', `/v1/cases${query}`)).body;
const ids = async (as: Scenario['as'], query?: string) => (await queue(as, query)).cases.map((each) => each.id);
const idOf = async (as: Scenario['as']) => (await as<{ id: string }>('GET', '/v1/me')).body.id;
const view = async (as: Scenario['as'], id: string) => (await as<CaseView>('GET', `/v1/cases/${id}`)).body;
const down = async (edge: Edge, kind: string) =>
  (await edge.down(0, 256)).envelopes.filter((one) => one.kind === kind).map(({ body }) => body as Record<string, unknown>);

describe('the order of the queue', () => {
  it('weighs how grave, how long, for whom and in what mood, and says so in figures', async () => {
    const desk = await startDesk();
    await desk.tell('c-advice', severe('advice'));
    desk.pass(2 * hour);
    await desk.tell('c-warning', severe('warning'));
    await desk.tell('c-danger', severe('danger'));
    await desk.tell('c-valued', { ...severe('warning'), person: { id: 'p', customerValue: 1 } });
    await desk.tell('c-upset', {
      ...severe('warning'),
      brief: { said: [], open: [], next: { en: 'x', zh: 'x' }, mind: { mood: -0.8 } },
    });
    await desk.tell('c-urgent', { ...severe('info'), urgency: 'urgent' });
    const { cases } = await queue(desk.ada);
    // 20, 10, 2 × (1 + 2 × 2 h) = 10 but younger first seen later, 4 × 2, 4 × 1.4, 4
    expect(cases.map((each) => [each.id, Number(each.priority.toFixed(2))])).toEqual([
      ['c-urgent', 20],
      ['c-advice', 10],
      ['c-danger', 10],
      ['c-valued', 8],
      ['c-upset', 5.6],
      ['c-warning', 4],
    ]);
    for (const { priority, why } of cases) expect(Object.values(why).reduce((a, b) => a * b)).toBeCloseTo(priority);
    await desk.site.end();
  });

  it('is other for who knows and speaks other things, and for nobody hides a case', async () => {
    const desk = await startDesk();
    await desk.ada('PUT', '/v1/me/duty', { ...duty, skills: ['brakes'], languages: ['en', 'zh'] });
    await desk.ben('PUT', '/v1/me/duty', { ...duty, skills: ['tyres'] });
    await desk.tell('c-brakes', skilled('c-brakes', 'brakes'));
    await desk.tell('c-chinese', { locale: 'zh' });
    await desk.tell('c-plain');
    expect(await ids(desk.ada)).toEqual(['c-brakes', 'c-chinese', 'c-plain']);
    const bens = (await queue(desk.ben)).cases;
    expect(bens.map((each) => [each.id, each.fits])).toEqual([
      ['c-plain', { skill: true, language: true }],
      ['c-brakes', { skill: false, language: true }],
      ['c-chinese', { skill: true, language: false }],
    ]);
    await desk.site.end();
  });

  it('follows weights that an admin sets, and refuses what are none', async () => {
    const desk = await startDesk();
    await desk.tell('c-old', severe('info'));
    desk.pass(hour);
    await desk.tell('c-danger', severe('danger'));
    expect(await ids(desk.ada)).toEqual(['c-danger', 'c-old']);
    const rules: QueueRules = { ...defaultRules, waiting: { perHour: 100, mostHours: 8, nobody: 0 } };
    expect((await desk.ada('PUT', '/v1/queue/rules', rules)).status).toBe(403);
    expect((await desk.site.as('PUT', '/v1/queue/rules', { ...rules, urgent: -1 })).status).toBe(400);
    expect((await desk.site.as('PUT', '/v1/queue/rules', { ...rules, more: 1 })).status).toBe(400);
    expect((await desk.site.as('PUT', '/v1/queue/rules', rules)).status).toBe(200);
    expect(await ids(desk.ada)).toEqual(['c-old', 'c-danger']);
    await desk.site.end();
  });
});

describe('a case is offered', () => {
  const colleague = (id: string, more: Partial<Omit<Colleague, 'duty'>> & { duty?: Partial<Duty> } = {}): Colleague => ({
    id,
    name: id,
    onShift: true,
    here: true,
    load: 0,
    ...more,
    duty: { ...duty, ...more.duty },
  });
  const fits = (need: { skill: string | null; locale: string }, ...colleagues: Colleague[]) => whomItFits(need, colleagues)?.id;

  it('to who has the skill, then the language, then the least in hand', () => {
    const need = { skill: 'brakes', locale: 'zh' };
    const [skill, language] = [
      colleague('skill', { duty: { skills: ['brakes'] } }),
      colleague('language', { duty: { languages: ['zh'] } }),
    ];
    expect(fits(need, language, skill)).toBe('skill');
    expect(fits(need, colleague('other', { duty: { skills: ['tyres'], languages: ['zh'] } }), language)).toBe('language');
    expect(fits({ skill: null, locale: 'zh' }, skill, language)).toBe('language');
    expect(fits({ skill: null, locale: 'en' }, colleague('busy', { load: 2 }), colleague('free', { load: 1 }))).toBe('free');
    expect(
      fits(
        { skill: null, locale: 'en' },
        colleague('half', { load: 2, duty: { most: 10 } }),
        colleague('full', { load: 1, duty: { most: 2 } }),
      ),
    ).toBe('half');
  });

  it('to nobody who is off shift, away, not signed in or has enough', () => {
    const need = { skill: null, locale: 'en' };
    expect(
      fits(need, colleague('off', { onShift: false }), colleague('gone', { here: false }), colleague('full', { load: 5 })),
    ).toBeUndefined();
  });

  it('for two minutes, in which “next” gives it to nobody else; then to all', async () => {
    const desk = await startDesk();
    await desk.ada('PUT', '/v1/me/duty', { ...duty, skills: ['brakes'] });
    await desk.ben('PUT', '/v1/me/duty', { ...duty, hours: 'Mon-Sun 00:00-23:59' });
    await desk.tell('c-brakes', skilled('c-brakes', 'brakes'));
    expect((await queue(desk.ben)).cases[0]?.offered).toMatchObject({ name: 'Ada' });
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: null });
    desk.pass(2 * 60_000 + 1);
    expect((await queue(desk.ben)).cases[0]?.offered).toBeNull();
    await desk.ben('PUT', '/v1/me/duty', { ...duty, skills: ['tyres'] });
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'fitting' })).body).toEqual({ case: null });
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: 'c-brakes' });
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: null });
    await desk.site.end();
  });

  it('never to one whose shift is over', async () => {
    const desk = await startDesk();
    await desk.ada('PUT', '/v1/me/duty', { ...duty, hours: 'Mon-Fri 12:00-18:00' });
    await desk.ben('PUT', '/v1/me/duty', { ...duty, away: true });
    await desk.tell('c-early');
    expect((await queue(desk.ben)).cases[0]?.offered).toBeNull();
    desk.pass(3 * hour);
    await desk.tell('c-noon');
    const offered = Object.fromEntries((await queue(desk.ben)).cases.map((each) => [each.id, each.offered?.name]));
    expect(offered).toEqual({ 'c-early': undefined, 'c-noon': 'Ada' });
    await desk.site.end();
  });
});

describe('however many take at once', () => {
  it('each case has one technician, by claim and by “next”', async () => {
    const site = await startScenario();
    const edge = await site.edge('e1');
    for (let n = 0; n < 6; n++) await edge.tell('handoff', handoff(`c-${n}`));
    const people = await Promise.all(['A', 'B', 'C', 'D'].map((name) => site.technician(name)));
    const claims = await Promise.all(people.map((as) => as('POST', '/v1/cases/c-0/claim')));
    expect(claims.map((each) => each.status).sort()).toEqual([200, 409, 409, 409]);
    const taken = await Promise.all(
      [...people, ...people].map((as) => as<{ case: string | null }>('POST', '/v1/queue/next', { which: 'any' })),
    );
    const got = taken.flatMap(({ body }) => body.case ?? []);
    expect(new Set(got).size).toBe(got.length);
    expect(got.sort()).toEqual(['c-1', 'c-2', 'c-3', 'c-4', 'c-5']);
    await site.end();
  });
});

describe('the clock of a case', () => {
  it('runs to the first reply, then to the resolution, in the desk’s own hours', async () => {
    const desk = await startDesk({ deskHours: 'Mon-Fri 08:00-18:00' });
    desk.pass(7.5 * hour); // 17:30
    await desk.tell('c-late');
    await desk.tell('c-urgent', { urgency: 'urgent' });
    const clock = async (id: string) => (await view(desk.ada, id)).clock;
    const iso = (at: number | undefined) => at && new Date(at).toISOString();
    expect(iso((await clock('c-urgent'))?.dueAt)).toBe('2026-11-26T17:35:00.000Z');
    expect(iso((await clock('c-late'))?.dueAt)).toBe('2026-11-27T08:30:00.000Z');
    await desk.ada('POST', '/v1/cases/c-urgent/replies', { text: 'Stop.' });
    expect(await clock('c-urgent')).toMatchObject({ for: 'resolve' });
    expect(iso((await clock('c-urgent'))?.dueAt)).toBe('2026-11-27T11:30:00.000Z');
    await desk.ada('POST', '/v1/cases/c-urgent/resolve', { text: 'Done.', draft: false });
    expect(await clock('c-urgent')).toBeNull();
    await desk.site.end();
  });

  it('is set forward when the case becomes urgent, never back', async () => {
    const desk = await startDesk();
    await desk.tell('c-raised');
    const before = (await view(desk.ada, 'c-raised')).clock!.dueAt;
    const raise = {
      case: 'c-raised',
      session: 'session-of-c-raised',
      at: desk.now(),
      rule: { id: 'danger', because: { en: 'x', zh: 'x' } },
      faults: [],
    };
    await desk.edge.tell('raise', { ...raise, urgency: 'urgent' });
    const urgent = (await view(desk.ada, 'c-raised')).clock!.dueAt;
    expect(before - urgent).toBe(55 * 60_000);
    desk.pass(10_000);
    await desk.edge.tell('raise', { ...raise, urgency: 'normal' });
    expect((await view(desk.ada, 'c-raised')).clock!.dueAt).toBe(urgent);
    await desk.site.end();
  });
});

describe('a colleague', () => {
  let desk: Awaited<ReturnType<typeof startDesk>>;
  let ben: string;
  beforeAll(async () => {
    desk = await startDesk();
    ben = await idOf(desk.ben);
  });
  afterAll(() => desk.site.end());
  const ask = (id: string, wants: string, more = {}) =>
    desk.ada<CaseView>('POST', `/v1/cases/${id}/briefings`, { to: ben, wants, text: 'It shakes; P0301.', ...more });
  const waiting = async (id: string) => (await view(desk.ben, id)).briefings.at(-1) as Briefing;

  it('comes in only after they have read the briefing, and then both may write', async () => {
    await desk.tell('c-help');
    expect((await ask('c-help', 'help')).status).toBe(409);
    await desk.ada('POST', '/v1/cases/c-help/claim');
    expect((await ask('c-help', 'help')).body.briefings).toMatchObject([
      { wants: 'help', to: { name: 'Ben' }, seenAt: null, answer: null },
    ]);
    expect((await queue(desk.ben, '?state=claimed')).cases.find((each) => each.id === 'c-help')?.asked).toBe(true);
    const { id } = await waiting('c-help');
    expect((await desk.ben('POST', '/v1/cases/c-help/replies', { text: 'Hello' })).status).toBe(409);
    expect(await desk.ben('POST', `/v1/briefings/${id}/accept`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Read the briefing') },
    });
    await desk.ben('POST', `/v1/briefings/${id}/seen`);
    expect((await desk.ben<Briefing>('POST', `/v1/briefings/${id}/accept`)).body.answer).toBe('accepted');
    expect(await view(desk.ben, 'c-help')).toMatchObject({ technician: { name: 'Ada' }, helpers: [{ name: 'Ben' }], asked: false });
    expect((await desk.ben('POST', '/v1/cases/c-help/replies', { text: 'From Ben' })).status).toBe(200);
    expect((await desk.ada('POST', '/v1/cases/c-help/replies', { text: 'From Ada' })).status).toBe(200);
    expect((await desk.ben('POST', '/v1/cases/c-help/resolve', { text: 'x' })).status).toBe(409);
  });

  it('takes over only once they agree; until then it is still hers, and the edge hears who has it', async () => {
    await desk.tell('c-over');
    await desk.ada('POST', '/v1/cases/c-over/claim');
    await ask('c-over', 'take-over');
    const { id } = await waiting('c-over');
    await desk.ben('POST', `/v1/briefings/${id}/seen`);
    expect((await desk.ada('POST', '/v1/cases/c-over/replies', { text: 'A colleague will take this on.' })).status).toBe(200);
    await desk.ben('POST', `/v1/briefings/${id}/accept`);
    expect((await view(desk.ada, 'c-over')).technician).toMatchObject({ name: 'Ben' });
    expect((await desk.ada('POST', '/v1/cases/c-over/replies', { text: 'Late' })).status).toBe(409);
    const told = (await down(desk.edge, 'case')).filter((body) => body.case === 'c-over');
    expect(told.map((body) => body.by)).toEqual(['Ada', 'Ben']);
  });

  it('may decline, be asked no longer, and cannot take what has gone elsewhere', async () => {
    await desk.tell('c-no');
    await desk.ada('POST', '/v1/cases/c-no/claim');
    await ask('c-no', 'take-over');
    const first = await waiting('c-no');
    expect((await ask('c-no', 'help')).status).toBe(409);
    expect((await desk.ada('POST', `/v1/briefings/${first.id}/seen`)).status).toBe(404);
    await desk.ben('POST', `/v1/briefings/${first.id}/decline`);
    expect((await desk.ben('POST', `/v1/briefings/${first.id}/accept`)).status).toBe(409);
    await ask('c-no', 'take-over');
    const second = await waiting('c-no');
    await desk.ben('POST', `/v1/briefings/${second.id}/seen`);
    await desk.ada('POST', '/v1/cases/c-no/release');
    expect((await desk.ben('POST', `/v1/briefings/${second.id}/accept`)).status).toBe(409);
    expect((await desk.ada<Briefing>('POST', `/v1/briefings/${second.id}/withdraw`)).body.answer).toBe('withdrawn');
    expect((await view(desk.ben, 'c-no')).technician).toBeNull();
  });

  it.each([
    [{ to: 'nobody' }, 404],
    [{ text: '  ' }, 400],
    [{ wants: 'everything' }, 400],
    [{ more: 1 }, 400],
  ])('asked like %j is not', async (more, status) => {
    await desk.tell('c-odd');
    await desk.ada('POST', '/v1/cases/c-odd/claim');
    expect((await ask('c-odd', 'help', more)).status).toBe(status);
  });
});

describe('a case that sleeps', () => {
  it('is out of the queue until its time, and then back in its place', async () => {
    const desk = await startDesk();
    await desk.tell('c-part');
    const until = desk.now() + 2 * hour;
    await desk.ada('POST', '/v1/cases/c-part/snooze', { until, why: 'The part comes at noon.' });
    const asleep = await queue(desk.ada);
    expect(asleep).toMatchObject({ cases: [], counts: { open: 0, snoozed: 1 }, nextWake: until });
    expect((await queue(desk.ada, '?state=snoozed')).cases[0]).toMatchObject({
      id: 'c-part',
      clock: null,
      snoozed: { until, why: 'The part comes at noon.' },
    });
    expect((await desk.ada('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: null });
    desk.pass(2 * hour);
    expect(await queue(desk.ada)).toMatchObject({
      cases: [{ id: 'c-part', snoozed: null }],
      counts: { open: 1, snoozed: 0 },
      nextWake: null,
    });
    await desk.site.end();
  });

  it('wakes when the person writes, when it becomes urgent and when somebody wakes it', async () => {
    const desk = await startDesk();
    const sleep = (id: string) => desk.ada('POST', `/v1/cases/${id}/snooze`, { until: desk.now() + hour });
    for (const id of ['c-a', 'c-b', 'c-c']) {
      await desk.tell(id);
      await sleep(id);
    }
    await desk.edge.tell('turn', turn('u', 'session-of-c-a'));
    await desk.edge.tell('raise', {
      case: 'c-b',
      session: 'session-of-c-b',
      at: desk.now(),
      urgency: 'urgent',
      rule: { id: 'danger', because: { en: 'x', zh: 'x' } },
      faults: [],
    });
    await desk.ada('POST', '/v1/cases/c-c/wake');
    expect((await ids(desk.ada)).sort()).toEqual(['c-a', 'c-b', 'c-c']);
    for (const until of [desk.now() - 1, desk.now() + 91 * 24 * hour])
      expect((await desk.ada('POST', '/v1/cases/c-a/snooze', { until })).status).toBe(400);
    await desk.ben('POST', '/v1/cases/c-a/claim');
    expect((await sleep('c-a')).status).toBe(409);
    await desk.site.end();
  });

  it('is open again, at the edge too, when danger comes after it was resolved', async () => {
    const desk = await startDesk();
    await desk.tell('c-back');
    await desk.ada('POST', '/v1/cases/c-back/resolve', { text: 'Done.', draft: false });
    const rule = { id: 'danger', because: { en: 'x', zh: 'x' } };
    await desk.edge.tell('raise', { case: 'c-back', session: 's', at: desk.now(), urgency: 'urgent', rule, faults: [] });
    expect(await view(desk.ada, 'c-back')).toMatchObject({ state: 'open' });
    expect((await down(desk.edge, 'case')).map(({ state }) => state)).toEqual(['resolved', 'open']);
    await desk.site.end();
  });
});

describe('two cases that are one', () => {
  it('are worked on as one: every conversation shows there, is answered and resolved with it', async () => {
    const desk = await startDesk();
    await desk.tell('c-one');
    await desk.tell('c-two', { urgency: 'urgent' });
    const merged = await desk.ada<CaseView>('POST', '/v1/cases/c-two/merge', { into: 'c-one' });
    expect(merged.body).toMatchObject({
      id: 'c-one',
      urgency: 'urgent',
      unread: 2,
      technician: { name: 'Ada' },
      merged: [{ id: 'c-two' }],
    });
    expect(await ids(desk.ada, '?state=claimed')).toEqual(['c-one']);
    await desk.edge.tell('turn', turn('again', 'session-of-c-two'));
    expect(await view(desk.ada, 'c-one')).toMatchObject({ unread: 3 });
    await desk.ada('POST', '/v1/cases/c-one/replies', { id: 'r-both', text: 'It is the coil.' });
    const after = await view(desk.ada, 'c-one');
    expect(after.turns.map((each) => each.id)).toEqual(['c-one-t1', 'c-one-t2', 'c-two-t1', 'c-two-t2', 'again', 'r-both']);
    expect((await down(desk.edge, 'reply')).map((body) => [body.case, body.session])).toEqual([
      ['c-one', 'session-of-c-one'],
      ['c-two', 'session-of-c-two'],
    ]);
    await desk.ada('POST', '/v1/cases/c-one/resolve', { text: 'New coil', draft: false });
    expect((await down(desk.edge, 'case')).filter((body) => body.state === 'resolved').map((body) => body.case)).toEqual([
      'c-one',
      'c-two',
    ]);
    expect(await queue(desk.ada, '?state=resolved')).toMatchObject({ cases: [{ id: 'c-one' }], counts: { resolved: 1, claimed: 0 } });
    await desk.site.end();
  });

  it('were two after all: each stands by itself again, is answered and resolved alone', async () => {
    const desk = await startDesk();
    await desk.tell('c-one');
    await desk.tell('c-two');
    await desk.ada('POST', '/v1/cases/c-two/merge', { into: 'c-one' });
    expect((await desk.ben('POST', '/v1/cases/c-two/split')).status).toBe(409);
    expect((await desk.ada<CaseView>('POST', '/v1/cases/c-two/split')).body).toMatchObject({
      mergedInto: null,
      technician: { name: 'Ada' },
    });
    expect((await desk.ada('POST', '/v1/cases/c-two/split')).status).toBe(200);
    expect((await ids(desk.ada, '?state=claimed')).sort()).toEqual(['c-one', 'c-two']);
    expect(await view(desk.ada, 'c-one')).toMatchObject({ merged: [] });
    await desk.ada('POST', '/v1/cases/c-two/replies', { id: 'r-two', text: 'Only you.' });
    expect((await down(desk.edge, 'reply')).map((body) => body.case)).toEqual(['c-two']);
    await desk.ada('POST', '/v1/cases/c-one/resolve', { text: 'Done', draft: false });
    expect(await ids(desk.ada, '?state=claimed')).toEqual(['c-two']);
    await desk.site.end();
  });

  it('are refused where they are not: of two edges, another’s, closed, or the very same', async () => {
    const desk = await startDesk();
    const other = await desk.site.edge('e2');
    await desk.tell('c-1');
    await desk.tell('c-2');
    await desk.tell('c-3');
    await other.tell('handoff', handoff('c-far', { at: desk.now() }));
    await desk.ben('POST', '/v1/cases/c-2/claim');
    await desk.ada('POST', '/v1/cases/c-3/resolve', { text: 'x', draft: false });
    const merge = async (id: string, into: string) => (await desk.ada('POST', `/v1/cases/${id}/merge`, { into })).status;
    expect([
      await merge('c-1', 'c-far'),
      await merge('c-1', 'c-2'),
      await merge('c-1', 'c-3'),
      await merge('c-1', 'c-1'),
      await merge('c-1', 'none'),
    ]).toEqual([409, 409, 409, 400, 404]);
    await desk.site.end();
  });
});

describe('a case of a known issue', () => {
  it('is offered the issues that are about its machine, says which it belongs to, and is counted there', async () => {
    const desk = await startDesk();
    const issue = {
      issue: 'coil-2026',
      family: 'vehicle',
      maker: 'Seat',
      title: { en: 'Weak coil', zh: '点火线圈' },
      text: { en: 'x', zh: 'x' },
      severity: 'advice',
      safety: 'go-on',
    };
    await desk.site.as('POST', '/v1/issues', issue);
    await desk.site.as('POST', '/v1/issues', { ...issue, issue: 'other', maker: 'Volvo' });
    await desk.tell('c-known');
    expect((await view(desk.ada, 'c-known')).issues).toEqual([{ issue: 'coil-2026', title: issue.title }]);
    expect((await desk.ada('POST', '/v1/cases/c-known/issue', { issue: 'coil-2026' })).body).toMatchObject({ issue: 'coil-2026' });
    const listed = (await desk.site.as<{ issues: { issue: string; cases: number }[] }>('GET', '/v1/issues')).body.issues;
    expect(listed.find((each) => each.issue === 'coil-2026')?.cases).toBe(1);
    expect((await desk.ada('POST', '/v1/cases/c-known/issue', { issue: 'none' })).status).toBe(404);
    expect((await desk.ada('POST', '/v1/cases/c-known/issue', { issue: null })).body).toMatchObject({ issue: null });
    await desk.site.end();
  });
});

describe('a queue of several tenants', () => {
  it('offers, gives and briefs each case only within its own', async () => {
    const site = await startScenario({ deskZone: 'UTC' });
    const person = async (name: string, tenant: string): Promise<Scenario['as']> => {
      const password = `${name} has a password`;
      await site.as('POST', '/v1/technicians', { name, password, tenant });
      const { headers } = await call(site.url, 'POST', '/v1/auth/sign-in', { body: { name, password } });
      const cookie = headers.getSetCookie()[0]?.split(';')[0] as string;
      return (method, path, body) => call(site.url, method, path, { cookie, ...(body === undefined ? {} : { body }) });
    };
    const [anna, bill] = [await person('Anna', 'alpha'), await person('Bill', 'beta')];
    await (await site.edge('alpha-1', 'alpha')).tell('handoff', handoff('c-alpha'));
    expect((await queue(anna)).cases[0]?.offered).toMatchObject({ name: 'Anna' });
    expect((await bill('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: null });
    expect((await bill('POST', '/v1/cases/c-alpha/snooze', { until: Date.now() + hour })).status).toBe(404);
    expect((await bill<{ colleagues: Colleague[] }>('GET', '/v1/colleagues')).body.colleagues.map(({ name }) => name)).not.toContain(
      'Anna',
    );
    await anna('POST', '/v1/queue/next', { which: 'any' });
    const asked = { to: await idOf(bill), wants: 'help', text: 'x' };
    expect((await anna('POST', '/v1/cases/c-alpha/briefings', asked)).status).toBe(404);
    await site.end();
  });
});

describe('a duty', () => {
  it('is what one has said, else what one speaks at any time', async () => {
    const site = await startScenario({ deskZone: 'UTC' });
    const ada = await site.technician('Ada');
    expect((await ada('GET', '/v1/me/duty')).body).toEqual(duty);
    const mine = { ...duty, skills: ['brakes'], hours: 'Mon-Fri 08:00-18:00', most: 2 };
    expect((await ada('PUT', '/v1/me/duty', mine)).body).toEqual(mine);
    const { body } = await ada<{ colleagues: Colleague[] }>('GET', '/v1/colleagues');
    expect(body.colleagues.map(({ name, here, load }) => [name, here, load])).toEqual([
      ['Ada', true, 0],
      ['admin', false, 0],
    ]);
    for (const wrong of [{ hours: 'mornings' }, { zone: 'Atlantis' }, { languages: [] }, { most: 0 }, { skills: [''] }])
      expect((await ada('PUT', '/v1/me/duty', { ...duty, ...wrong })).status).toBe(400);
    await site.end();
  });
});
