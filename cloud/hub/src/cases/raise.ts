import { type Handoff, type Raise, titleOf } from '@wayside/contract';
import { announce } from '../hooks/announce.ts';
import { type DeskSettings, hoursOf } from '../queue/desk.ts';
import { wishFor } from '../queue/note.ts';
import { offerCase } from '../queue/offer.ts';
import { placeOf, promiseOf } from '../queue/place.ts';
import { readRules } from '../queue/rules.ts';
import type { Change } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import { glanceOf } from './row.ts';
import { tallyResolved } from './tally.ts';

/**
 * A case asks for more: it says so, with why and with the machine's faults as they are now. One that was resolved meanwhile is open
 * again, for whoever is there: danger is never filed away.
 * @returns why the record is set aside, when it is
 */
export async function raiseCase(here: Change, edge: string, raise: Raise, desk: DeskSettings): Promise<string | undefined> {
  const { tx, tell, now } = here;
  const known = await tx
    .selectFrom('case')
    .select(['edge', 'session', 'state', 'technician', 'waitingSince', 'replyDue', 'resolveDue', 'mergedInto', 'handoffJson'])
    .where('id', '=', raise.case)
    .executeTakeFirst();
  if (!known) return 'raise: there is no such case';
  if (known.edge !== edge) return 'raise: this case belongs to another edge';
  const { at, rule, urgency, attention, route, faults } = raise;
  const before = JSON.parse(known.handoffJson) as Handoff;
  const handoff: Handoff = {
    ...before,
    urgency,
    attention,
    ...(route ? { route } : {}),
    raised: { at, rule },
    faults: faults.length > 0 ? faults : before.faults,
  };
  const again = known.state === 'resolved';
  const place = { ...placeOf(handoff), ...(await wishFor(tx, raise.case)) };
  const promise = promiseOf(urgency, now, await readRules(tx), hoursOf(desk));
  await tx
    .updateTable('case')
    .set({
      urgency,
      rule: rule.id,
      updatedAt: now,
      waitingSince: known.waitingSince ?? now,
      handoffJson: JSON.stringify(handoff),
      titleJson: JSON.stringify(titleOf(handoff)),
      glanceJson: JSON.stringify(glanceOf(handoff)),
      ...place,
      // What is asked for more urgently is promised sooner, never later.
      replyDue: again ? promise.replyDue : Math.min(known.replyDue ?? promise.replyDue, promise.replyDue),
      resolveDue: again ? promise.resolveDue : Math.min(known.resolveDue ?? promise.resolveDue, promise.resolveDue),
      snoozedUntil: null,
      ...(again ? { state: 'open', technician: null, firstReplyAt: null, mergedInto: null } : {}),
    })
    .where('id', '=', raise.case)
    .execute();
  if (again && known.mergedInto === null) await tallyResolved(tx, edge, -1);
  if (again) await offerCase(here, raise.case, place, desk.deskZone);
  // Danger in a conversation that stands in another case is danger there.
  if (known.mergedInto !== null && !again)
    await tx.updateTable('case').set({ urgency, updatedAt: now, snoozedUntil: null }).where('id', '=', known.mergedInto).execute();
  if (again) {
    // It was told that it is resolved, or will be: the two may have crossed.
    await send(here, edge, 'case', { case: raise.case, session: known.session, state: 'open', at: now });
    await announce(here, 'opened', raise.case);
  }
  if (urgency === 'urgent' && before.urgency !== 'urgent') await announce(here, 'urgent', raise.case);
  for (const id of [raise.case, known.mergedInto]) if (id !== null) tell({ event: 'case', data: { case: id } });
  return undefined;
}
