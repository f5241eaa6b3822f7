import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyText } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EdgeStore, openEdgeStore } from '../store/open.ts';
import { enqueue, recordHere } from '../sync/outbox.ts';
import { eraseRecorded } from './erase.ts';
import { exportSession } from './export.ts';
import { findMisfit, lookThroughRecord } from './look-through-record.ts';
import { createRecorder, keyLivesMs, type Recorder, sealWithinMs } from './recorder.ts';

describe('the record of an edge', () => {
  const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} } as never;
  let folder: string;
  let store: EdgeStore;
  let clock: number;
  let recorder: Recorder;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-record-'));
    clock = Date.UTC(2026, 0, 1);
    await open();
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(): Promise<void> {
    store = await openEdgeStore(join(folder, 'edge.db'), () => clock);
    recorder = createRecorder({ db: store.db, data: folder, edge: store.edge, now: () => clock, log: silent, onSealed: () => {} });
    await recorder.start();
  }
  const say = (text: string, session = 's1') =>
    store.db
      .transaction()
      .execute((tx) => recordHere(tx, 'turn', { id: text, session, at: clock, by: 'operator', text, citations: [] }, clock));
  const seals = async () =>
    (await store.db.selectFrom('recordSeal').select('text').orderBy('n').execute()).map(({ text }) => JSON.parse(text));
  const exported = () => exportSession(store.db, recorder, 's1', () => clock);
  const keyFile = () => join(folder, 'record/signing-key.json');

  it('is sealed within a minute, by 64 entries at most, and holds', async () => {
    for (let i = 0; i < 100; i++) await say(`line ${i}`);
    await recorder.tick();
    expect((await seals()).map((s) => s.count)).toEqual([64, 36]);
    await say('one more');
    await recorder.tick();
    expect(await seals()).toHaveLength(2);
    clock += sealWithinMs;
    await recorder.tick();
    expect(await seals()).toHaveLength(3);
    expect(verifyText(p, await exported()).ok).toBe(true);
  });

  it('seals all when it stops, and what was to be looked at meanwhile is no fault', async () => {
    const error = vi.fn();
    const log = { error } as never;
    const stopping = createRecorder({ db: store.db, data: folder, edge: store.edge, now: () => clock, log, onSealed: () => {} });
    await stopping.start();
    await say('just before');
    await Promise.all([stopping.stop(), stopping.tick()]);
    expect(error).not.toHaveBeenCalled();
    expect(await seals()).toHaveLength(1);
  });

  it('keeps nothing of a transaction that did not happen', async () => {
    await store.db
      .transaction()
      .execute(async (tx) => {
        await recordHere(tx, 'turn', { id: 't', session: 's1', at: clock, by: 'operator', text: 'never', citations: [] }, clock);
        throw new Error('no');
      })
      .catch(() => {});
    await say('after it');
    const file = await exported();
    expect(verifyText(p, file)).toMatchObject({ ok: true, seen: { entries: 2 } });
    expect(file).not.toContain('never');
  });

  it('replaces a key that has served for 15 minutes, and nothing is left of the old one', async () => {
    await say('with the first key');
    await recorder.sealAll();
    const before = await readFile(keyFile(), 'utf8');
    await recorder.tick();
    expect(await readFile(keyFile(), 'utf8')).toBe(before);
    clock += keyLivesMs;
    await recorder.tick();
    const after = await readFile(keyFile(), 'utf8');
    expect(JSON.parse(after).n).toBe(2);
    expect(after).not.toContain(JSON.parse(before).seed);
    await say('with the second key');
    expect(verifyText(p, await exported())).toMatchObject({ ok: true, seen: { keys: 2 } });
    // A key that has sealed nothing is not replaced, however old.
    clock += 10 * keyLivesMs;
    await recorder.tick();
    await recorder.tick();
    expect(JSON.parse(await readFile(keyFile(), 'utf8')).n).toBeLessThanOrEqual(3);
  });

  it.each([
    ['before the store knew of the next key', false],
    ['after the store took the next key, before its secret took its place', true],
  ])('goes on after a crash %s', async (_, committed) => {
    await say('before the crash');
    await recorder.sealAll();
    const image = await readFile(keyFile(), 'utf8');
    if (committed) {
      clock += keyLivesMs;
      await recorder.tick();
      // The disk as it was between the commit and the promotion.
      await cp(keyFile(), join(folder, 'record/signing-key.next.json'));
      await writeFile(keyFile(), image);
    } else await recorder.keys.prepare(2);
    await store.close();
    await open();
    await say('after the crash');
    expect(verifyText(p, await exported())).toMatchObject({ ok: true, seen: { keys: committed ? 2 : 1 } });
  });

  it('erases bodies and salts, sealed or not, and leaves a signed entry that says so', async () => {
    await say('remember the marmalade');
    await recorder.sealAll();
    await say('not sealed yet marmalade');
    await store.db.transaction().execute((tx) => eraseRecorded(tx, ['s1'], { reason: 'asked for' }, clock));
    const file = await exported();
    expect(verifyText(p, file)).toMatchObject({ ok: true, seen: { erased: 2 } });
    expect(file).not.toContain('marmalade');
    expect(JSON.stringify(await store.db.selectFrom('recordBody').selectAll().execute())).not.toContain('marmalade');
    const without = file
      .split('\n')
      .filter((line) => !line.includes('"kind":"erase"'))
      .join('\n');
    expect(verifyText(p, without).ok).toBe(false);
  });

  it('says so when its key is lost, and begins anew from there', async () => {
    await say('before');
    await recorder.sealAll();
    await store.close();
    await rm(keyFile());
    await open();
    await say('after');
    const file = await exported();
    expect(verifyText(p, file)).toMatchObject({ ok: true, seen: { entries: 2, keys: 1 } });
    expect(file).not.toContain('"before"');
  });

  describe('held against what was signed', () => {
    const damage: Record<string, string> = {
      'recordEntry.at': 'update recordEntry set at = at + 4 where n = 2',
      'recordEntry.session': "update recordEntry set session = 's3' where n = 2",
      'recordEntry.seal': 'update recordEntry set seal = 2 where n = 2',
      'recordEntry.kind': "update recordEntry set kind = 'tern' where n = 2",
      'recordBody.body': "update recordBody set body = replace(body, 'line 1', 'line 9') where n = 2",
      'recordBody.n': 'delete from recordBody where n = 2',
      'recordSeal.text': "update recordSeal set text = replace(text, 'first', 'forst') where n = 1",
      'recordKey.seals': 'update recordKey set seals = 3',
      'outbox.at': "update outbox set at = at + 4 where kind = 'turn'",
      'outbox.salt': "update outbox set salt = null where kind = 'turn'",
      'outbox.body': "update outbox set body = replace(body, 'told', 'tald') where kind = 'turn'",
      'outbox.id': "update outbox set at = at + 4 where kind = 'seal'",
    };
    beforeEach(async () => {
      for (let i = 0; i < 3; i++) await say(`line ${i}`);
      await recorder.sealAll();
      await say('erased later', 's2');
      const turn = { id: 't_1', session: 's1', at: clock, by: 'operator' as const, text: 'told', citations: [] };
      await enqueue(store.db, 'turn', turn, clock);
      await recorder.sealAll();
      await store.db.transaction().execute((tx) => eraseRecorded(tx, ['s2'], { reason: 'they asked for it' }, clock));
    });

    it('is whole, with what was erased and with what no seal covers yet', async () => {
      expect(await findMisfit(store.db)).toBeUndefined();
      await recorder.sealAll();
      expect(await findMisfit(store.db)).toBeUndefined();
    });

    it.each(Object.entries(damage))('a change of %s is found', async (column, statement) => {
      await sql.raw(statement).execute(store.db);
      expect(await findMisfit(store.db)).toBe(column);
    });

    it('says what it found once, in the record too', async () => {
      const error = vi.fn();
      const look = () => lookThroughRecord(store.db, { error } as never, () => clock, new AbortController().signal);
      await look();
      expect(error).not.toHaveBeenCalled();
      await sql.raw(damage['recordEntry.at'] as string).execute(store.db);
      await look();
      await look();
      expect(error).toHaveBeenCalledOnce();
      expect(await store.db.selectFrom('outbox').select('body').where('kind', '=', 'gap').execute()).toHaveLength(1);
    });
  });
});
