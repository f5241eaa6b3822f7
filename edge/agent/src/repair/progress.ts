import type { Db } from '../store/schema.ts';

/**
 * How far somebody is in a procedure. It belongs to the thing and the person, not to one conversation, so that it goes on in the next one,
 * on another screen and after a restart. Steps are named by id: a pack that comes with a new step in between moves nobody.
 */
export type Progress = {
  thing: string;
  /** Empty when nobody said who they are. */
  person: string;
  procedure: string;
  /** The fault it is to mend, when it was begun for one. */
  fault?: string;
  /** The article about that fault that the person was shown, or would be: its solved rate counts the repair. */
  article?: string;
  /** The symptoms that spoke for that fault when it was begun: those that must stay away afterwards. */
  showed: string[];
  step: string;
  /** The steps that led here, for the way back. */
  path: string[];
  /** Did any step get done? Nothing done is nothing to judge. */
  done: boolean;
  startedAt: number;
  changedAt: number;
};

/** Keeps where somebody is, in the caller's transaction. One procedure at a time for each thing and person. */
export async function keepProgress(tx: Db, { thing, person, ...progress }: Progress): Promise<void> {
  const row = { body: JSON.stringify(progress) };
  await tx
    .insertInto('progress')
    .values({ thing, person, ...row })
    .onConflict((c) => c.columns(['thing', 'person']).doUpdateSet(row))
    .execute();
}

/** It was finished or given up. */
export async function dropProgress(tx: Db, { thing, person }: Pick<Progress, 'thing' | 'person'>): Promise<void> {
  await tx.deleteFrom('progress').where('thing', '=', thing).where('person', '=', person).execute();
}

export async function readProgress(db: Db): Promise<Progress[]> {
  const rows = await db.selectFrom('progress').selectAll().execute();
  return rows.map(({ thing, person, body }) => ({ ...(JSON.parse(body) as Omit<Progress, 'thing' | 'person'>), thing, person }));
}
