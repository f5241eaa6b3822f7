import type { Handoff, Raise } from '@wayside/contract';
import type { Change } from '../store/change.ts';
import { glanceOf } from './row.ts';

/**
 * A case asks for more: it says so, with why and with the machine's faults as they are now. One that was resolved meanwhile is open
 * again, for whoever is there: danger is never filed away.
 * @returns why the record is set aside, when it is
 */
export async function raiseCase({ tx, tell, now }: Change, edge: string, raise: Raise): Promise<string | undefined> {
  const known = await tx
    .selectFrom('case')
    .select(['edge', 'state', 'technician', 'waitingSince', 'handoffJson'])
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
  await tx
    .updateTable('case')
    .set({
      urgency,
      rule: rule.id,
      updatedAt: now,
      waitingSince: known.waitingSince ?? now,
      handoffJson: JSON.stringify(handoff),
      glanceJson: JSON.stringify(glanceOf(handoff)),
      ...(again ? { state: 'open', technician: null } : {}),
    })
    .where('id', '=', raise.case)
    .execute();
  tell({ event: 'case', data: { case: raise.case } });
  return undefined;
}
