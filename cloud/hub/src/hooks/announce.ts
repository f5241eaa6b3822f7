import type { CaseHappening } from '../api/hook-types.ts';
import type { Briefing, Duty } from '../api/queue-types.ts';
import { everybody } from '../auth/can.ts';
import { gone } from '../auth/technicians.ts';
import { tenantOf } from '../auth/tenants.ts';
import { isOnShift } from '../queue/duty.ts';
import type { Change } from '../store/change.ts';
import { writeDown } from './write-down.ts';

/** To whom a case is handed on, and for what: to who is asked to help or to take it over, or to all who can take it. */
export type HandedOn = { to: readonly string[]; wants: Briefing['wants'] | 'take' };

/**
 * Writes down whom to tell of what happened to a case, in the transaction of the change itself: nothing happens untold, and nothing is told that
 * did not happen. What is told is CloudEvents 1.0 (github.com/cloudevents/spec), without names and words of people: those are fetched from here.
 */
export async function announce(here: Change, happening: CaseHappening, caseId: string, handedOn?: HandedOn): Promise<void> {
  const hooks = await whoHears(here, happening, caseId, handedOn?.to);
  if (hooks.length === 0) return;
  const row = await here.tx
    .selectFrom('case')
    .select(['edge', 'state', 'urgency', 'family', 'topFault', 'topFaultTitleJson', 'locale', 'openedAt', 'updatedAt', 'satisfaction'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const { topFaultTitleJson: title, ...about } = row;
  await writeDown(here, hooks, happening, {
    source: '/v1/cases',
    type: `dev.wayside.case.${happening}.v1`,
    subject: caseId,
    data: {
      case: caseId,
      ...about,
      title: title === null ? null : JSON.parse(title),
      ...(handedOn ? { wants: handedOn.wants } : {}),
    },
  });
}

/** The hooks an admin set up for it, and the browsers of those on shift whom it concerns: who may work on an urgent case, or to whom one is handed on. */
async function whoHears({ tx, now }: Change, happening: CaseHappening, caseId: string, to?: readonly string[]): Promise<{ id: string }[]> {
  const rows = await tx
    .selectFrom('hook')
    .leftJoin('technician', 'technician.id', 'hook.technician')
    .leftJoin('duty', 'duty.technician', 'hook.technician')
    .select(['hook.id', 'hook.technician', 'technician.role', 'technician.tenant', 'duty.dutyJson'])
    .where((e) => e.or([e('hook.eventsJson', 'like', `%"${happening}"%`), ...(to?.length ? [e('hook.technician', 'in', [...to])] : [])]))
    .execute();
  const tenant = rows.some((one) => one.technician !== null) ? await tenantOf(tx, 'case', caseId) : undefined;
  return rows.filter(
    ({ technician, role, tenant: theirs, dutyJson }) =>
      technician === null ||
      (role !== null &&
        role !== gone &&
        (theirs === everybody || theirs === tenant) &&
        (dutyJson === null || isOnShift(JSON.parse(dutyJson) as Duty, now))),
  );
}
