import { canonical, type Entry, type Key, mostPerSeal, type Pending, type Seal, type Signer, sealNext } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import { failpoint } from '@wayside/sqlite';
import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';
import { queue } from '../sync/outbox.ts';
import { type KeptTip, writeTip } from './tip.ts';

/**
 * Chains and seals what is not sealed yet, at most 64 entries, in the caller's transaction, and tells the hub.
 * @returns where the record has come to; the same tip when there was nothing
 */
export async function sealEntries(tx: Db, tip: KeptTip, signer: Signer, at: number): Promise<{ tip: KeptTip; seal?: Seal }> {
  const rows = await tx
    .selectFrom('recordEntry')
    .select(['n', 'id', 'kind', 'at', 'session', 'body'])
    .where('n', '>', tip.last)
    .orderBy('n')
    .limit(mostPerSeal)
    .execute();
  if (rows.length === 0) return { tip };
  const pending: Pending[] = rows.map(({ session, ...row }) => ({ ...row, ...(session === null ? {} : { session }) }));
  const made = sealNext(nodePrimitives, tip, signer, pending, await lastOf(tx, tip, pending), Math.floor(at));
  const { seal, hash, entries } = made;
  const keys = await tx
    .selectFrom('recordKey')
    .select('text')
    .where('seals', '=', tip.seals)
    .where('n', '>=', tip.begins.key)
    .orderBy('n')
    .execute();
  const sealed = entries.map(({ entry, hash }) => ({ n: entry.n, entry: canonical(entry), hash }));
  await sql`update "recordEntry" set entry = j.value ->> 'entry', hash = j.value ->> 'hash', seal = ${seal.n}
    from json_each(${JSON.stringify(sealed)}) j where "recordEntry".n = j.value ->> 'n'`.execute(tx);
  await tx
    .insertInto('recordSeal')
    .values({ n: seal.n, text: canonical(seal), hash, receipt: null, witnesses: 0 })
    .execute();
  const next: KeptTip = { ...tip, ...made.tip };
  await writeTip(tx, next);
  const body = { keys: keys.map(({ text }) => JSON.parse(text) as Key), entries: entries.map(({ entry }) => entry), seal };
  await queue(tx, 'seal', body, at);
  failpoint('edge.seal.written');
  return { tip: next, seal };
}

/** The newest sealed entry of each conversation among these. */
async function lastOf(tx: Db, tip: KeptTip, pending: readonly Pending[]): Promise<Map<string, { i: number; hash: string }>> {
  const last = new Map<string, { i: number; hash: string }>();
  for (const session of new Set(pending.map((one) => one.session))) {
    if (session === undefined) continue;
    const row = await tx
      .selectFrom('recordEntry')
      .select(['entry', 'hash'])
      .where('session', '=', session)
      .where('n', '<=', tip.last)
      .where('n', '>', tip.begins.after)
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row?.entry && row.hash) last.set(session, { i: (JSON.parse(row.entry) as Entry).i as number, hash: row.hash });
  }
  return last;
}
