import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { verifyText } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import { exportSession } from '../../../edge/agent/src/record/export.ts';
import { createRecorder, keyLivesMs, type Recorder } from '../../../edge/agent/src/record/recorder.ts';
import { openOrRescue } from '../../../edge/agent/src/rescue/open-or-rescue.ts';
import { keepIdentity } from '../../../edge/agent/src/store/identity.ts';
import type { EdgeStore } from '../../../edge/agent/src/store/open.ts';
import { enqueue } from '../../../edge/agent/src/sync/outbox.ts';
import { edgeKept } from '../power/edge-kept.ts';
import type { Living } from './life.ts';

const silent = { error() {}, warn() {}, info() {}, debug() {} } as never;
const start = 1_700_000_000_000;
/** An edge's store lives through all it does with its disk, from its making to its rescue from damage. */
export async function liveAsEdge({ folder, saved, act, wrong, refusals, mend }: Living): Promise<void> {
  const file = join(folder, 'edge.db');
  const identity = join(folder, 'identity.json');
  let clock = start;
  const now = () => clock;
  let store: EdgeStore | undefined;
  let recorder: Recorder | undefined;
  const here = () => store as EdgeStore;

  const open = async () => {
    store ??= await openOrRescue(file, identity, silent, now);
    recorder ??= createRecorder({ db: store.db, data: folder, edge: store.edge, now, log: silent, onSealed() {} });
    await recorder.start();
  };
  const close = async () => {
    await recorder?.stop();
    recorder = undefined;
    await store?.close();
    store = undefined;
  };
  const say = (n: number) =>
    act(`say ${n}`, async () => {
      const turn = {
        id: `t${n}-${refusals()}`,
        session: 's',
        at: clock,
        by: 'operator' as const,
        text: 'x'.repeat(n * 700),
        citations: [],
      };
      const id = await here()
        .db.transaction()
        .execute((tx) => enqueue(tx, 'turn', turn, clock));
      saved.add(id);
    });

  /** What is answered is right, or nothing is. */
  const look = () =>
    act('look', async () => {
      const told = await here().db.selectFrom('outbox').select('id').execute();
      const missing = [...saved].filter((id) => !told.some((row) => row.id === id));
      if (missing.length > 0) wrong(`the answer lacked ${missing.length} records`);
    });

  try {
    await act('open', open);
    await act('keep the identity', () => keepIdentity(identity, { edge: here().edge }));
    for (let n = 1; n <= 4; n++) await say(n);
    await look();
    await act('seal', () => recorder!.sealAll());
    clock += keyLivesMs;
    await say(5);
    await act('replace the key', () => recorder!.tick());
    await act('copy', async () => {
      await rm(join(folder, 'copy.db'), { force: true });
      await here().copyTo(join(folder, 'copy.db'));
    });
    await act('close', close);
    await act('open again', open);
    await look();
    await say(6);
    await act('seal again', () => recorder!.sealAll());
    if ((await readdir(folder)).some((name) => name.includes('.damaged-'))) wrong('the store was taken for damaged');
    await act('close again', close);
    await act('rescue', async () => {
      store = await openOrRescue(file, identity, silent, now, undefined, 'said to be damaged');
    });
    await act('open what was rescued', open);
    await say(7);
    mend();
    const verdict = verifyText(nodePrimitives, await exportSession(here().db, recorder!, 's', now));
    if (!verdict.ok) wrong(`the record does not verify: ${JSON.stringify(verdict.problem)}`);
    await close();
    const left = new DatabaseSync(file);
    const found = edgeKept.wrongIn(left, saved);
    left.close();
    if (found !== undefined) wrong(found);
  } catch (thrown) {
    mend();
    await close().catch(() => {});
    throw thrown;
  }
}
