import { newId } from '@wayside/protocol';
import type { HookEvent } from '../api/hook-types.ts';
import type { Change } from '../store/change.ts';

/** What is told, as CloudEvents 1.0 (github.com/cloudevents/spec) names it: `data` bears no names and words of people. */
export type Told = { source: string; type: string; subject: string; data: object };

/** Writes down, in the transaction of what happened, one delivery for each who is told of it. */
export async function writeDown(here: Change, hooks: readonly { id: string }[], event: HookEvent, told: Told): Promise<void> {
  if (hooks.length === 0) return;
  const { tx, now, tell } = here;
  for (const { id: hook } of hooks) {
    const id = newId('ev', now);
    const body = { specversion: '1.0', id, ...told, time: new Date(now).toISOString(), datacontenttype: 'application/json' };
    await tx
      .insertInto('delivery')
      .values({ id, hook, event, bodyJson: JSON.stringify(body), at: now, state: 'waiting', tries: 0, nextAt: now, said: null })
      .execute();
  }
  tell({ event: 'delivery', data: {} });
}
