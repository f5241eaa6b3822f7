import { deskAt } from '@wayside/contract';
import type { Colleague, Duty } from '../api/queue-types.ts';
import type { Me } from '../api/types.ts';
import { everybody } from '../auth/can.ts';
import { meOf } from '../auth/technicians.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { readHours } from './desk.ts';
import { isAwake } from './priority.ts';

/** What somebody takes on who has not said: what they speak, at any time. */
const usual = ({ languages }: Pick<Me, 'languages'>, zone: string): Duty => ({
  skills: [],
  languages: languages.length > 0 ? languages : ['en'],
  hours: '',
  zone,
  most: 5,
  away: false,
});

export async function readDuty(db: Db, me: Me, zone: string): Promise<Duty> {
  const row = await db.selectFrom('duty').select('dutyJson').where('technician', '=', me.id).executeTakeFirst();
  return row ? (JSON.parse(row.dutyJson) as Duty) : usual(me, zone);
}

export function saveDuty(ground: Ground, me: Me, duty: Duty): Promise<Duty> {
  return change(ground, async (here) => {
    await writeDuty(here, me.id, duty);
    return duty;
  });
}

export async function writeDuty({ tx, tell, now }: Change, technician: string, duty: Duty): Promise<void> {
  const values = { dutyJson: JSON.stringify(duty), updatedAt: now };
  await tx
    .insertInto('duty')
    .values({ technician, ...values })
    .onConflict((c) => c.column('technician').doUpdateSet(values))
    .execute();
  tell({ event: 'queue', data: { changed: 'duty' } });
}

/** Is a technician at work at this moment, by their own clock? */
export function isOnShift({ hours, zone, away }: Duty, now: number): boolean {
  return !away && deskAt({ zone, hours: readHours(hours) ?? [] }, now).open;
}

/** Those who may work on a tenant's cases, with what they take on, whether they are here, and how many cases they have in hand; one kept for them counts. */
export async function listColleagues(db: Db, tenant: string, zone: string, now: number): Promise<Colleague[]> {
  const rows = await db
    .selectFrom('technician')
    .leftJoin('duty', 'duty.technician', 'technician.id')
    .selectAll('technician')
    .select('duty.dutyJson')
    .select((e) => [
      e
        .selectFrom('case')
        .select((s) => s.fn.countAll<number>().as('n'))
        .where((s) =>
          s.or([
            s.and([s('case.state', '=', 'claimed'), s('case.technician', '=', s.ref('technician.id'))]),
            s.and([s('case.state', '=', 'open'), s('case.offeredTo', '=', s.ref('technician.id')), s('case.offeredUntil', '>', now)]),
          ]),
        )
        .where(isAwake(now))
        .as('load'),
      e
        .exists(e.selectFrom('signedIn').select('hash').whereRef('signedIn.technician', '=', 'technician.id').where('expiresAt', '>', now))
        .as('here'),
    ])
    .where('technician.role', 'in', ['technician', 'lead', 'admin'])
    .$if(tenant !== everybody, (q) => q.where('technician.tenant', 'in', [tenant, everybody]))
    .orderBy('technician.name')
    .execute();
  return rows.map(({ dutyJson, load, here, ...row }) => {
    const me = meOf(row);
    const duty = dutyJson === null ? usual(me, zone) : (JSON.parse(dutyJson) as Duty);
    return { id: me.id, name: me.name, duty, onShift: isOnShift(duty, now), here: Boolean(here), load: Number(load ?? 0) };
  });
}
