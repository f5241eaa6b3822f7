import { type QueueRules, queueRules } from '../api/queue-types.ts';
import { change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';

/**
 * An urgent case outranks every other of its severity however long that one waits (20 against at most 1 + 2 × 8), and danger outranks advice
 * that waits for two hours. Who lacks the skill sees a case later, but sees it.
 */
export const defaultRules: QueueRules = {
  severity: { unknown: 1, info: 1, advice: 2, warning: 4, danger: 10 },
  urgent: 20,
  waiting: { perHour: 2, mostHours: 8, nobody: 0.1 },
  value: 1,
  mood: 0.5,
  misfit: { skill: 0.2, language: 0.05 },
  offerMinutes: 2,
  promise: { urgent: { reply: 5, resolve: 4 * 60 }, normal: { reply: 60, resolve: 3 * 24 * 60 }, warn: 0.75 },
};

const name = 'queue';

/** How the queue is ordered here. What was saved by an older hub and no longer reads gives way to the defaults. */
export async function readRules(db: Db): Promise<QueueRules> {
  const row = await db.selectFrom('setting').select('valueJson').where('name', '=', name).executeTakeFirst();
  if (!row) return defaultRules;
  const parsed = queueRules.safeParse(JSON.parse(row.valueJson));
  return parsed.success ? parsed.data : defaultRules;
}

/** Orders the queue anew from now on. Promises that were given stand. */
export function saveRules(ground: Ground, rules: QueueRules, by: string): Promise<QueueRules> {
  return change(ground, async ({ tx, tell, now }) => {
    const values = { valueJson: JSON.stringify(rules), by, updatedAt: now };
    await tx
      .insertInto('setting')
      .values({ name, ...values })
      .onConflict((c) => c.column('name').doUpdateSet(values))
      .execute();
    tell({ event: 'queue', data: { changed: 'rules' } });
    return rules;
  });
}
