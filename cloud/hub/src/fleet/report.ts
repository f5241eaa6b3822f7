import { keepUsed } from '../knowledge/uses.ts';
import type { Change } from '../store/change.ts';
import { insertMany } from '../store/many.ts';
import type { Told } from '../sync/apply.ts';
import type { UpBody } from '../sync/read-record.ts';

/** What is so now, told anew whenever it changes. */
export type StateKind = 'thing' | 'fault' | 'dtc' | 'session';

/**
 * Keeps what edges say of their things, each in a row of its table; of what was told several times, the last.
 * @param rest the columns between the edge and the report
 * @param keys how many of the columns, with the edge, say which row it is
 */
const keeper =
  <K extends StateKind>(kind: K, rest: readonly string[], keys: number, values: (body: UpBody<K>) => (string | null)[]) =>
  async ({ tx, tell, now }: Change, told: Told<K>): Promise<void> => {
    const texts = Object.fromEntries(['edge', ...rest, 'reportJson'].map((name) => [name, 'text'] as const));
    const columns = { ...texts, updatedAt: 'bigint' } as const;
    const rows = new Map(
      told.map(({ edge, body }) => {
        const row = [edge, ...values(body), JSON.stringify(body), now];
        return [row.slice(0, keys).join('\n'), row];
      }),
    );
    await insertMany(tx, kind, { columns, rows: [...rows.values()] }, Object.keys(columns).slice(0, keys));
    if (kind !== 'session') for (const edge of new Set(told.map((one) => one.edge))) tell({ event: 'fleet', data: { edge } });
  };

export const keepThings = keeper('thing', ['id'], 2, ({ id }) => [id]);
export const keepFaults = keeper('fault', ['thing', 'fault', 'state'], 3, ({ thing, fault, state }) => [thing, fault, state]);
export const keepDtcs = keeper('dtc', ['thing', 'code', 'state'], 3, ({ thing, code, state }) => [thing, code, state]);
const keepHeads = keeper('session', ['id', 'person'], 2, ({ session, person }) => [session, person ?? null]);

/** A conversation whose words stay at its edge is counted; of the others the store sees by their lines that somebody spoke (`talk-figures.ts`). */
export async function keepSessions(here: Change, told: Told<'session'>): Promise<void> {
  await keepHeads(here, told);
  for (const { edge, body } of told) {
    if (!body.talked) continue;
    await here.tx
      .updateTable('session')
      .set({ talked: 1 })
      .where('edge', '=', edge)
      .where('id', '=', body.session)
      .where('talked', '=', 0)
      .execute();
    // No line of it is told: an article counts once in the whole conversation.
    await keepUsed(here, { edge, session: body.session, turn: '' }, body.used ?? []);
  }
}

/** Keeps what an edge says it runs. */
export async function keepEdge({ tx, tell }: Change, edge: string, report: UpBody<'edge'>): Promise<void> {
  const values = { edge, reportJson: JSON.stringify(report), at: report.at };
  await tx
    .insertInto('edgeSays')
    .values(values)
    .onConflict((c) => c.column('edge').doUpdateSet(values))
    .execute();
  tell({ event: 'fleet', data: { edge } });
}
