import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import { createCheck } from './check.ts';

/** So many rows are looked at in one go, about two milliseconds; then whoever waits has his turn. */
const perPage = 100;
/** The same of rows that are signed. */
const perSignedPage = 8;
const pauseMs = 20;
/** In `meta`: what was found and said. */
const said = 'recordMisfit';

/**
 * Holds all of the record, and what waits for the hub, against what was signed. It takes its time, and others write meanwhile.
 * @param signal calls it off
 * @returns the first column that does not fit, as `table.column`
 * @throws whatever reading throws, and an AbortError
 */
export async function findMisfit(db: Db, signal?: AbortSignal, pause = pauseMs): Promise<string | undefined> {
  const check = createCheck();

  async function all<R>(
    page: (after: number) => Promise<R[]>,
    place: (row: R) => number,
    look: (row: R) => string | undefined,
    fullPage = perPage,
  ) {
    for (let after = 0; ; ) {
      signal?.throwIfAborted();
      const rows = await page(after);
      for (const row of rows) {
        const found = look(row);
        if (found) return found;
        after = place(row);
      }
      if (rows.length < fullPage) return undefined;
      await wait(pause, undefined, { signal, ref: false });
    }
  }
  const inOrder = (table: 'recordKey' | 'recordSeal') => (after: number) =>
    db.selectFrom(table).selectAll().where('n', '>', after).orderBy('n').limit(perSignedPage).execute();
  const entries = (after: number) =>
    db
      .selectFrom('recordEntry as e')
      .leftJoin('recordBody as b', 'b.n', 'e.n')
      .selectAll('e')
      .select(['b.salt', 'b.body as kept'])
      .where('e.n', '>', after)
      .orderBy('e.n')
      .limit(perPage)
      .execute();
  const envelopes = (after: number) =>
    db
      .selectFrom('outbox as o')
      .leftJoin('recordEntry as e', 'e.id', 'o.id')
      .selectAll('o')
      .select(['e.kind as ofKind', 'e.at as ofAt', 'e.body as commitment'])
      .where('o.seq', '>', after)
      .orderBy('o.seq')
      .limit(perPage)
      .execute();

  return (
    (await all(
      inOrder('recordKey') as (after: number) => Promise<Parameters<typeof check.key>[0][]>,
      ({ n }) => n,
      check.key,
      perSignedPage,
    )) ??
    (await all(
      inOrder('recordSeal') as (after: number) => Promise<Parameters<typeof check.seal>[0][]>,
      ({ n }) => n,
      check.seal,
      perSignedPage,
    )) ??
    (await all(
      entries,
      ({ n }) => n,
      ({ kept: body, salt, ...row }) => check.entry(row, body === null || salt === null ? undefined : { body, salt }),
    )) ??
    check.end() ??
    (await all(
      envelopes,
      ({ seq }) => seq,
      ({ ofKind: kind, ofAt: at, commitment: body, ...row }) =>
        check.envelope(row, kind === null || at === null || body === null ? undefined : { kind, at, body }),
    ))
  );
}

/** Looks through the record while service goes on. What does not fit is said once: to the log, and in the record itself, so that the hub hears of it. */
export async function lookThroughRecord(db: Db, log: Log, now: () => number, signal: AbortSignal): Promise<void> {
  try {
    const found = await findMisfit(db, signal);
    const known = await db.selectFrom('meta').select('value').where('key', '=', said).executeTakeFirst();
    if (found === undefined || known?.value === found) return;
    log.error({ column: found }, 'a column of the record does not say what was signed: the disk may be failing');
    await db.transaction().execute(async (tx) => {
      await tx.replaceInto('meta').values({ key: said, value: found }).execute();
      const detail = `${found} does not say what was signed`;
      await enqueue(tx, 'gap', { of: 'records', reason: 'damage', detail, at: Math.floor(now()) }, now());
    });
  } catch (error) {
    if (!signal.aborted) log.warn({ err: String(error) }, 'the record was not looked through');
  }
}
