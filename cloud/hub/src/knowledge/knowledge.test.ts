import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Article } from '@wayside/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticleRow, ArticleVersion, ArticleView, SimilarArticle } from '../api/types.ts';
import { type Edge, fault, handoff, type Scenario, startScenario, turn } from '../scenario.ts';

let packs: string;
let site: Scenario;

const head = (id: string, title: string) => `---\nid: ${id}\ntitle: ${title}\nfaults: []\ntags: []\nsources: [the maker]\n---\n`;

async function writePack(family: string, articles: Record<string, string>): Promise<void> {
  const dir = join(packs, family);
  await rm(dir, { recursive: true, force: true });
  const named = `{ en: ${family}, zh: ${family} }`;
  for (const locale of ['en', 'zh']) {
    await mkdir(join(dir, 'articles', locale), { recursive: true });
    for (const [id, body] of Object.entries(articles))
      await writeFile(join(dir, 'articles', locale, `${id}.md`), `${head(id, `About ${id}`)}${body}\n`);
  }
  await writeFile(join(dir, 'pack.yaml'), `family: ${family}\nversion: 1.0.0\ntitle: ${named}\nsummary: ${named}\nlicence: Apache-2.0\n`);
}

beforeAll(async () => {
  packs = await mkdtemp(join(tmpdir(), 'wayside-packs-'));
  await writePack('boat', { bilge: 'Pump it out.', rudder: 'Look at the bolt.' });
  site = await startScenario({ packsRoot: packs });
});
afterAll(async () => {
  await site.end();
  await rm(packs, { recursive: true });
});

const fresh = (id: string, more: object = {}) => ({
  id,
  locale: 'en',
  title: `Title ${id}`,
  body: 'Body',
  family: 'vehicle',
  faults: ['misfire'],
  tags: [],
  sources: [],
  ...more,
});
const list = async (query = '') => (await site.as<{ articles: ArticleRow[] }>('GET', `/v1/articles${query}`)).body.articles;
const post = (path: string, body?: unknown) => site.as<ArticleView>('POST', `/v1/articles${path}`, body);
const put = (path: string, body: unknown) => site.as<ArticleView>('PUT', `/v1/articles${path}`, body);
const sent = async (edge: Edge, id: string) =>
  (await edge.down(0, 256)).envelopes.map((e) => e.body as { state: string; article: Article }).filter((b) => b.article?.id === id);
const versionsOf = async (id: string) => (await site.as<{ versions: ArticleVersion[] }>('GET', `/v1/articles/${id}/en/versions`)).body;
const both = { en: 'x', zh: 'x' };
const repair = {
  thing: 'car-1',
  family: 'vehicle',
  fault: 'misfire',
  faultTitle: both,
  procedure: 'p',
  procedureTitle: both,
  finishedAt: 1,
  until: 2,
  needs: 1,
  symptoms: [],
};
const editOf = ({ title, body, family, faults, tags, sources, version }: ArticleView) => ({
  title,
  body,
  family,
  faults,
  tags,
  sources,
  version,
});

describe('an article', () => {
  it('goes from draft to every edge and back again', async () => {
    const [near, far] = [await site.edge('near'), await site.edge('far')];
    expect((await post('', fresh('coil'))).body).toMatchObject({ state: 'draft', version: 1, origin: 'technician', by: 'admin' });
    expect(await sent(near, 'coil')).toEqual([]);
    const published = (await post('/coil/en/publish')).body;
    expect(published.state).toBe('published');
    await post('/coil/en/publish');
    await post('/coil/en/withdraw');
    await post('/coil/en/withdraw');
    for (const edge of [near, far]) {
      const bodies = await sent(edge, 'coil');
      expect(bodies.map((b) => b.state)).toEqual(['published', 'withdrawn']);
      expect(bodies[0]?.article).toMatchObject({ title: 'Title coil', version: published.version });
      expect(bodies[1]!.article.version).toBeGreaterThan(bodies[0]!.article.version);
    }
  });

  it('reaches an edge that is enrolled later, as it was last published', async () => {
    await post('', fresh('late'));
    const read = (await post('/late/en/publish')).body;
    await put('/late/en', { ...editOf(read), title: 'Not yet' });
    await post('', fresh('gone'));
    await post('/gone/en/publish');
    await post('/gone/en/withdraw');
    const edge = await site.edge('newcomer');
    expect((await sent(edge, 'late')).map((b) => b.article.title)).toEqual(['Title late']);
    expect(await sent(edge, 'gone')).toEqual([]);
    expect(await sent(edge, 'bilge')).toEqual([]);
  });

  it('is never overwritten by who read an older version', async () => {
    const read = (await post('', fresh('two-writers'))).body;
    const save = (title: string) => put('/two-writers/en', { ...editOf(read), title });
    const both = await Promise.all([save('Mine'), save('Yours')]);
    expect(both.map((b) => b.status).sort()).toEqual([200, 409]);
    const lost = both.find((b) => b.status === 409);
    expect(lost?.body).toMatchObject({ code: 'conflict', detail: expect.stringContaining('changed this article') });
    expect((await post('/two-writers/en/publish', { version: read.version })).status).toBe(409);
  });

  it('is one text in each language', async () => {
    await post('', fresh('both'));
    expect((await post('', fresh('both', { locale: 'zh', title: '标题' }))).status).toBe(200);
    expect((await post('', fresh('both'))).status).toBe(409);
    expect((await list('?q=both')).map((a) => a.locale).sort()).toEqual(['en', 'zh']);
  });

  it('is found by any of its words, and wildcards are only words', async () => {
    await post('', fresh('odd', { body: 'A 100% rare word: quagga_' }));
    expect((await list('?q=QUAGGA_ rare')).map((a) => a.id)).toEqual(['odd']);
    expect((await list(`?q=${encodeURIComponent('100%')}`)).map((a) => a.id)).toEqual(['odd']);
    expect(await list('?q=qua%25a')).toEqual([]);
  });

  it('is suggested on a case that has its fault', async () => {
    await post('', fresh('suggested', { faults: ['overheating'] }));
    await post('/suggested/en/publish');
    const edge = await site.edge('hot');
    await edge.tell('handoff', handoff('c-hot', { faults: [fault('noise'), fault('overheating')] }));
    const { body } = await site.as<{ articles: { id: string }[] }>('GET', '/v1/cases/c-hot');
    expect(body.articles.map((a) => a.id)).toEqual(['suggested']);
  });
});

