import { createWriter, format, type Receipt } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import { readEndedLogs } from './hub-log.ts';
import type { Recorder } from './recorder.ts';
import type { KeptTip } from './tip.ts';

/**
 * The record of one conversation as a file that `wayside verify`, the verify page and anyone's own program can check with no server. That it
 * was made is itself recorded, and closes the file.
 */
export async function exportSession(db: Db, recorder: Recorder, session: string, now: () => number): Promise<string> {
  const file = createWriter(nodePrimitives);
  const { result: id } = await recorder.sealAround(async (tx, tip) => {
    await writeSealed(tx, tip, session, file.add);
    return enqueue(tx, 'export', { session, ...file.closing() }, now());
  });
  await writeClosing(db, id, file.add);
  return file.text();
}

async function writeClosing(db: Db, entryId: string, add: (line: unknown) => void): Promise<void> {
  const row = await db
    .selectFrom('recordEntry')
    .innerJoin('recordBody', 'recordBody.n', 'recordEntry.n')
    .innerJoin('recordSeal', 'recordSeal.n', 'recordEntry.seal')
    .select(['entry', 'recordBody.body', 'salt', 'recordSeal.text'])
    .where('id', '=', entryId)
    .executeTakeFirstOrThrow();
  add({ entry: JSON.parse(row.entry as string), body: JSON.parse(row.body), salt: row.salt });
  add({ seal: JSON.parse(row.text) });
}

/** All seals that hold something of the conversation, with the keys from the first on. */
async function writeSealed(tx: Db, tip: KeptTip, session: string, add: (line: unknown) => void): Promise<void> {
  add({ format, edge: tip.edge, session });
  for (const { said } of await readEndedLogs(tx)) add({ restored: said });
  const keys = await tx.selectFrom('recordKey').select(['seals', 'text']).where('n', '>=', tip.begins.key).orderBy('n').execute();
  const seals = await tx
    .selectFrom('recordSeal')
    .select(['n', 'text', 'receipt'])
    .where('n', 'in', (e) => e.selectFrom('recordEntry').select('seal').where('session', '=', session).where('n', '>', tip.begins.after))
    .orderBy('n')
    .execute();
  for (const { n, text, receipt } of seals) {
    while (keys[0] && keys[0].seals < n) add({ key: JSON.parse((keys.shift() as { text: string }).text) });
    await writeEntries(tx, n, session, add);
    add({ seal: JSON.parse(text) });
    if (receipt) add({ receipt: JSON.parse(receipt) as Receipt });
  }
  for (const { text } of keys) add({ key: JSON.parse(text) });
}

async function writeEntries(tx: Db, seal: number, session: string, add: (line: unknown) => void): Promise<void> {
  const rows = await tx
    .selectFrom('recordEntry')
    .leftJoin('recordBody', 'recordBody.n', 'recordEntry.n')
    .select(['session', 'entry', 'hash', 'salt', 'recordBody.body'])
    .where('seal', '=', seal)
    .orderBy('recordEntry.n')
    .execute();
  for (const row of rows) {
    if (row.session !== session) add({ hash: row.hash });
    else if (row.body === null) add({ entry: JSON.parse(row.entry as string) });
    else add({ entry: JSON.parse(row.entry as string), body: JSON.parse(row.body), salt: row.salt });
  }
}
