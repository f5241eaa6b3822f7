import { readFile, rename } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import { type Restoration, readRestoration, readWitnessed, restoration as restorationSchema, writeVkey } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import { z } from 'zod';
import { change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { type LogKey, readLogKey } from './log-key.ts';

/** A hub that was put back from an old copy: what its witnesses know of the log it has lost, and the word of its operator with which it begins anew. */

const setting = 'log-restored';
const nextFile = (file: string) => `${file}-next`;

/** All restorations of this hub's log, the first one first. */
export async function readRestorations(db: Db): Promise<Restoration[]> {
  const row = await db.selectFrom('setting').select('valueJson').where('name', '=', setting).executeTakeFirst();
  return row ? z.array(restorationSchema).parse(JSON.parse(row.valueJson)) : [];
}

const seenSchema = z.object({ seen: z.object({ vkey: z.string(), before: z.string() }) });

/** The largest head that a witness holds against this log, as the hub itself signed it once. */
async function lastKnown(db: Db, vkey: string): Promise<{ head: string; size: number } | undefined> {
  const rows = await db
    .selectFrom('recordAlarm')
    .select('detailJson')
    .where('what', '=', 'distrust')
    .orderBy('id', 'desc')
    .limit(1_000)
    .execute();
  const heads = rows.flatMap(({ detailJson }) => {
    const told = seenSchema.safeParse(JSON.parse(detailJson)).data?.seen;
    const read = told?.vkey === vkey ? readWitnessed(p, told.before, vkey, []) : undefined;
    return read && told ? [{ head: told.before, size: read.checkpoint.size }] : [];
  });
  return heads.sort((a, b) => b.size - a.size)[0];
}

type Draft = Omit<Restoration, 'by' | 'reason'>;

/**
 * What an operator is to sign. @param copied when the copy was made (epoch ms): what the log held then is what is left of it
 * @throws WaysideError `conflict` while no witness finds anything wrong
 */
export async function draftRestoration({ db, now }: Ground, logKey: LogKey, file: string, copied: number): Promise<Draft> {
  const old = writeVkey(logKey.key);
  const known = await lastKnown(db, old);
  if (!known) throw new WaysideError('conflict', 'No witness says that anything is missing from this log. There is nothing to declare.');
  const { kept } = await db
    .selectFrom('logLeaf')
    .select((e) => e.fn.countAll().as('kept'))
    .where('receivedAt', '<=', copied)
    .executeTakeFirstOrThrow();
  const next = await readLogKey(nextFile(file));
  return { at: Math.floor(now()), old, head: known.head, kept: Math.min(Number(kept), known.size), hub: writeVkey(next.key) };
}

/**
 * Takes the operator's word: it is kept for every edge to read, and from here on the log is another, under another key.
 * @param operator who may say so, and how many of them must
 * @throws WaysideError `invalid` when it is not of this log, `forbidden` when those who signed it may not
 */
export async function takeRestoration(
  ground: Ground,
  logKey: LogKey,
  file: string,
  said: Restoration,
  operator: { keys: readonly string[]; threshold: number },
): Promise<void> {
  const read = readRestoration(p, said);
  if (!read || said.old !== writeVkey(logKey.key) || said.hub !== writeVkey((await readLogKey(nextFile(file))).key))
    throw new WaysideError('invalid', 'This is no restoration of the log of this hub, or a signature of it does not hold.');
  if (read.by.filter((key) => operator.keys.includes(key)).length < operator.threshold)
    throw new WaysideError('forbidden', 'It must be signed by the keys that sign the root of the updates.');
  await change(ground, async ({ tx, now }) => {
    const valueJson = JSON.stringify([...(await readRestorations(tx)), said]);
    await tx
      .insertInto('setting')
      .values({ name: setting, valueJson, by: 'operator', updatedAt: now })
      .onConflict((c) => c.column('name').doUpdateSet({ valueJson, updatedAt: now }))
      .execute();
    await tx
      .updateTable('setting')
      .set({ valueJson: JSON.stringify(said.hub) })
      .where('name', '=', 'log-key')
      .execute();
    // They are under heads of the log that is no more.
    await tx.deleteFrom('logSignature').execute();
  });
  await settleLogKey(ground.db, logKey, file);
}

/** Puts the key in force that the last restoration names, where this was not done to its end. */
export async function settleLogKey(db: Db, logKey: LogKey, file: string): Promise<void> {
  const last = (await readRestorations(db)).at(-1);
  const isThere = await readFile(nextFile(file)).then(
    () => true,
    () => false,
  );
  if (!last || !isThere || last.hub === writeVkey(logKey.key)) return;
  const next = await readLogKey(nextFile(file));
  if (writeVkey(next.key) !== last.hub) return;
  await rename(nextFile(file), file);
  Object.assign(logKey, next);
}
