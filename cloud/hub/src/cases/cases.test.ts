import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticleView, CaseRow, CaseView } from '../api/types.ts';
import { type Edge, fault, handoff, type Scenario, startScenario, turn } from '../scenario.ts';

let site: Scenario;
let edge: Edge;
let ben: Scenario['as'];
beforeAll(async () => {
  site = await startScenario();
  edge = await site.edge('car-edge');
  ben = await site.technician('Ben');
});
afterAll(() => site.end());

const view = async (id: string) => (await site.as<CaseView>('GET', `/v1/cases/${id}`)).body;
const envelopes = async (kind: string, caseId: string) =>
  (await edge.down(0, 256)).envelopes.filter((e) => e.kind === kind && (e.body as { case?: string }).case === caseId);

describe('the queue', () => {
  it('has the urgent first, then who has waited longest', async () => {
    const other = await startScenario();
    const from = await other.edge('e');
    const now = Date.now();
    await from.tell('handoff', handoff('c-late', { at: now - 1_000 }));
    await from.tell('handoff', handoff('c-early', { at: now - 60_000 }));
    await from.tell('handoff', handoff('c-urgent', { urgency: 'urgent' }));
    await from.tell('handoff', handoff('c-1970', { at: 0 }));
    const { body } = await other.as<{ cases: CaseRow[]; counts: unknown }>('GET', '/v1/cases?state=open');
    expect(body.cases.map((c) => c.id)).toEqual(['c-urgent', 'c-early', 'c-late', 'c-1970']);
    expect(body.counts).toEqual({ open: 4, claimed: 0, resolved: 0, snoozed: 0 });
    await other.end();
  });

  it('shows what a technician must know at a glance', async () => {
    const brief = { said: ['The engine shakes', 'It shakes uphill'], open: [], next: { en: 'Look.', zh: '看。' } };
    await edge.tell('handoff', handoff('c-row', { brief }));
    // What has no cause is called by their words already.
    await edge.tell('handoff', handoff('c-words', { brief, faults: [] }));
    const { body } = await site.as<{ cases: CaseRow[] }>('GET', '/v1/cases?state=open');
    expect(body.cases.find((c) => c.id === 'c-row')).toMatchObject({
      edge: 'car-edge',
      state: 'open',
      title: { en: 'Fault misfire' },
      person: 'Ada',
      thingTitle: 'Family car',
      family: 'vehicle',
      rule: 'asked',
      unread: 1,
      severity: 'warning',
      technician: null,
      said: 'It shakes uphill',
    });
    const words = body.cases.find((c) => c.id === 'c-words');
    expect(words).toMatchObject({ title: { en: '“It shakes uphill”' } });
    expect(words).not.toHaveProperty('said');
  });
});

describe('a case', () => {
  it('belongs to who claims it first', async () => {
    await edge.tell('handoff', handoff('c-claim'));
    expect((await ben<CaseView>('POST', '/v1/cases/c-claim/claim')).body).toMatchObject({ state: 'claimed', technician: { name: 'Ben' } });
    expect((await ben('POST', '/v1/cases/c-claim/claim')).status).toBe(200);
    for (const [act, body] of [['claim'], ['replies', { text: 'Hi' }], ['resolve', { text: 'Done' }]] as const) {
      expect(await site.as('POST', `/v1/cases/c-claim/${act}`, body)).toMatchObject({
        status: 409,
        body: { code: 'conflict', detail: expect.stringContaining('Ben') },
      });
    }
    expect(await envelopes('case', 'c-claim')).toMatchObject([{ body: { state: 'claimed', by: 'Ben' } }]);
  });

  it('counts what the person said since a technician last wrote', async () => {
    await edge.tell('handoff', handoff('c-unread'));
    await edge.tell('turn', turn('u1', 'session-of-c-unread'));
    expect(await view('c-unread')).toMatchObject({ unread: 2 });
    await ben('POST', '/v1/cases/c-unread/replies', { text: 'I am here' });
    expect(await view('c-unread')).toMatchObject({ unread: 0, waitingSince: null, state: 'claimed' });
    await edge.tell('turn', turn('u2', 'session-of-c-unread'));
    expect(await view('c-unread')).toMatchObject({ unread: 1, waitingSince: expect.any(Number) });
  });

  it('goes on after it is resolved without asking for a technician again', async () => {
    await edge.tell('handoff', handoff('c-after'));
    await ben('POST', '/v1/cases/c-after/resolve', { text: 'Fixed', draft: false });
    await edge.tell('turn', turn('thanks', 'session-of-c-after'));
    const after = await view('c-after');
    expect(after).toMatchObject({ state: 'resolved', unread: 0, waitingSince: null, resolution: { text: 'Fixed', by: 'Ben' } });
    expect(after.turns.at(-1)?.id).toBe('thanks');
    expect((await ben('POST', '/v1/cases/c-after/replies', { text: 'More' })).status).toBe(409);
  });
});

