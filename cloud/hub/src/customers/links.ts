import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import { hashOf, newSecret } from '../auth/secret.ts';
import { workOn } from '../queue/claim.ts';
import { change, type Ground } from '../store/change.ts';

/** A link waits so long to be opened; the phone that opened it may come back for so long. */
const linkMs = 24 * 3_600_000;
export const phoneMs = 14 * 86_400_000;

/** A link with which one phone sees one case, once. Claims the case when nobody has. @returns the path below this hub */
export const makeLink = (ground: Ground, caseId: string, me: Me): Promise<{ link: string; expiresAt: number }> =>
  change(ground, async (here) => {
    const { id } = await workOn(here, caseId, me);
    const secret = newSecret('wsl');
    const expiresAt = here.now + linkMs;
    await here.tx.deleteFrom('customer').where('expiresAt', '<=', here.now).execute();
    await here.tx
      .insertInto('customer')
      .values({ hash: hashOf(secret), case: id, kind: 'link', expiresAt, by: me.id })
      .execute();
    // Behind the `#` it is sent to nobody, and stands in no log.
    return { link: `/customer.html#${secret}`, expiresAt };
  });

/** Spends a link. @returns the phone's own secret @throws WaysideError `unauthorized` */
export const enter = (ground: Ground, link: string): Promise<string> =>
  change(ground, async ({ tx, now }) => {
    const row = await tx
      .deleteFrom('customer')
      .where('hash', '=', hashOf(link))
      .where('kind', '=', 'link')
      .returningAll()
      .executeTakeFirst();
    if (!row || row.expiresAt <= now)
      throw new WaysideError('unauthorized', 'This link was opened before, or is older than a day. Ask for a new one.');
    const secret = newSecret('wsp');
    await tx
      .insertInto('customer')
      .values({ hash: hashOf(secret), case: row.case, kind: 'phone', expiresAt: now + phoneMs, by: row.by })
      .execute();
    return secret;
  });

/** The case a phone may see. @throws WaysideError `unauthorized` */
export async function caseOf({ db, now }: Ground, secret: string | undefined): Promise<string> {
  const row =
    secret === undefined
      ? undefined
      : await db.selectFrom('customer').selectAll().where('hash', '=', hashOf(secret)).where('kind', '=', 'phone').executeTakeFirst();
  if (!row || row.expiresAt <= now()) throw new WaysideError('unauthorized', 'This phone may not see a case any more. Ask for a new link.');
  return row.case;
}
