import type { CommandReport, ConsentReport } from '@wayside/contract';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';

/** A consent that is not acted on is void after so long: the moment the person meant has passed. */
export const consentLastsMs = 60_000;

/**
 * Keeps that somebody agreed to one command, with what they were told it does, and its record for the hub, in the caller's transaction.
 * @param how they asked for it themselves, or agreed after hearing its effect
 */
export async function giveConsent(
  tx: Db,
  command: CommandReport,
  { session, person, how }: { session: string; person?: string; how: ConsentReport['how'] },
  now: number,
): Promise<ConsentReport> {
  const at = Math.floor(now);
  const { command: id, thing, action, args, title, effect } = command;
  const given: ConsentReport = {
    command: id,
    session,
    ...(person === undefined ? {} : { person }),
    thing,
    action,
    args,
    how,
    told: effect ?? title,
    at,
    expires: at + consentLastsMs,
  };
  const { told, command: _, thing: __, args: ___, person: ____, ...row } = given;
  await tx
    .insertInto('consent')
    .values({ ...row, command: id, person: person ?? null, args: JSON.stringify(args), told: JSON.stringify(told), usedAt: null })
    .execute();
  await enqueue(tx, 'consent', given, now);
  return given;
}

/**
 * Takes the consent to a command, once.
 * @returns false when there is none, it was used before, it has run out, or it was for something else than is now to be done
 */
export async function useConsent(tx: Db, { command, action, args }: CommandReport, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('consent')
    .set({ usedAt: Math.floor(now) })
    .where('command', '=', command)
    .where('action', '=', action)
    .where('args', '=', JSON.stringify(args))
    .where('usedAt', 'is', null)
    .where('expires', '>', Math.floor(now))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