describe('a reply', () => {
  it('is one reply however often it is sent, and tells how far it has come', async () => {
    await edge.tell('handoff', handoff('c-reply'));
    const send = () => ben<{ id: string; delivery: string }>('POST', '/v1/cases/c-reply/replies', { id: 'r-1', text: 'Stop the engine' });
    const both = await Promise.all([send(), send()]);
    expect(both.map((b) => b.body.id)).toEqual(['r-1', 'r-1']);
    const sent = await envelopes('reply', 'c-reply');
    expect(sent).toMatchObject([{ body: { reply: 'r-1', session: 'session-of-c-reply', by: 'Ben', text: 'Stop the engine' } }]);
    const delivery = async () => (await view('c-reply')).turns.filter((t) => t.by === 'technician').map((t) => t.delivery);
    expect(await delivery()).toEqual(['stored']);
    await edge.down(sent[0]?.seq);
    expect(await delivery()).toEqual(['at-edge']);
    await edge.tell('seen', { case: 'c-reply', reply: 'r-1', at: 5 });
    expect(await delivery()).toEqual(['seen']);
  });

  it('is not doubled by the copy the edge keeps of it', async () => {
    await edge.tell('handoff', handoff('c-copy'));
    await ben('POST', '/v1/cases/c-copy/replies', { id: 'r-copy', text: 'Look at the lamp' });
    await edge.tell('turn', turn('a-name-of-its-own', 'session-of-c-copy', 'technician', 'Look at the lamp'));
    expect((await view('c-copy')).turns.filter((t) => t.by === 'technician')).toHaveLength(1);
  });

  it('with an id that was used for other words is refused', async () => {
    await edge.tell('handoff', handoff('c-other'));
    await ben('POST', '/v1/cases/c-other/replies', { id: 'r-other', text: 'One' });
    expect((await ben('POST', '/v1/cases/c-other/replies', { id: 'r-other', text: 'Two' })).status).toBe(409);
    expect((await ben('POST', '/v1/cases/c-other/replies', { id: 'c-other-t1', text: 'Two' })).status).toBe(409);
    expect(await envelopes('reply', 'c-other')).toHaveLength(1);
  });

  it.each([[{ text: '   ' }], [{ text: 'x'.repeat(8001) }], [{ text: 5 }], [{ text: 'a', by: 'Eve' }], [{}]])(
    'like %j is refused',
    async (body) => {
      await edge.tell('handoff', handoff('c-bad'));
      expect(await ben('POST', '/v1/cases/c-bad/replies', body)).toMatchObject({ status: 400, body: { code: 'invalid' } });
    },
  );
});

describe('a resolution', () => {
  it('becomes a draft article that says what was seen and what solved it, and nothing about the person', async () => {
    const evil = {
      ...fault('misfire'),
      evidence: [{ ...fault().evidence[0], title: { en: '<img src=x onerror=alert(1)>\n# big', zh: '标题' } }],
    };
    await edge.tell('handoff', handoff('c-draft', { faults: [evil as never] }));
    const { body } = await ben<{ case: CaseView; article: { id: string; locale: string } }>('POST', '/v1/cases/c-draft/resolve', {
      text: 'Replaced the **ignition coil** of cylinder 1.',
      cause: 'misfire',
    });
    expect(body.case).toMatchObject({ state: 'resolved', resolution: { article: body.article.id, cause: 'misfire' } });
    const article = (await site.as<ArticleView>('GET', `/v1/articles/${body.article.id}/en`)).body;
    expect(article).toMatchObject({
      state: 'draft',
      origin: 'case',
      case: 'c-draft',
      title: 'Fault misfire',
      family: 'vehicle',
      faults: ['misfire'],
      sources: ['case c-draft'],
      by: 'Ben',
    });
    expect(article.body).toContain('Replaced the **ignition coil** of cylinder 1.');
    expect(article.body).toContain('P0301');
    expect(article.body).toContain('Seat Leon');
    expect(article.body).not.toContain('Ada');
    expect(article.body).not.toMatch(/(?<!\\)<img|^# big/m);
    expect(await envelopes('case', 'c-draft')).toMatchObject([
      { body: { state: 'resolved', resolution: expect.stringContaining('coil') } },
    ]);
  });

  it('is written in the language of the case', async () => {
    await edge.tell('handoff', handoff('c-zh', { locale: 'zh' }));
    const resolution = { text: '更换点火线圈', cause: 'misfire' };
    const { body } = await ben<{ article: { id: string; locale: string } }>('POST', '/v1/cases/c-zh/resolve', resolution);
    expect(body.article.locale).toBe('zh');
    const text = (await site.as<ArticleView>('GET', `/v1/articles/${body.article.id}/zh`)).body.body;
    expect(text).toContain('## 解决方法');
    expect(text).toContain('Fault misfire（中文）。A cylinder');
  });

  it('said twice makes one draft, and said otherwise is a conflict', async () => {
    await edge.tell('handoff', handoff('c-again'));
    const resolve = (text: string) => ben<{ article: { id: string } }>('POST', '/v1/cases/c-again/resolve', { text });
    const first = await resolve('New coil');
    expect((await resolve('New coil')).body.article).toEqual(first.body.article);
    expect((await resolve('Something else')).status).toBe(409);
    expect(await envelopes('case', 'c-again')).toHaveLength(1);
  });

  it('is shown beside the next case like it, the one with the same cause first', async () => {
    const other = await startScenario();
    const from = await other.edge('e');
    const cases = [
      handoff('c-cause', { faults: [fault('leak'), fault('clog')], dtcs: [] }),
      handoff('c-shared', { faults: [fault('leak')], dtcs: [] }),
      handoff('c-house', { faults: [fault('leak')], thing: { ...handoff('x').thing!, family: 'home-hvac' } }),
      handoff('c-else', { faults: [fault('noise')], dtcs: [] }),
    ];
    for (const one of cases) await from.tell('handoff', one);
    await other.as('POST', '/v1/cases/c-cause/resolve', { text: 'Sealed the leak', cause: 'leak' });
    for (const id of ['c-shared', 'c-house', 'c-else']) await other.as('POST', `/v1/cases/${id}/resolve`, { text: `Solved ${id}` });
    await from.tell('handoff', handoff('c-new', { faults: [fault('leak')] }));
    const { body } = await other.as<CaseView>('GET', '/v1/cases/c-new');
    expect(body.similar.map((s) => [s.id, s.resolution])).toEqual([
      ['c-cause', 'Sealed the leak'],
      ['c-shared', 'Solved c-shared'],
    ]);
    await other.end();
  });
});
