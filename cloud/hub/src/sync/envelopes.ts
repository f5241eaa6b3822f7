import { createHash } from 'node:crypto';
import type { DownBatch, DownKind, downBodies } from '@wayside/contract';
import { failpoint } from '@wayside/sqlite';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Change } from '../store/change.ts';
import { change, type Ground } from '../store/change.ts';

/**
 * Writes an envelope for an edge in the transaction of the change it tells of, so that both are stored or neither.
 * Its number is the next of that edge, which one change at a time gives, so numbers have no gap and no double.
 * @returns the envelope's number
 */
export async function send<K extends DownKind>(
  here: Change,
  edge: string,
  kind: K,
  body: z.input<(typeof downBodies)[K]>,
): Promise<number> {
  await here.alone(`to ${edge}`);
  const { seq } = await here.tx
    .insertInto('downEnvelope')
    .values((e) => ({
      edge,
      seq: e
        .selectFrom('downEnvelope')
        .select((s) => s(s.fn.coalesce(s.fn.max('seq'), s.lit(0)), '+', 1).as('next'))
        .where('edge', '=', edge) as never,
      kind,
      at: here.now,
      bodyJson: JSON.stringify(body),
    }))
    .returning('seq')
    .executeTakeFirstOrThrow();
  here.tell({ event: 'wake', data: { edge } });
  return seq;
}

const maxBatchBytes = 2_000_000;

/**
 * What comes after `after`, in order. That the edge asks so says it has stored everything up to there: replies on the way are now at the edge.
 * @param limit how many envelopes at most; fewer when they are large
 * @param mark the mark of the envelope `after`, or when it was of, as the edge has it: another one here bears its number when this hub was put back
 */
export async function envelopesAfter(ground: Ground, edge: string, after: number, limit: number, mark?: number): Promise<DownBatch> {
  if (mark !== undefined && !(await isOf(ground, edge, after, mark))) return { envelopes: [], more: true, putBack: true };
  await moveCursor(ground, edge, after);
  const rows = await ground.db
    .selectFrom('downEnvelope')
    .select(['seq', 'kind', 'at', 'bodyJson', 'mark'])
    .where('edge', '=', edge)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  if (rows.length > 0) failpoint('hub.down.read');
  let bytes = 0;
  const fits = rows.slice(0, limit).filter((row, i) => {
    bytes += row.bodyJson.length;
    return i === 0 || bytes <= maxBatchBytes;
  });
  return {
    envelopes: fits.map((row) => ({
      seq: row.seq,
      kind: row.kind,
      at: row.at,
      body: JSON.parse(row.bodyJson) as unknown,
      mark: markOf(row),
    })),
    more: rows.length > fits.length,
  };
}

async function isOf({ db }: Ground, edge: string, seq: number, mark: number): Promise<boolean> {
  const row = await db
    .selectFrom('downEnvelope')
    .select(['at', 'bodyJson', 'mark'])
    .where('edge', '=', edge)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row !== undefined && (mark === markOf(row) || mark === row.at);
}

/** Of two envelopes even of one millisecond, as a clock that is set back gives them, the marks differ: 48 bits of what they say. */
export const markOf = ({ at, bodyJson, mark }: { at: number; bodyJson: string; mark: number | null }): number =>
  mark ?? Number.parseInt(createHash('sha256').update(`${at} ${bodyJson}`).digest('hex').slice(0, 12), 16);

/** Of these edges, those for which something waits. */
export async function waitingFor({ db }: Ground, edges: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('edge')
    .select('id')
    .where('id', 'in', sql<string>`(select value from json_each(${JSON.stringify(edges)}))`)
    .where((e) =>
      e.exists(e.selectFrom('downEnvelope').select('seq').whereRef('edge', '=', 'edge.id').whereRef('seq', '>', 'edge.downThrough')),
    )
    .execute();
  return rows.map(({ id }) => id);
}

async function moveCursor(ground: Ground, edge: string, after: number): Promise<void> {
  const known = await ground.db.selectFrom('edge').select('downThrough').where('id', '=', edge).executeTakeFirst();
  if (!known || known.downThrough === after) return;
  await change(
    ground,
    async ({ tx, tell }) => {
      const last = await tx
        .selectFrom('downEnvelope')
        .select((e) => e.fn.max('seq').as('seq'))
        .where('edge', '=', edge)
        .executeTakeFirst();
      // An edge that lost its store asks from the start again: then nothing is there any more, and we say so.
      const through = Math.min(after, Number(last?.seq ?? 0));
      if (through === known.downThrough) return;
      await tx.updateTable('edge').set({ downThrough: through }).where('id', '=', edge).execute();
      const moved = await tx
        .selectFrom('reply')
        .innerJoin('case', 'case.id', 'reply.case')
        .select('reply.case')
        .distinct()
        .where('case.edge', '=', edge)
        .where('reply.downSeq', '>', Math.min(through, known.downThrough))
        .where('reply.downSeq', '<=', Math.max(through, known.downThrough))
        .execute();
      for (const row of moved) tell({ event: 'case', data: { case: row.case } });
    },
    // It is the edge's alone: every one that fetches would else wait for all others.
    [edge],
  );
}