describe('the review of an article', () => {
  it('goes from a work in progress to not validated to validated, or back to its writer with the reason', async () => {
    await post('', fresh('reviewed'));
    expect((await post('/reviewed/en/submit')).body.state).toBe('not-validated');
    expect((await post('/reviewed/en/return', { note: '  ' })).status).toBe(400);
    expect((await post('/reviewed/en/return', { note: 'Where is the source?' })).body.state).toBe('draft');
    await post('/reviewed/en/submit');
    expect((await post('/reviewed/en/submit')).body.version).toBe(4);
    expect((await post('/reviewed/en/publish')).body.state).toBe('published');
    expect((await post('/reviewed/en/submit')).status).toBe(409);
    expect((await post('/reviewed/en/return', { note: 'Too late' })).status).toBe(409);
    const { versions } = await versionsOf('reviewed');
    expect(versions.map(({ version, state, note }) => [version, state, note])).toEqual([
      [5, 'published', null],
      [4, 'not-validated', null],
      [3, 'draft', 'Where is the source?'],
      [2, 'not-validated', null],
      [1, 'draft', null],
    ]);
  });

  it('is for leads: a technician writes and hands in', async () => {
    const writer = await site.technician('Writer');
    expect((await writer('POST', '/v1/articles', fresh('handed-in'))).status).toBe(200);
    expect((await writer('POST', '/v1/articles/handed-in/en/submit')).status).toBe(200);
    expect((await writer('POST', '/v1/articles/handed-in/en/publish')).status).toBe(403);
    expect((await writer('POST', '/v1/articles/handed-in/en/return', { note: 'x' })).status).toBe(403);
  });
});

describe('the versions of an article', () => {
  it('are all kept, and an earlier text comes back as a draft while edges keep what is published', async () => {
    const edge = await site.edge('historian');
    const first = (await post('', fresh('history', { body: 'One' }))).body;
    await put('/history/en', { ...editOf(first), body: 'Two', applies: [{ model: 'Leon' }] });
    const published = (await post('/history/en/publish')).body;
    const wrong = (await put('/history/en', { ...editOf(published), body: 'Three' })).body;
    expect(wrong.applies).toEqual([{ model: 'Leon' }]);
    expect((await post('/history/en/rollback', { version: 1, to: 2 })).status).toBe(409);
    expect((await post('/history/en/rollback', { version: wrong.version, to: 99 })).status).toBe(404);
    const back = (await post('/history/en/rollback', { version: wrong.version, to: 1 })).body;
    expect(back).toMatchObject({ body: 'One', state: 'draft', version: wrong.version + 1, applies: [] });
    const { versions } = await versionsOf('history');
    expect(versions.map(({ text }) => text.body)).toEqual(['One', 'Three', 'Two', 'Two', 'One']);
    expect((await sent(edge, 'history')).map((one) => one.article.body)).toEqual(['Two']);
  });
});

