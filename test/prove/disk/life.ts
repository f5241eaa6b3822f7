import { openSync, readFileSync, writeSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { WaysideError } from '@wayside/protocol';
import { verifyText } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import { exportSession } from '../../../edge/agent/src/record/export.ts';
import { createRecorder, keyLivesMs, type Recorder } from '../../../edge/agent/src/record/recorder.ts';
import { openOrRescue } from '../../../edge/agent/src/rescue/open-or-rescue.ts';
import { keepIdentity } from '../../../edge/agent/src/store/identity.ts';
import type { EdgeStore } from '../../../edge/agent/src/store/open.ts';
import { enqueue } from '../../../edge/agent/src/sync/outbox.ts';
import { wrongIn } from '../power/check.ts';

/** How a disk fails: when it is written to or when it is read, with which error, how often one after the other, and whether the first write that fails is torn. */
export type Failure = { reads: boolean; error: 'ENOSPC' | 'EIO'; times: number; torn: boolean };
export type Life = {
  /** Calls that the disk could have failed. */
  calls: number;
  failed: number;
  /** Records acknowledged to a person. */
  saved: number;
  /** Acts that were refused, and in which words. */
  refused: { act: string; code: string; message: string }[];
  wrong: string[];
};

const silent = { error() {}, warn() {}, info() {}, debug() {} } as never;
const start = 1_700_000_000_000;
/** An act that is refused so often finds the disk well the next time, and then must be done. */
const patience = 3;

/**
 * An edge's store lives through all it does with its disk, from its making to its second start, on a disk of which the call after `until` fails.
 * @param control of failing-disk.c
 */
export async function live(folder: string, control: number, until: number, { reads, error, times, torn }: Failure): Promise<Life> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const life: Life = { calls: 0, failed: 0, saved: 0, refused: [], wrong: [] };
  const file = join(folder, 'edge.db');
  const identity = join(folder, 'identity.json');
  const saved = new Set<string>();
  let clock = start;
  const now = () => clock;
  let store: EdgeStore | undefined;
  let recorder: Recorder | undefined;
  const here = () => store as EdgeStore;

  async function act(name: string, what: () => Promise<unknown>): Promise<void> {
    for (let left = patience; ; left--) {
      try {
        await what();
        return;
      } catch (refusal) {
        const { code, message } = refusal as WaysideError;
        life.refused.push({ act: name, code: String(code), message });
        if (!isClear(refusal)) life.wrong.push(`${name}: not in clear words: ${(refusal as Error).stack}`);
        if (left === 1) mend();
        if (left === 0) throw new Error(`${name}: does not go on when the disk is well: ${message}`);
      }
    }
  }
  const mend = () => writeSync(control, Int32Array.of(-1), 0, 4, 0);
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
        id: `t${n}-${life.refused.length}`,
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
      if (missing.length > 0) life.wrong.push(`the answer lacked ${missing.length} records`);
    });

  writeSync(control, Int32Array.of(until, constants.errno[error], times, torn ? 1 : 0, 0, 0, reads ? 1 : 0), 0, 28, 0);
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
    if ((await readdir(folder)).some((name) => name.includes('.damaged-'))) life.wrong.push('the store was taken for damaged');
    await act('close again', close);
    await act('rescue', async () => {
      store = await openOrRescue(file, identity, silent, now, undefined, 'said to be damaged');
    });
    await act('open what was rescued', open);
    await say(7);
    mend();
    const verdict = verifyText(nodePrimitives, await exportSession(here().db, recorder!, 's', now));
    if (!verdict.ok) life.wrong.push(`the record does not verify: ${JSON.stringify(verdict.problem)}`);
    await close();
    const left = new DatabaseSync(file);
    const wrong = wrongIn(left, saved);
    left.close();
    if (wrong !== undefined) life.wrong.push(wrong);
  } catch (thrown) {
    mend();
    life.wrong.push((thrown as Error).stack ?? String(thrown));
    await close().catch(() => {});
  }
  const { buffer } = Uint8Array.from(readFileSync(process.env.FAILING_DISK_CONTROL as string));
  const [, , , , calls, failed] = new Int32Array(buffer);
  return { ...life, calls: calls ?? 0, failed: failed ?? 0, saved: saved.size };
}

/** What a person is told: our own words, or the system's about one file. */
const isClear = (refusal: unknown): boolean =>
  refusal instanceof WaysideError || ['ENOSPC', 'EIO'].includes((refusal as NodeJS.ErrnoException).code ?? '');

if (process.argv[1] === import.meta.filename) {
  const control = openSync(process.env.FAILING_DISK_CONTROL as string, 'r+');
  for (const [until, failure] of JSON.parse(process.argv[2] as string) as [number, Failure][])
    process.stdout.write(`${JSON.stringify(await live(process.env.FAILING_DISK as string, control, until, failure))}\n`);
}
