import { WaysideError } from '@wayside/protocol';
import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';
import { readTip } from './tip.ts';

/**
 * Makes what was salvaged of the record fit to go on with: what is not sealed yet is numbered without a hole after what is. Where the place it
 * had come to is lost, nothing here can be joined to any more, and the record begins anew; the hub has what was sealed.
 * @returns whether the record goes on
 */
export async function mendRecord(tx: Db): Promise<boolean> {
  const tip = await readTip(tx).catch((error: unknown) => {
    // A disk that does not give it has not lost it.
    if (error instanceof WaysideError) throw error;
    return undefined;
  });
  const key = tip && (await tx.selectFrom('recordKey').select('n').where('n', '=', tip.key).executeTakeFirst());
  if (!tip || !key) {
    for (const table of ['recordEntry', 'recordBody', 'recordSeal', 'recordKey'] as const) await tx.deleteFrom(table).execute();
    await tx.deleteFrom('meta').where('key', '=', 'recordTip').execute();
    await sql`delete from sqlite_sequence where name = 'recordEntry'`.execute(tx);
    return false;
  }
  const open = await tx.selectFrom('recordEntry').select('n').where('n', '>', tip.last).orderBy('n').execute();
  // Upwards: each new place is free by then, since it never lies above the old one.
  for (const [i, { n }] of open.entries()) {
    const to = tip.last + 1 + i;
    if (to === n) continue;
    await tx.deleteFrom('recordBody').where('n', '=', to).execute();
    await tx.updateTable('recordEntry').set({ n: to }).where('n', '=', n).execute();
    await tx.updateTable('recordBody').set({ n: to }).where('n', '=', n).execute();
  }
  await sql`delete from sqlite_sequence where name = 'recordEntry'`.execute(tx);
  await sql`insert into sqlite_sequence (name, seq) values ('recordEntry', ${tip.last + open.length})`.execute(tx);
  return true;
}
