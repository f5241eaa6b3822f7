import type { Colleague } from '../api/queue-types.ts';
import { everybody } from '../auth/can.ts';
import { tenantOf } from '../auth/tenants.ts';
import type { Change } from '../store/change.ts';
import { listColleagues } from './duty.ts';
import { readRules } from './rules.ts';

/** `mustFit`: it is kept for nobody who lacks the skill or the language. `notTo`: who gave it away. */
export type Need = { skill: string | null; locale: string; mustFit?: boolean; notTo?: string };

/** How little a case is theirs: 0 for who has the skill, 2 for who names none and does a bit of everything, 4 for who has others; 1 more without the language. */
const misfit = ({ skill, locale }: Need, { duty }: Colleague): number => {
  const lacking = skill === null || duty.skills.includes(skill) ? 0 : duty.skills.length === 0 ? 2 : 4;
  return lacking + (duty.languages.some((one) => one === locale) ? 0 : 1);
};

/** Can they do what a case needs, whether they are here now or not? */
export const canTake = (need: Need, colleague: Colleague): boolean =>
  colleague.id !== need.notTo && [0, 2].includes(misfit(need, colleague));

/**
 * Whom a case fits best: at work, signed in, with room for one more; who has the skill before who does a bit of everything, and those before
 * who has others; then who speaks the language, then who has least in hand.
 * @returns undefined when nobody can take it now
 */
export function whomItFits(need: Need, colleagues: readonly Colleague[]): Colleague | undefined {
  return colleagues
    .filter(({ id, onShift, here, load, duty }) => onShift && here && load < duty.most && id !== need.notTo)
    .filter((one) => !need.mustFit || canTake(need, one))
    .toSorted((a, b) => misfit(need, a) - misfit(need, b) || a.load / a.duty.most - b.load / b.duty.most || (a.id < b.id ? -1 : 1))[0];
}

/** Keeps a case for whom it fits best, for the minutes the rules say; after that it is everybody's. Nothing is taken for anybody. */
export async function offerCase({ tx, now }: Change, id: string, need: Need, zone: string): Promise<void> {
  const { offerMinutes } = await readRules(tx);
  const tenant = (await tenantOf(tx, 'case', id)) ?? everybody;
  const fits = offerMinutes > 0 ? whomItFits(need, await listColleagues(tx, tenant, zone, now)) : undefined;
  await tx
    .updateTable('case')
    .set({ offeredTo: fits?.id ?? null, offeredUntil: fits ? now + offerMinutes * 60_000 : null })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .execute();
}