describe('articles that say the same', () => {
  const coil = 'Cylinder misfires at idle because the ignition coil breaks down when it is hot. Swap the coil and clear the code.';

  it('are found, and one takes the other in: text, faults, sources and machines of both', async () => {
    await post('', fresh('coil-hot', { title: 'Coil fails when hot', body: coil, sources: ['case 1'], applies: [{ model: 'Leon' }] }));
    await post(
      '',
      fresh('coil-warm', {
        title: 'Ignition coil breaks down hot',
        body: `${coil} Check the boot.`,
        faults: ['coil'],
        sources: ['case 2'],
        applies: [{ model: 'Ibiza' }],
      }),
    );
    await post('', fresh('tyre', { title: 'Tyre loses air', body: 'Look for a nail and plug the hole.', faults: ['tyre'] }));
    const { body } = await site.as<{ similar: SimilarArticle[] }>('GET', '/v1/articles/coil-hot/en/similar');
    expect(body.similar[0]).toMatchObject({ id: 'coil-warm' });
    expect(body.similar.map(({ id }) => id)).not.toContain('tyre');
    const merge = { version: 1, from: 'coil-warm', fromVersion: 1, title: 'Coil fails when hot', body: `${coil} Check the boot.` };
    expect((await post('/coil-hot/en/merge', { ...merge, from: 'coil-hot' })).status).toBe(400);
    expect((await post('/coil-hot/en/merge', { ...merge, fromVersion: 9 })).status).toBe(409);
    expect((await post('/coil-hot/en/merge', merge)).body).toMatchObject({
      faults: ['misfire', 'coil'],
      sources: ['case 1', 'case 2'],
      applies: [{ model: 'Leon' }, { model: 'Ibiza' }],
    });
    expect((await site.as<ArticleView>('GET', '/v1/articles/coil-warm/en')).body).toMatchObject({
      state: 'withdrawn',
      mergedInto: 'coil-hot',
    });
    expect((await list('?q=boot')).map(({ id }) => id)).toEqual(['coil-hot']);
  });

  it('are not merged away from under the edges', async () => {
    await post('', fresh('has-edges'));
    const read = (await post('/has-edges/en/publish')).body;
    await post('', fresh('taker'));
    const merge = { version: 1, from: 'has-edges', fromVersion: read.version, title: 'T', body: 'B' };
    expect((await post('/taker/en/merge', merge)).status).toBe(409);
  });
});

describe('a search', () => {
  it('finds while one types, in Chinese too, the title before the text', async () => {
    await post('', fresh('valve-title', { title: 'Thermostatic valve sticks' }));
    await post('', fresh('valve-body', { title: 'Cold rooms', body: 'Often the thermostatic valve.' }));
    await post('', fresh('zh-valve', { locale: 'zh', title: '恒温阀卡住', body: '房间不热时，先检查恒温阀。' }));
    for (const typed of ['ther', 'thermostat', 'thermostatic va'])
      expect((await list(`?q=${typed}`)).map(({ id }) => id)).toEqual(['valve-title', 'valve-body']);
    for (const typed of ['恒', '恒温', '恒温阀卡'])
      expect((await list(`?q=${encodeURIComponent(typed)}`)).map(({ id }) => id)).toEqual(['zh-valve']);
    expect(await list(`?q=${encodeURIComponent('温恒')}`)).toEqual([]);
    for (const odd of ['"', "' OR 1=1 --", 'NEAR(', '*', '()', 'a AND', '%%'])
      expect((await site.as('GET', `/v1/articles?q=${encodeURIComponent(odd)}`)).status).toBe(200);
  });

  it('puts what helped before what did not, as the machines’ data shows, and says how often each was used', async () => {
    const edge = await site.edge('helper');
    for (const id of ['helps', 'fails']) await post('', fresh(id, { title: 'Quick squeak cure' }));
    for (let n = 0; n < 4; n++)
      for (const [article, state] of [
        ['helps', 'fixed'],
        ['fails', 'not-fixed'],
      ] as const)
        await edge.tell('outcome', { ...repair, repair: `${article}-${n}`, article, state });
    const answer = { ...turn('a1', 's-uses', 'agent', 'Do this.'), citations: [{ kind: 'article', ref: 'helps', text: 'x' }] };
    await edge.tell('turn', answer);
    await edge.tell('turn', { ...answer, id: 'a2' });
    await edge.tell('turn', { ...answer, id: 'a3', by: 'technician' });
    const found = await list('?q=squeak');
    expect(found.map(({ id, uses, rate }) => [id, uses, rate?.fixed])).toEqual([
      ['helps', 2, 4],
      ['fails', 0, 0],
    ]);
  });
});

