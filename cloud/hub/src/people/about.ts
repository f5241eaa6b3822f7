import type { KnownAtHub } from '@wayside/contract';
import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';

/** Of one person, so many cases are told: the newest. */
const mostCases = 1_000;
/** The case a notice was about. */
const subject = sql<string>`json_extract("bodyJson", '$.subject')`;

/**
 * What this hub holds of a person of an edge beyond what that edge has itself: their cases with all that was decided and noted of them, who looked,
 * who was told, and at which of their places they are known. The words of the conversation, with every reply, are the edge's to give.
 */
export async function aboutPerson(db: Db, edge: string, person: string, now: number): Promise<KnownAtHub> {
  const shares = await db.selectFrom('personEdge').selectAll().where('person', '=', person).execute();
  const cases = await db
    .selectFrom('case')
    .innerJoin('session', (join) => join.onRef('session.id', '=', 'case.session').onRef('session.edge', '=', 'case.edge'))
    .leftJoin('technician', 'technician.id', 'case.technician')
    .selectAll('case')
    .select(['technician.name as claimedBy'])
    .where('case.edge', '=', edge)
    .where('session.person', '=', person)
    .orderBy('case.openedAt', 'desc')
    .limit(mostCases)
    .execute();
  const ids = cases.length > 0 ? cases.map(({ id }) => id) : [''];
  const [visits, briefings, transfers, told, desks, links] = await Promise.all([
    db
      .selectFrom('visit')
      .innerJoin('technician', 'technician.id', 'visit.technician')
      .select(['visit.case', 'technician.name as by', 'calledAt', 'beganAt', 'endedAt', 'why'])
      .where('visit.case', 'in', ids)
      .execute(),
    db
      .selectFrom('briefing')
      .innerJoin('technician', 'technician.id', 'briefing.fromTechnician')
      .select(['briefing.case', 'technician.name as by', 'wants', 'text', 'at', 'answer', 'answeredAt'])
      .where('briefing.case', 'in', ids)
      .execute(),
    db
      .selectFrom('transfer')
      .innerJoin('technician', 'technician.id', 'transfer.fromTechnician')
      .select(['transfer.case', 'technician.name as by', 'skill', 'locale', 'text', 'at', 'outcome', 'endedAt'])
      .where('transfer.case', 'in', ids)
      .execute(),
    db
      .selectFrom('delivery')
      .innerJoin('hook', 'hook.id', 'delivery.hook')
      .select([subject.as('case'), 'hook.kind as way', 'event', 'at', 'state'])
      .where(subject, 'in', ids)
      .orderBy('at')
      .execute(),
    db
      .selectFrom('bridge')
      .innerJoin('hook', 'hook.id', 'bridge.hook')
      .select(['bridge.case', 'hook.to', 'contact', 'conversation'])
      .where('bridge.case', 'in', ids)
      .execute(),
    db.selectFrom('customer').select(['case', 'kind', 'expiresAt']).where('case', 'in', ids).execute(),
  ]);
  const of = <T extends { case: string }>(all: T[], id: string) => all.filter((one) => one.case === id).map(({ case: _, ...rest }) => rest);
  return {
    at: Math.floor(now),
    places: shares.some((one) => one.edge === edge) ? shares.map(({ edge: at, name, since }) => ({ edge: at, name, since })) : [],
    cases: cases.map((one) => ({
      case: one.id,
      state: one.state,
      openedAt: one.openedAt,
      title: JSON.parse(one.titleJson),
      urgency: one.urgency,
      claimedBy: one.claimedBy,
      firstReplyAt: one.firstReplyAt,
      resolvedAt: one.resolvedAt,
      resolution: one.resolution,
      cause: one.cause,
      article: one.article,
      mood: one.mood,
      value: one.value,
      satisfaction: one.satisfaction,
      consents: JSON.parse(one.consentsJson ?? '{}'),
      restsBecause: one.snoozedWhy,
      standsIn: one.mergedInto,
      visits: of(visits, one.id),
      askedColleagues: of(briefings, one.id),
      givenToSkill: of(transfers, one.id),
      told: of(told, one.id),
      otherDesks: of(desks, one.id),
      phones: of(links, one.id),
    })),
  };
}
