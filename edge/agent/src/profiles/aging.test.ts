import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Turn } from '@wayside/contract';
import { type Seen, saySeen, verifyText } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSession, sayTurn, turnsOf } from '../dialogue/session.ts';
import { createLog } from '../log.ts';
import { exportSession } from '../record/export.ts';
import { createRecorder } from '../record/recorder.ts';
import { type EdgeStore, openEdgeStore } from '../store/open.ts';
import { acknowledged, waiting } from '../sync/outbox.ts';
import { createAging } from './aging.ts';
import { keepPiece } from './past.ts';

const day = 86_400_000;
const limits = { talkMs: 365 * day, caseMs: 1_095 * day };
const log = createLog('silent', 'test');

let folder: string;
let store: EdgeStore;
let time: number;

const data = () => join(folder, 'edge');
const aging = () => createAging({ db: store.db, limits, log, now: () => time, onRecord: () => {} });
const open = async () => {
  store = await openEdgeStore(join(data(), 'edge.db'), () => time);
};
/** Days go by on an edge that looks every hour: the last of them is looked at. */
const pass = async (days: number) => {
  time += (days - 2) * day;
  for (const _ of [1, 2, 3]) {
    await aging().tick();
    time += day;
  }
  time -= day;
};
const talk = async (onlyHere = true) => openSession(store.db, { channel: 'panel', locale: 'en', onlyHere }, time);
const say = async (session: Awaited<ReturnType<typeof talk>>, text: string) => {
  const turn: Turn = { id: `t_${text}`, session: session.id, at: time, by: 'operator', text, citations: [] };
  await store.db.transaction().execute((tx) => sayTurn(tx, session, turn, time));
};
const ask = (session: { id: string }, state: string) =>
  store.db
    .insertInto('handoff')
    .values({
      case: `c_${session.id}`,
      session: session.id,
      at: time,
      state,
      rule: 'asked',
      urgency: 'normal',
      technician: null,
      capsule: '{}',
    })
    .execute();
