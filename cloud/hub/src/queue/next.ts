import type { QueueRules } from '../api/queue-types.ts';
import type { Me } from '../api/types.ts';
import { within } from '../auth/tenants.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { claimCase } from './claim.ts';
import { readDuty } from './duty.ts';
import { hasRead, waitingNote } from './note.ts';
import { factorsOf, isAwake, priorityOf, unresolved } from './priority.ts';
import { readRules } from './rules.ts';

/**
 * Takes the case a technician should help with next: what is kept for them first, then by their own order; what is kept for somebody else
 * waits its minutes out. One with a note they have not read is kept for them instead, until they have.
 * @param which `fitting`: only what they have the skill and the language for
 * @returns its id, or null when nothing waits that they could take
 */
export function takeNext(ground: Ground, me: Me, which: 'fitting' | 'any', zone: string): Promise<string | null> {
  return change(ground, async (here) => {
    const { tx, now } = here;
    const viewer = { id: me.id, duty: await readDuty(tx, me, zone), rules: await readRules(tx), now };
    const factors = factorsOf(viewer);
    const best = await within(tx, me.tenant)
      .selectFrom('case')
      .select('case.id')
      .where(unresolved)
      .where('case.state', '=', 'open')
      .where(isAwake(now))
      .$if(which === 'fitting', (q) => q.where(factors.fit, '>=', 1))
      .where((e) => e.or([e('case.offeredTo', 'is', null), e('case.offeredTo', '=', me.id), e('case.offeredUntil', '<=', now)]))
      .orderBy((e) =>
        e
          .case()
          .when(e.and([e('case.offeredTo', '=', me.id), e('case.offeredUntil', '>', now)]))
          .then(0)
          .else(1)
          .end(),
      )
      .orderBy(priorityOf(factors), 'desc')
      .orderBy('case.openedAt')
      .orderBy('case.id')
      .limit(1)
      .executeTakeFirst();
    if (!best) return null;
    const note = await waitingNote(tx, best.id);
    if (note && !(await hasRead(tx, note, me.id))) await keepFor(here, best.id, me, viewer.rules);
    else await claimCase(here, best.id, me);
    return best.id;
  });
}

/** Nobody else's “next” gives them this one while they read. */
async function keepFor({ tx, tell, now }: Change, id: string, me: Me, { offerMinutes }: QueueRules): Promise<void> {
  const offeredUntil = now + Math.max(1, offerMinutes) * 60_000;
  await tx.updateTable('case').set({ offeredTo: me.id, offeredUntil }).where('id', '=', id).where('state', '=', 'open').execute();
  tell({ event: 'case', data: { case: id } });
}
