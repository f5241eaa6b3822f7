import type { Localized } from '@wayside/protocol';
import { sql } from 'kysely';
import type { Change } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import type { UpBody } from '../sync/read-record.ts';

const most = 20;

/** Something was recommended somewhere, or answered. An answer belongs to the newest giving of it. */
export async function keepRecommendation({ tx }: Change, edge: string, report: UpBody<'recommendation'>): Promise<void> {
  const { thing, recommendation, family, title, state, at } = report;
  if (state === 'given') {
    await tx
      .insertInto('recommendation')
      .values({ edge, thing, recommendation, family, titleJson: JSON.stringify(title), state, givenAt: at })
      .onConflict((c) => c.columns(['edge', 'thing', 'recommendation', 'givenAt']).doNothing())
      .execute();
    return;
  }
  await tx
    .updateTable('recommendation')
    .set({ state: state === 'undone' ? 'given' : state })
    .where('edge', '=', edge)
    .where('thing', '=', thing)
    .where('recommendation', '=', recommendation)
    .where('givenAt', '=', (e) =>
      e
        .selectFrom('recommendation as r')
        .select((s) => s.fn.max('r.givenAt').as('at'))
        .where('r.edge', '=', edge)
        .where('r.thing', '=', thing)
        .where('r.recommendation', '=', recommendation),
    )
    .execute();
}

/** How what is recommended is taken, over all edges; the most given first. */
export async function readAcceptance(db: Db) {
  const count = (state: string) => sql<number>`count(*) filter (where state = ${state})`;
  const rows = await db
    .selectFrom('recommendation')
    .select(['family', 'recommendation'])
    .select((e) => [
      e.fn.max('titleJson').as('title'),
      e.fn.countAll<number>().as('given'),
      count('done').as('done'),
      count('later').as('later'),
      count('no').as('no'),
    ])
    .groupBy(['family', 'recommendation'])
    .orderBy('given', 'desc')
    .orderBy('recommendation')
    .limit(most)
    .execute();
  return rows.map(({ family, recommendation, title, given, done, later, no }) => ({
    family,
    recommendation,
    title: JSON.parse(title as string) as Localized,
    given: Number(given),
    done: Number(done),
    later: Number(later),
    no: Number(no),
  }));
}
