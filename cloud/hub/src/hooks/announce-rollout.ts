import type { Novelty } from '@wayside/contract';
import type { Localized } from '@wayside/protocol';
import type { Duty } from '../api/queue-types.ts';
import type { RolloutWhy } from '../api/rollout-types.ts';
import { can, type Role, roles } from '../auth/can.ts';
import { isOnShift } from '../queue/duty.ts';
import type { Change } from '../store/change.ts';
import { writeDown } from './write-down.ts';

/** A rollout as others are told of it: `edges` had been told to take it. Who stopped it is a person's name, and stays here. */
export type StoppedRollout = {
  rollout: string;
  what: Novelty;
  title: Localized;
  ring: number;
  why: Omit<RolloutWhy, 'by'>;
  edges: number;
};

/**
 * Writes down whom to tell that a rollout was stopped and is taken back, in the transaction that stops it: the hooks an admin set up for it, and,
 * where it stopped itself, the browsers of those on shift who may begin another.
 */
export async function announceStopped(here: Change, stopped: Omit<StoppedRollout, 'title'>): Promise<void> {
  const hooks = await whoHears(here, stopped.why.reason !== 'person');
  if (hooks.length === 0) return;
  const data: StoppedRollout = { ...stopped, title: await titleOf(here, stopped.what) };
  await writeDown(here, hooks, 'rollout-stopped', {
    source: '/v1/rollouts',
    type: 'dev.wayside.rollout.stopped.v1',
    subject: stopped.rollout,
    data,
  });
}

async function whoHears({ tx, now }: Change, byItself: boolean): Promise<{ id: string }[]> {
  const rows = await tx
    .selectFrom('hook')
    .leftJoin('technician', 'technician.id', 'hook.technician')
    .leftJoin('duty', 'duty.technician', 'hook.technician')
    .select(['hook.id', 'hook.kind', 'technician.role', 'technician.tenant', 'duty.dutyJson'])
    .where((e) => e.or([e('hook.eventsJson', 'like', '%"rollout-stopped"%'), e('hook.kind', '=', 'push')]))
    .execute();
  return rows.filter(
    ({ kind, role, tenant, dutyJson }) =>
      kind !== 'push' ||
      (byItself &&
        roles.includes(role as Role) &&
        can({ role: role as Role, ...(tenant === null ? {} : { tenant }) }, 'rollout:run') &&
        (dutyJson === null || isOnShift(JSON.parse(dutyJson) as Duty, now))),
  );
}

/** What people call it. */
async function titleOf({ tx }: Change, what: Novelty): Promise<Localized> {
  if (what.of === 'generator')
    return what.model === 'none' ? { en: 'no language model', zh: '不使用语言模型' } : { en: what.model, zh: what.model };
  const row = await tx.selectFrom('pack').select('titleJson').where('fingerprint', '=', what.fingerprint).executeTakeFirst();
  const title = row ? (JSON.parse(row.titleJson) as Localized) : { en: what.family, zh: what.family };
  return { en: `${title.en} ${what.version}`, zh: `${title.zh} ${what.version}` };
}
