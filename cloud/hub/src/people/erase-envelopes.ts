import { sql } from 'kysely';
import type { Change } from '../store/change.ts';
import { markOf } from '../sync/envelopes.ts';

type Words = { text?: string; resolution?: string; turns?: unknown[] };

/**
 * Takes the words out of envelopes, those that wait and those that an edge has: what was told of these conversations to their own edge, and what went of the
 * person's at this edge to their others. Number, kind and mark stay, so that no edge takes this hub for one that was put back.
 * @param person whose all of it is; without, only of the conversations named
 * @param before what was told until then, hub's clock, epoch ms; without, all
 * @param instead what stands for a text
 */
export async function emptyEnvelopes(
  here: Change,
  { edge, person, sessions, before }: { edge: string; person?: string; sessions: readonly string[]; before?: number | undefined },
  instead: string,
): Promise<void> {
  const { tx } = here;
  const all = () =>
    tx
      .selectFrom('downEnvelope')
      .select(['edge', 'seq', 'at', 'bodyJson', 'mark'])
      .$if(before !== undefined, (q) => q.where('at', '<', before as number));
  const said = (part: string) => sql<string>`json_extract("bodyJson", ${`$.${part}`})`;
  const rows = await all()
    .where('kind', '=', 'history')
    .where(said('edge'), '=', edge)
    .where(person === undefined ? said('session') : said('person'), 'in', person === undefined ? [...sessions, ''] : [person])
    .execute();
  if (sessions.length > 0)
    rows.push(
      ...(await all()
        .where('edge', '=', edge)
        .where('kind', 'in', ['reply', 'case', 'said'])
        .where(said('session'), 'in', sessions)
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
