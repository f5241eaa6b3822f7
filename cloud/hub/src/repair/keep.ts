import type { Change } from '../store/change.ts';
import type { UpBody } from '../sync/read-record.ts';
import { tellRate } from './rate.ts';

/** A command as it stands now; one row each, so that a case shows what was done to the machine. */
export async function keepCommand(here: Change, edge: string, report: UpBody<'command'>): Promise<void> {
  const { tx, now } = here;
  const values = { state: report.state, reportJson: JSON.stringify(report), updatedAt: now };
  await tx
    .insertInto('command')
    .values({ edge, id: report.command, session: report.session, consentJson: null, ...values })
    .onConflict((c) => c.columns(['edge', 'id']).doUpdateSet(values))
    .execute();
  await tellCase(here, edge, report.session);
}

/** Who agreed to it. It comes after the proposal, in the order it happened. */
export async function keepConsent({ tx, now }: Change, edge: string, consent: UpBody<'consent'>): Promise<string | undefined> {
  const { numUpdatedRows } = await tx
    .updateTable('command')
    .set({ consentJson: JSON.stringify(consent), updatedAt: now })
    .where('edge', '=', edge)
    .where('id', '=', consent.command)
    .executeTakeFirst();
  return numUpdatedRows === 0n ? 'it agrees to a command that was never proposed' : undefined;
}

/** Whether a repair worked, as its machine's data shows; what it adds to the success of its procedure goes to every edge. */
export async function keepOutcome(here: Change, edge: string, report: UpBody<'outcome'>): Promise<void> {
  const { tx, now } = here;
  const values = { state: report.state, reportJson: JSON.stringify(report), updatedAt: now };
  const before = await tx.selectFrom('repair').select('state').where('edge', '=', edge).where('id', '=', report.repair).executeTakeFirst();
  await tx
    .insertInto('repair')
    .values({
      edge,
      id: report.repair,
      family: report.family,
      procedure: report.procedure,
      article: report.article ?? null,
      thing: report.thing,
      session: report.session ?? null,
      ...values,
    })
    .onConflict((c) => c.columns(['edge', 'id']).doUpdateSet(values))
    .execute();
  if (before?.state !== report.state && report.state !== 'watching') await tellRate(here, report);
  if (report.session !== undefined) await tellCase(here, edge, report.session);
}

async function tellCase({ tx, tell }: Change, edge: string, session: string): Promise<void> {
  const rows = await tx.selectFrom('case').select('id').where('edge', '=', edge).where('session', '=', session).execute();
  for (const { id } of rows) tell({ event: 'case', data: { case: id } });
}
