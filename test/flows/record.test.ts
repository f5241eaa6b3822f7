import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { verifyText } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

const secondVerifier = resolve(import.meta.dirname, '../../record/python/verify.py');
const python = spawnSync('python3', ['--version']).status === 0;

describe('the record of a conversation', () => {
  let site: Site;
  let session: string;
  let file: string;
  beforeAll(async () => {
    site = await createSite({ settings: { unnamedTalk: 'hub' } });
    await site.play('misfire', { speed: 60 }).catch(() => {});
    ({ session } = await site.operator.post('/v1/sessions', { channel: 'api', locale: 'en' }));
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'why did the warning light come on?' });
    // Somebody else talks at the same time: their words are none of the reader's business.
    const other = await site.operator.post('/v1/sessions', { channel: 'api', locale: 'en' });
    await site.operator.post(`/v1/sessions/${other.session}/turns`, { text: 'a secret of somebody else' });
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'what does it mean' });
  });
  afterAll(() => site.close());

  const exported = async () => (await site.operator.raw(`/v1/sessions/${session}/export`)).text();

  it('is a file that holds, with every word of the conversation and none of another', async () => {
    file = await exported();
    expect(verifyText(p, file)).toMatchObject({ ok: true, seen: { session, erased: 0 } });
    expect(file).toContain('why did the warning light come on?');
    expect(file).not.toContain('a secret of somebody else');
  });

  it('holds for the second verifier as well', async (context) => {
    if (!python) return context.skip('python3 is not here: the second verifier was not run');
    const path = join(site.folder, 'case.jsonl');
    await writeFile(path, file);
    expect(spawnSync('python3', [secondVerifier, path], { encoding: 'utf8' }).stdout).toContain('"ok": true');
  });

  it('does not hold when a word of it is changed', () => {
    expect(verifyText(p, file.replace('why did the warning', 'why does the warning')).problem?.code).toBe('body-changed');
  });

  it('gives a code to keep, by which the file is known', async () => {
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'thank you' });
    const seal = await site.operator.post(`/v1/sessions/${session}/seal`);
    expect(seal.sealed).toBe(seal.entries);
    const [, , , , head, edgeKey] = seal.code.split(' ');
    expect(verifyText(p, await exported(), { head, edgeKey }).ok).toBe(true);
    expect(verifyText(p, file, { head, edgeKey }).problem?.code).toBe('head-missing');
  });

  it('goes to the hub with a handoff, is logged and witnessed there, and the case says it is verified', async () => {
    const { case: caseId } = await site.operator.post(`/v1/sessions/${session}/handoff`);
    const record = await until<any>(
      'the case is verified',
      async () => {
        const view = await site.technician.get(`/v1/cases/${caseId}/record`);
        return view.state === 'verified' && view.witnesses.length > 0 && view;
      },
      30_000,
    );
    expect(record.alarms).toEqual([]);
    expect(record.matched).toBe(record.entries);
    await until('a receipt with a witness', async () => (await site.operator.get(`/v1/sessions/${session}/seal`)).witnesses > 0, 30_000);
    const { ok, seen } = verifyText(p, await exported());
    expect(ok).toBe(true);
    expect(seen.receipts).toBeGreaterThan(0);
    expect(seen.witnesses).toEqual([seen.edge]);
  });

  it('knows a technician’s reply', async () => {
    const { cases } = await site.technician.get('/v1/cases');
    await site.technician.post(`/v1/cases/${cases[0].id}/replies`, { id: 'r1', text: 'Check the coil of cylinder one.' });
    await until('the reply', async () =>
      (await site.operator.get(`/v1/sessions/${session}`)).turns.some((t: { id: string }) => t.id === 'r1'),
    );
    expect(await exported()).toContain('Check the coil of cylinder one.');
  });

  it('goes on with the same keys after a restart', async () => {
    await site.stopEdge();
    await site.startEdge();
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'are you still there' });
    const text = await exported();
    expect(verifyText(p, text)).toMatchObject({ ok: true });
    expect(text).toContain('are you still there');
  });
});
