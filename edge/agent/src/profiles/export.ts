import type { Db } from '../store/schema.ts';
import { piecesOf } from './past.ts';
import type { Profile } from './profile.ts';
import { sessionsOf } from './visits.ts';

/** Everything this edge keeps of a person, as one JSON document they can take along (GDPR Art. 15 and 20). What proves a PIN is not in it. */
export async function exportOf(db: Db, edge: string, { pin: _, misses: __, ...about }: Profile, now: number) {
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
  };
}
