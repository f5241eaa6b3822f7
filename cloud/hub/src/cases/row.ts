import { type Handoff, isEmergency, titleOf } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { CaseRow } from '../api/types.ts';
import { clockOf } from '../queue/place.ts';
import { factorsOf, priorityOf, type Viewer } from '../queue/priority.ts';
import type { CaseOfCustomer } from '../store/customer-tables.ts';
import type { CaseRecord, Db } from '../store/schema.ts';

/** What a handoff adds to its line in the queue. */
export type Glance = Pick<
  CaseRow,
  | 'title'
  | 'summary'
  | 'said'
  | 'locale'
  | 'person'
  | 'thing'
  | 'thingTitle'
  | 'thingTitles'
  | 'family'
  | 'topFault'
  | 'severity'
  | 'attention'
  | 'skill'
>;

export function glanceOf(handoff: Handoff): Glance {
  const { thing, person, summary, locale, attention, route, faults, brief } = handoff;
  const [top] = faults;
  const severity = isEmergency(handoff) ? 'danger' : top?.severity;
  const title = titleOf(handoff);
  const said = brief?.said.at(-1);
  return {
    attention,
    ...(route?.skill ? { skill: route.skill.title } : {}),
    title,
    summary,
    ...(said !== undefined && title.en !== `“${said}”` ? { said } : {}),
    locale,
    ...(person ? { person: person.name ?? person.id } : {}),
    ...(thing ? { thing: thing.id, thingTitle: thing.title, family: thing.family } : {}),
    ...(thing?.titles ? { thingTitles: thing.titles } : {}),
    ...(top ? { topFault: top.title } : {}),
    ...(severity ? { severity } : {}),
  };
}

/** A case with the name of who has it, without its capsule. */
export type CaseWithName = Omit<CaseRecord, 'handoffJson' | keyof CaseOfCustomer> & {
  technicianName: string | null;
  skillTitleJson: string | null;
};

/** Cases with the name of who has them, to be narrowed. The capsule stays where it is. */
export const selectCases = (db: Db) =>
  db
    .selectFrom('case')
    .leftJoin('technician', 'technician.id', 'case.technician')
    .leftJoin('skill', 'skill.id', 'case.skill')
    .select([
      'case.id',
      'case.edge',
      'case.session',
      'case.state',
      'case.urgency',
      'case.openedAt',
      'case.waitingSince',
      'case.updatedAt',
      'case.titleJson',
      'case.family',
      'case.rule',
      'case.unread',
      'case.topFault',
      'case.topFaultTitleJson',
      'case.glanceJson',
      'case.technician',
      'case.firstReplyAt',
      'case.resolvedAt',
      'case.resolvedBy',
      'case.resolution',
      'case.cause',
      'case.article',
      'case.severity',
      'case.value',
      'case.mood',
      'case.skill',
      'case.locale',
      'case.offeredTo',
      'case.offeredUntil',
      'case.replyDue',
      'case.resolveDue',
      'case.snoozedUntil',
      'case.snoozedWhy',
      'case.mergedInto',
      'case.issue',
      'technician.name as technicianName',
      'skill.titleJson as skillTitleJson',
    ]);

/** Cases as a technician sees them: with their place in the queue, who they are kept for, and whether somebody asks them in. */
export const selectSeen = (db: Db, viewer: Viewer) => {
  const factors = factorsOf(viewer);
  return selectCases(db)
    .leftJoin('technician as offered', (join) =>
      join.onRef('offered.id', '=', 'case.offeredTo').on('case.offeredUntil', '>', viewer.now).on('case.state', '=', 'open'),
    )
    .select('offered.name as offeredName')
    .select([
      factors.severity.as('severityFactor'),
      factors.urgency.as('urgencyFactor'),
      factors.waiting.as('waitingFactor'),
      factors.value.as('valueFactor'),
      factors.mood.as('moodFactor'),
      factors.fit.as('fitFactor'),
      priorityOf(factors).as('priority'),
    ])
    .select((e) =>
      e
        .exists(
          e
            .selectFrom('briefing')
            .select('briefing.id')
            .whereRef('briefing.case', '=', 'case.id')
            .where('briefing.toTechnician', '=', viewer.id)
            .where('briefing.answer', 'is', null),
        )
        .as('asked'),
    );
};

/** A case as a technician sees it. */
export type SeenCase = Awaited<ReturnType<ReturnType<typeof selectSeen>['executeTakeFirstOrThrow']>>;

/** @throws WaysideError `not-found` */
export async function readCase(db: Db, id: string): Promise<CaseWithName> {
  const row = await selectCases(db).where('case.id', '=', id).executeTakeFirst();
  if (!row) throw new WaysideError('not-found', `There is no case ${id}.`);
  return row;
}

/** The capsule a case was opened with. */
export async function readHandoff(db: Db, id: string): Promise<Handoff> {
  const { handoffJson } = await db.selectFrom('case').select('handoffJson').where('id', '=', id).executeTakeFirstOrThrow();
  return JSON.parse(handoffJson) as Handoff;
}

/** A case as a line of the queue. */
export function rowOf(row: SeenCase, { duty, rules, now }: Viewer): CaseRow {
  const glance = { attention: 'takes-over', ...JSON.parse(row.glanceJson) } as Glance;
  return {
    id: row.id,
    edge: row.edge,
    state: row.state as CaseRow['state'],
    urgency: row.urgency as CaseRow['urgency'],
    openedAt: row.openedAt,
    waitingSince: row.waitingSince,
    updatedAt: row.updatedAt,
    ...glance,
    // What a technician found it to need stands before what its edge said.
    ...(row.skill !== null && row.skillTitleJson !== null ? { skill: JSON.parse(row.skillTitleJson) } : {}),
    locale: row.locale as CaseRow['locale'],
    technician: row.technician !== null && row.technicianName !== null ? { id: row.technician, name: row.technicianName } : null,
    rule: row.rule,
    unread: row.unread,
    priority: row.priority,
    why: {
      severity: row.severityFactor,
      urgency: row.urgencyFactor,
      waiting: row.waitingFactor,
      value: row.valueFactor,
      mood: row.moodFactor,
      fit: row.fitFactor,
    },
    fits: {
      skill: duty.skills.length === 0 || row.skill === null || duty.skills.includes(row.skill),
      language: duty.languages.some((one) => one === row.locale),
    },
    clock: clockOf(row, rules, now),
    offered: row.offeredTo !== null && row.offeredName !== null ? { id: row.offeredTo, name: row.offeredName } : null,
    snoozed: row.snoozedUntil !== null && row.snoozedUntil > now ? { until: row.snoozedUntil, why: row.snoozedWhy ?? '' } : null,
    mergedInto: row.mergedInto,
    issue: row.issue,
    asked: Boolean(row.asked),
  };
}
