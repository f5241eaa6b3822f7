import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Article } from '@wayside/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticleRow, ArticleView } from '../api/types.ts';
import { type Edge, fault, handoff, type Scenario, startScenario } from '../scenario.ts';

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
});
