import { newId, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { newTransfer, Transfer } from '../api/queue-types.ts';
import type { Me } from '../api/types.ts';
import { everybody } from '../auth/can.ts';
import { tenantOf } from '../auth/tenants.ts';
import { readCase } from '../cases/row.ts';
import { announce } from '../hooks/announce.ts';
import { change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { claimCase, readOwn } from './claim.ts';
import { listColleagues } from './duty.ts';
import { hasRead, waitingNote } from './note.ts';
import { canTake } from './offer.ts';
import { giveBack } from './release.ts';

/**
 * Gives a case to whoever has a skill and speaks a language, with a note. It waits in the queue again, kept for the one it fits best of those who can;
 * whoever takes it reads the note first.
 * @throws WaysideError `not-found` for the case or the skill; `conflict` when the case is not one's own
 */
export function transferCase(ground: Ground, id: string, me: Me, fresh: z.output<typeof newTransfer>, zone: string): Promise<void> {
  return change(ground, async (here) => {
    const { tx, now } = here;
    const row = await readOwn(here, id, me);
    const { skill, language, text } = fresh;
    if (skill !== null && !(await tx.selectFrom('skill').select('id').where('id', '=', skill).executeTakeFirst()))
      throw new WaysideError('not-found', `There is no skill ${skill}.`);
    await tx
      .insertInto('transfer')
      .values({
        id: newId('t', now),
        case: id,
        fromTechnician: me.id,
        skill,
        locale: language,
        wasSkill: row.skill,
        wasLocale: row.locale,
        text,
        at: now,
        toTechnician: null,
        endedAt: null,
        outcome: null,
      })
      .execute();
    await tx.updateTable('case').set({ skill, locale: language }).where('id', '=', id).execute();
    const need = { skill, locale: language, mustFit: true, notTo: me.id };
    await giveBack(here, row, need, zone);
    const colleagues = await listColleagues(tx, (await tenantOf(tx, 'case', id)) ?? everybody, zone, now);
    await announce(here, 'handed-on', id, { to: colleagues.filter((one) => canTake(need, one)).map((one) => one.id), wants: 'take' });
  });
}

/** The note is before their eyes. Twice changes nothing. @throws WaysideError `not-found` when none waits */
export function seeNote(ground: Ground, id: string, me: Me): Promise<void> {
  return change(ground, async ({ tx, tell, now }) => {
    const note = await waitingNote(tx, id);
    if (!note) throw new WaysideError('not-found', 'No note waits with this case.');
    await tx
      .insertInto('transferRead')
      .values({ transfer: note.id, technician: me.id, at: now })
      .onConflict((c) => c.doNothing())
      .execute();
    tell({ event: 'case', data: { case: id } });
  });
}

/** Who gave it takes it back, as it was. Twice changes nothing. @throws WaysideError `not-found`; `conflict` when somebody has taken it */
export function withdrawTransfer(ground: Ground, id: string, me: Me): Promise<void> {
  return change(ground, async (here) => {
    const note = await waitingNote(here.tx, id);
    if (note && note.fromTechnician !== me.id) throw new WaysideError('not-found', 'You have not given this case.');
    const row = await readCase(here.tx, id);
    if (!note && row.technician !== me.id)
      throw new WaysideError('conflict', `${row.technicianName ?? 'Somebody else'} has taken this case. Ask them.`);
    await claimCase(here, id, me);
  });
}

/** Of a case, oldest first, as a technician sees them. */
export async function transfersOf(db: Db, id: string, me: string): Promise<Transfer[]> {
  const rows = await db
    .selectFrom('transfer')
    .innerJoin('technician as giver', 'giver.id', 'transfer.fromTechnician')
    .leftJoin('technician as taker', 'taker.id', 'transfer.toTechnician')
    .leftJoin('skill', 'skill.id', 'transfer.skill')
    .selectAll('transfer')
    .select(['giver.name as fromName', 'taker.name as toName', 'skill.titleJson'])
    .where('transfer.case', '=', id)
    .orderBy('transfer.at')
    .limit(100)
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      from: { id: row.fromTechnician, name: row.fromName },
      // A skill that no pack names any more is called by its id.
      skill:
        row.skill === null
          ? null
          : { id: row.skill, title: row.titleJson === null ? { en: row.skill, zh: row.skill } : JSON.parse(row.titleJson) },
      language: row.locale as Transfer['language'],
      text: row.text,
      at: row.at,
      read: await hasRead(db, row, me),
      to: row.toTechnician === null || row.toName === null ? null : { id: row.toTechnician, name: row.toName },
      endedAt: row.endedAt,
      outcome: row.outcome as Transfer['outcome'],
    })),
  );
}
