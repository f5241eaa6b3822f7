import type { Db } from '../store/schema.ts';
import type { HubDoor } from '../sync/hub.ts';
import { piecesOf } from './past.ts';
import type { Profile } from './profile.ts';
import { sessionsOf } from './visits.ts';

/**
 * Everything this edge and its hub keep of a person, as one JSON document they can take along (GDPR Art. 15 and 20). What proves a PIN is not in it. Where
 * the hub cannot be asked the document says so, and is not kept from them.
 */
export async function exportOf(
  db: Db,
  edge: string,
  hub: Pick<HubDoor, 'aboutPerson'> | undefined,
  { pin: _, misses: __, ...about }: Profile,
  now: number,
) {
  const ids = await sessionsOf(db, about.person);
  const of = ids.length > 0 ? ids : [''];
  const [sessions, turns, commands, handoffs, steps, consents] = await Promise.all([
    db.selectFrom('session').select(['id', 'startedAt', 'channel', 'locale', 'thing', 'state']).where('id', 'in', of).execute(),
    db
      .selectFrom('turn')
      .select(['id', 'session', 'at', 'by', 'name', 'text', 'intent', 'rung'])
      .where('session', 'in', of)
      .orderBy('position')
      .execute(),
    db.selectFrom('command').select('body').where('session', 'in', of).execute(),
    db.selectFrom('handoff').select(['case', 'session', 'at', 'state', 'rule', 'capsule']).where('session', 'in', of).execute(),
    db.selectFrom('stepTried').selectAll().where('session', 'in', of).execute(),
    db.selectFrom('consent').selectAll().where('person', '=', about.person).execute(),
  ]);
  return {
    format: 'wayside-person/1',
    edge,
    exportedAt: new Date(now).toISOString(),
    profile: about,
    sessions: sessions.map(({ id, state, ...head }) => ({
      session: id,
      ...head,
      remembered: JSON.parse(state) as unknown,
      turns: turns.filter(({ session }) => session === id).map(({ session: _s, ...turn }) => turn),
    })),
    elsewhere: await piecesOf(db, about.person),
    commands: commands.map(({ body }) => JSON.parse(body) as unknown),
    consents: consents.map(({ args, told, ...rest }) => ({
      ...rest,
      args: JSON.parse(args) as unknown,
      told: JSON.parse(told) as unknown,
    })),
    handoffs: handoffs.map(({ capsule, ...rest }) => ({ ...rest, capsule: JSON.parse(capsule) as unknown })),
    stepsTried: steps,
    atHub: await askHub(hub, about.person),
  };
}

const notAsked = {
  en: 'The hub could not be asked just now. This file lacks what only the hub holds: take your data along once more when there is a connection.',
  zh: '暂时无法询问服务中心。此文件缺少只有服务中心才有的内容：请在恢复连接后再次导出。',
};

/** What only the hub holds, or that it could not be asked. */
async function askHub(hub: Pick<HubDoor, 'aboutPerson'> | undefined, person: string) {
  if (!hub) return { state: 'none' as const };
  try {
    return { state: 'complete' as const, ...(await hub.aboutPerson(person)) };
  } catch (error) {
    return { state: 'not-asked' as const, note: notAsked, why: (error as Error).message };
  }
}