describe('an article about some machines', () => {
  it('is suggested for those alone', async () => {
    const edge = await site.edge('limits');
    for (const [id, applies] of [
      ['for-leon', [{ maker: 'seat', model: 'LEON' }]],
      ['for-ibiza', [{ model: 'Ibiza' }]],
      ['for-old', [{ model: 'Leon', firmware: ['1.0'] }]],
      ['for-all', []],
    ] as const) {
      await post('', fresh(id, { faults: ['rattle'], applies }));
      await post(`/${id}/en/publish`);
    }
    await edge.tell('handoff', handoff('c-limits', { faults: [fault('rattle')] }));
    const { body } = await site.as<{ articles: { id: string }[] }>('GET', '/v1/cases/c-limits');
    expect(body.articles.map(({ id }) => id)).toEqual(['for-all', 'for-leon']);
    expect((await post('', fresh('odd-limits', { applies: [{ colour: 'red' }] }))).status).toBe(400);
  });
});

describe('what a case teaches', () => {
  it('goes into the draft on the same cause that nobody has validated yet', async () => {
    const edge = await site.edge('teacher');
    const resolve = async (id: string, text: string) => {
      await edge.tell('handoff', handoff(id, { faults: [fault('pump-worn')] }));
      return (await site.as<{ article: { id: string } }>('POST', `/v1/cases/${id}/resolve`, { text, cause: 'pump-worn' })).body.article.id;
    };
    const first = await resolve('c-teach-1', 'New pump.');
    expect(await resolve('c-teach-2', 'New seal.')).toBe(first);
    const { body } = await site.as<ArticleView>('GET', `/v1/articles/${first}/en`);
    expect(body).toMatchObject({ version: 2, sources: ['case c-teach-1', 'case c-teach-2'], applies: [{ maker: 'Seat', model: 'Leon' }] });
    expect(body.body.match(/P0301/g)).toHaveLength(1);
    expect(body.body).toMatch(/New pump\.\n\nNew seal\./);
    await post(`/${first}/en/publish`);
    expect(await resolve('c-teach-3', 'New impeller.')).not.toBe(first);
  });

  it('is also where the agent was wrong: the right answer becomes a draft with its question', async () => {
    const edge = await site.edge('wrong');
    await edge.tell('handoff', handoff('c-wrong'));
    const correct = (turnId: string, text = 'Replace the **coil**.') =>
      site.as<{ id: string }>('POST', `/v1/cases/c-wrong/turns/${turnId}/correct`, { text });
    const { body } = await correct('c-wrong-t2');
    const draft = (await site.as<ArticleView>('GET', `/v1/articles/${body.id}/en`)).body;
    expect(draft).toMatchObject({ title: 'says c-wrong-t1', state: 'draft', case: 'c-wrong', tags: ['correction'], faults: ['misfire'] });
    expect(draft.body).toContain('## The right answer\n\nReplace the **coil**.');
    expect([(await correct('c-wrong-t1')).status, (await correct('nothing')).status, (await correct('c-wrong-t2', ' ')).status]).toEqual([
      404, 404, 400,
    ]);
  });
});

describe('an article of a pack', () => {
  it('is shown to technicians and cannot be withdrawn', async () => {
    expect((await list('?family=boat&locale=en')).map((a) => [a.id, a.state, a.origin])).toEqual([
      ['bilge', 'published', 'pack'],
      ['rudder', 'published', 'pack'],
    ]);
    expect((await post('/bilge/en/withdraw')).status).toBe(409);
  });

  it('becomes the technicians’ own when it is edited, and stays so when the pack changes', async () => {
    const edge = await site.edge('sailor');
    const read = (await site.as<ArticleView>('GET', '/v1/articles/bilge/en')).body;
    expect((await put('/bilge/en', { ...editOf(read), body: 'Use the big pump.' })).body).toMatchObject({
      state: 'draft',
      origin: 'technician',
    });
    await post('/bilge/en/publish');
    expect((await sent(edge, 'bilge')).map((b) => b.article.body)).toEqual(['Use the big pump.']);

    await writePack('boat', { bilge: 'A newer text.', mast: 'Look up.' });
    await site.again();
    expect((await site.as<ArticleView>('GET', '/v1/articles/bilge/en')).body.body).toBe('Use the big pump.');
    expect((await list('?family=boat&locale=en')).map((a) => a.id).sort()).toEqual(['bilge', 'mast']);
  });

  it('stays as it was when its pack is broken', async () => {
    await writeFile(join(packs, 'boat', 'faults.yaml'), 'faults: [');
    await cp(join(packs, 'boat'), join(packs, 'raft'), { recursive: true });
    await site.again();
    expect((await list('?family=boat&locale=en')).map((a) => a.id).sort()).toEqual(['bilge', 'mast']);
  });

  it('that is edited keeps the pack’s own text as its first version', async () => {
    const read = (await site.as<ArticleView>('GET', '/v1/articles/mast/en')).body;
    await put('/mast/en', { ...editOf(read), body: 'Our text.' });
    const { versions } = await versionsOf('mast');
    expect(versions.map(({ text }) => text.body.trim())).toEqual(['Our text.', 'Look up.']);
  });
});
