import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import type { Change } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import type { Need } from './offer.ts';

/** The note a case waits with that was given to a skill: whoever takes the case has read it. */
export const waitingNote = (db: Db, id: string) =>
  db.selectFrom('transfer').selectAll().where('case', '=', id).where('outcome', 'is', null).executeTakeFirst();

/** Has this technician read the note, or written it? */
export async function hasRead(db: Db, note: { id: string; fromTechnician: string }, technician: string): Promise<boolean> {
  if (note.fromTechnician === technician) return true;
  const read = db.selectFrom('transferRead').select('technician').where('transfer', '=', note.id).where('technician', '=', technician);
  return (await read.executeTakeFirst()) !== undefined;
}

/**
 * A case is taken: its note has done its work. Who wrote it takes it back, and what the case asks for is what it was before.
 * @throws WaysideError `conflict` when it was not read
 */
export async function takeNote(here: Change, id: string, me: Me): Promise<void> {
  const note = await waitingNote(here.tx, id);
  if (!note) return;
  if (!(await hasRead(here.tx, note, me.id)))
    throw new WaysideError('conflict', 'Whoever had this case left a note. Read it first; then you can take it.');
  const back = note.fromTechnician === me.id;
  if (back) await here.tx.updateTable('case').set({ skill: note.wasSkill, locale: note.wasLocale }).where('id', '=', id).execute();
  await endNote(here, id, me, back ? 'withdrawn' : 'taken');
}

/** The note waits no longer: its case is in somebody's hands, or was closed elsewhere. */
export async function endNote({ tx, now }: Change, id: string, me: Me, outcome: 'taken' | 'withdrawn' = 'taken'): Promise<void> {
  await tx
    .updateTable('transfer')
    .set({ outcome, toTechnician: me.id, endedAt: now })
    .where('case', '=', id)
    .where('outcome', 'is', null)
    .execute();
}

/** What a technician found that a case needs, where one did: it stands against what its edge says later. */
export async function wishFor(db: Db, id: string): Promise<Need | undefined> {
  return db
    .selectFrom('transfer')
    .select(['skill', 'locale'])
    .where('case', '=', id)
    .where((e) => e.or([e('outcome', 'is', null), e('outcome', '=', 'taken')]))
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
}
