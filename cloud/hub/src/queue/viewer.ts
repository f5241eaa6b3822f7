import type { Me } from '../api/types.ts';
import type { Ground } from '../store/change.ts';
import { readDuty } from './duty.ts';
import type { Viewer } from './priority.ts';
import { readRules } from './rules.ts';

/** The queue through a technician's eyes, now. */
export async function viewerOf({ db, now }: Ground, me: Me, zone: string): Promise<Viewer> {
  const [duty, rules] = await Promise.all([readDuty(db, me, zone), readRules(db)]);
  return { id: me.id, duty, rules, now: Math.floor(now()) };
}
