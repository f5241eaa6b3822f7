import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, call, type Scenario, startScenario } from '../../scenario.ts';
import { madePictures } from './made-pictures.ts';

let site: Scenario;
beforeAll(async () => {
  site = await startScenario();
});
afterAll(() => site.end());

type Kept = { hash: string; type: string; code: string; detail: string };
const add = (raw: Uint8Array): Promise<Answer<Kept>> =>
  call<Kept>(site.url, 'POST', '/v1/pictures', { token: site.token, raw, headers: { 'content-type': 'image/png' } });
const write = (id: string, body: string) =>
  site.as<{ detail: string; version: number }>('POST', '/v1/articles', {
    ...{ id, locale: 'en', title: id, body, family: 'vehicle', faults: [], tags: [], sources: [] },
  });

describe('the pictures of articles', () => {
  it('are kept by the hash of what leaves, for people and for edges', async () => {
    const edge = await site.edge('sees');
    const { status, body } = await add(madePictures.png());
    expect(status).toBe(201);
    expect((await add(madePictures.png())).body.hash).toBe(body.hash);
    const forEdges = `/v1/sync/pictures/${body.hash}`;
    for (const [path, headers] of [
      [`/v1/pictures/${body.hash}`, { authorization: `Bearer ${site.token}` }],
      [forEdges, await edge.proof({ method: 'GET', path: forEdges })],
    ] as const) {
      const got = await fetch(new URL(path, site.url), { headers });
      const bytes = Buffer.from(await got.arrayBuffer());
      expect(got.headers.get('content-type')).toBe('image/png');
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(body.hash);
      expect(bytes.includes('Erika')).toBe(false);
    }
    expect((await site.as('GET', `/v1/pictures/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await site.as('GET', '/v1/pictures/..%2Fhub.db')).status).toBe(400);
  });

  it('are refused when they are none, and a giant before it has come', async () => {
    expect((await add(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).body).toMatchObject({ code: 'invalid' });
    expect((await add(new Uint8Array(0))).body).toMatchObject({ code: 'invalid' });
    const giant = await add(new Uint8Array(50 * 1024 * 1024));
    expect(giant).toMatchObject({ status: 413, body: { code: 'too-large', detail: expect.stringContaining('512 KiB') } });
    expect(giant.headers.get('content-type')).toBe('application/problem+json');
  });

  it('are in an article only when they are here and say what they show', async () => {
    const { hash } = (await add(madePictures.webp())).body;
    const shown = `![The valve](sha256:${hash})`;
    expect((await write('no-alt', `![ ](sha256:${hash})`)).body.detail).toContain('does not say what it shows');
    expect((await write('not-here', `![x](sha256:${'1'.repeat(64)})`)).body.detail).toContain('11111111… is not here');
    expect((await write('too-many', `${shown}\n`.repeat(13))).body.detail).toContain('at most 12');
    const atStep = `![The valve](sha256:${hash} "plug/look")`;
    expect((await write('twice', `${atStep}\n\n${atStep}`)).body.detail).toContain('Two pictures are for the step plug/look');
    expect((await write('at-step', `![](sha256:${hash} "plug/look")`)).body.detail).toContain('does not say what it shows');
    const made = await write('shows', `${shown}\n\n${atStep}`);
    expect(made.status).toBe(200);
    const { version } = made.body;
    const edit = { title: 'shows', body: '![](sha256:bad)', family: 'vehicle', faults: [], tags: [], sources: [], version };
    // What is no name of a picture is only text.
    expect((await site.as('PUT', '/v1/articles/shows/en', edit)).status).toBe(200);
    const bad = await site.as('PUT', '/v1/articles/shows/en', { ...edit, body: `![](sha256:${hash})`, version: version + 1 });
    expect(bad.status).toBe(400);
  });
});
