import { sql } from 'kysely';
import type { Change } from '../store/change.ts';
import { markOf } from '../sync/envelopes.ts';

type Words = { text?: string; resolution?: string; turns?: unknown[] };

/**
 * Takes the words out of envelopes, those that wait and those that an edge has: what was told of these conversations to their own edge, and what went of the
 * person's at this edge to their others. Number, kind and mark stay, so that no edge takes this hub for one that was put back.
 * @param instead what stands for a text
 */
export async function emptyEnvelopes(
  here: Change,
  { edge, person, sessions }: { edge: string; person: string; sessions: readonly string[] },
  instead: string,
): Promise<void> {
  const { tx } = here;
  const all = () => tx.selectFrom('downEnvelope').select(['edge', 'seq', 'at', 'bodyJson', 'mark']);
  const rows = await all()
    .where('kind', '=', 'history')
    .where(sql<string>`json_extract("bodyJson", '$.person')`, '=', person)
    .where(sql<string>`json_extract("bodyJson", '$.edge')`, '=', edge)
    .execute();
  if (sessions.length > 0)
    rows.push(
      ...(await all()
        .where('edge', '=', edge)
        .where('kind', 'in', ['reply', 'case', 'said'])
        .where(sql<string>`json_extract("bodyJson", '$.session')`, 'in', sessions)
        .execute()),
    );
  for (const row of rows) {
    const body = JSON.parse(row.bodyJson) as Words;
    const bare: Words = {
      ...body,
      ...(body.text === undefined ? {} : { text: instead }),
      ...(body.resolution === undefined ? {} : { resolution: instead }),
      ...(body.turns === undefined ? {} : { turns: [] }),
    };
    await here.alone(`to ${row.edge}`);
    await tx
      .updateTable('downEnvelope')
      .set({ bodyJson: JSON.stringify(bare), mark: markOf(row) })
      .where('edge', '=', row.edge)
      .where('seq', '=', row.seq)
      .execute();
  }
}
