import type { Me } from '../api/types.ts';
import { within } from '../auth/tenants.ts';
import { change, type Ground } from '../store/change.ts';
import { claimCase } from './claim.ts';
import { readDuty } from './duty.ts';
import { factorsOf, isAwake, priorityOf, unresolved } from './priority.ts';
import { readRules } from './rules.ts';

/**
 * Takes the case a technician should help with next: what is kept for them first, then by their own order; what is kept for somebody else
 * waits its minutes out.
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
    await claimCase(here, best.id, me);
    return best.id;
  });
}
