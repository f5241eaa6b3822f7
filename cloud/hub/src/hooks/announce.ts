import { newId } from '@wayside/protocol';
import type { CaseHappening } from '../api/hook-types.ts';
import type { Change } from '../store/change.ts';

/**
 * Writes down whom to tell of what happened to a case, in the transaction of the change itself: nothing happens untold, and nothing is told that
 * did not happen. What is told is CloudEvents 1.0 (github.com/cloudevents/spec), without names and words of people: those are fetched from here.
 */
export async function announce(here: Change, happening: CaseHappening, caseId: string): Promise<void> {
  const hooks = (await here.tx.selectFrom('hook').select(['id', 'eventsJson']).execute()).filter(({ eventsJson }) =>
    (JSON.parse(eventsJson) as string[]).includes(happening),
  );
  if (hooks.length === 0) return;
  const row = await here.tx
    .selectFrom('case')
    .select(['edge', 'state', 'urgency', 'family', 'topFault', 'topFaultTitleJson', 'locale', 'openedAt', 'updatedAt', 'satisfaction'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const { topFaultTitleJson: title, ...about } = row;
  for (const { id: hook } of hooks) {
    const id = newId('ev', here.now);
    const event = {
      specversion: '1.0',
      id,
      source: '/v1/cases',
      type: `dev.wayside.case.${happening}.v1`,
      subject: caseId,
      time: new Date(here.now).toISOString(),
      datacontenttype: 'application/json',
      data: { case: caseId, ...about, title: title === null ? null : JSON.parse(title) },
    };
    await here.tx
      .insertInto('delivery')
      .values({
        id,
        hook,
        event: happening,
        bodyJson: JSON.stringify(event),
        at: here.now,
        state: 'waiting',
        tries: 0,
        nextAt: here.now,
        said: null,
      })
      .execute();
  }
  here.tell({ event: 'delivery', data: {} });
}