const lines = async (session: { id: string }) => (await turnsOf(store.db, session.id)).map(({ text }) => text);
const filed = async () => {
  const files = await readdir(data(), { withFileTypes: true });
  const bytes = await Promise.all(files.filter((one) => one.isFile()).map((one) => readFile(join(data(), one.name))));
  return Buffer.concat(bytes).toString('latin1');
};
/** The record of a conversation, as anybody checks it. */
const checked = async (session: { id: string }) => {
  const recorder = createRecorder({ db: store.db, data: data(), edge: store.edge, now: () => time, log, onSealed: () => {} });
  await recorder.start();
  const file = await exportSession(store.db, recorder, session.id, () => time);
  await recorder.stop();
  return { file, ...verifyText(nodePrimitives, file) };
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-aging-'));
  time = Date.UTC(2026, 10, 22, 10);
  await open();
  await aging().tick();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('what was said', () => {
  it('is forgotten a year after the last word, to the last byte, and not before; the record holds and says that it was by age', async () => {
    const session = await talk();
    await say(session, 'xylophone in the boot');
    await pass(364);
    expect(await lines(session)).toEqual(['xylophone in the boot']);
    await pass(2);
    expect(await lines(session)).toEqual([]);
    expect(await store.db.selectFrom('session').select('id').execute()).toEqual([]);
    expect(await filed()).not.toContain('xylophone');
    const { ok, seen, file } = await checked(session);
    expect({ ok, ...seen }).toMatchObject({ ok: true, erased: 1, aged: 1 });
    expect(file).toContain('"why":"age"');
    expect(saySeen(seen as Seen, 'en').join()).toContain('1 erased (1 of them because their time was over)');
    expect(saySeen(seen as Seen, 'zh').join()).toContain('已删除 1 条（其中 1 条因超过保存期限）');
  });

  it('goes line by line in a conversation that goes on for years, as at a screen in a hall', async () => {
    const session = await talk();
    await say(session, 'marmalade');
    await pass(300);
    await say(session, 'last summer');
    await pass(100);
    expect(await lines(session)).toEqual(['last summer']);
    expect(await filed()).not.toContain('marmalade');
    const { ok, seen } = await checked(session);
    expect({ ok, ...seen }).toMatchObject({ ok: true, erased: 1, aged: 1, bodies: 3 });
  });

  it('stays while a technician is still asked for, however long; after it three years', async () => {
    const [waits, over] = [await talk(), await talk()];
    await say(waits, 'nobody came');
    await say(over, 'it was mended');
    await ask(waits, 'at-hub');
    await ask(over, 'resolved');
    await pass(1_000);
    expect([await lines(waits), await lines(over)]).toEqual([['nobody came'], ['it was mended']]);
    await pass(100);
    expect([await lines(waits), await lines(over)]).toEqual([['nobody came'], []]);
    await store.db.updateTable('handoff').set({ state: 'resolved' }).execute();
    await pass(2);
    expect(await lines(waits)).toEqual([]);
  });

  it('goes from what the hub has not taken yet, and from what is kept for a hub that loses its disk', async () => {
    const session = await talk(false);
    await say(session, 'marmalade');
    await acknowledged(store.db, 1, 0);
    await pass(366);
    const rows = await store.db.selectFrom('outbox').select(['kind', 'body']).orderBy('seq').execute();
    expect(rows.map(({ kind }) => kind)).toEqual(['erased', 'erased', 'erase']);
    expect(JSON.stringify(rows)).not.toContain('marmalade');
    expect((await waiting(store.db, 10)).at(-1)?.body).toMatchObject({ session: session.id, why: 'age', erased: [1, 2] });
  });

  it('at another place is forgotten as well', async () => {
    const piece = { person: 'p_1', edge: 'other', channel: 'panel', locale: 'en' as const, startedAt: time };
    const turn: Turn = { id: 't1', session: 's_far', at: time, by: 'operator', text: 'marmalade', citations: [] };
    await store.db.transaction().execute((tx) => keepPiece(tx, { ...piece, session: 's_far', turns: [turn] }));
    await pass(364);
    expect(await store.db.selectFrom('elsewhere').select('session').execute()).toHaveLength(1);
    await pass(2);
    expect(await store.db.selectFrom('elsewhere').select('session').execute()).toEqual([]);
    expect(await filed()).not.toContain('marmalade');
  });

  it('is forgotten to the end when that is cut short: by the next look after the start', async () => {
    for (let n = 0; n < 45; n++) await say(await talk(), `marmalade ${n}`);
    time += 364 * day;
    await aging().tick();
    time += 2 * day;
    const begin = store.db.transaction.bind(store.db);
    let batches = 0;
    vi.spyOn(store.db, 'transaction').mockImplementation(() => {
      if (++batches === 2) throw new Error('the power went');
      return begin();
    });
    await expect(aging().tick()).rejects.toThrow('the power went');
    vi.restoreAllMocks();
    const left = async () => (await store.db.selectFrom('turn').select('id').execute()).length;
    expect(await left()).toBe(25);
    await store.close();
    await open();
    await aging().tick();
    expect(await left()).toBe(0);
  });

  it('is forgotten again when the store is put back to an image from before', async () => {
    await say(await talk(), 'marmalade');
    await store.close();
    await cp(data(), join(folder, 'image'), { recursive: true });
    await open();
    await pass(400);
    expect(await filed()).not.toContain('marmalade');
    await store.close();
    await rm(data(), { recursive: true });
    await cp(join(folder, 'image'), data(), { recursive: true });
    await open();
    expect(await filed()).toContain('marmalade');
    await pass(3);
    expect(await filed()).not.toContain('marmalade');
  });
});

describe('a clock that is wrong', () => {
  it('by ten years for some hours takes nothing with it', async () => {
    const session = await talk();
    await say(session, 'still here');
    time += 3_650 * day;
    for (let hour = 0; hour < 20; hour++) {
      await aging().tick();
      time += day / 24;
    }
    time -= 3_650 * day;
    await aging().tick();
    await pass(10);
    expect(await lines(session)).toEqual(['still here']);
  });

  it('since it was not set yet makes nothing old: what was said is as old as what was said next', async () => {
    const at = time;
    time = 60_000;
    const unset = await talk();
    await say(unset, 'before the network came');
    time = at;
    await say(await talk(), 'and then it was set');
    await pass(360);
    expect(await lines(unset)).toEqual(['before the network came']);
    await pass(10);
    expect(await lines(unset)).toEqual([]);
  });
});
