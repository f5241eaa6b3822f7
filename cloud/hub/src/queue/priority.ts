import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { Duty, QueueRules, WhyHere } from '../api/queue-types.ts';
import type { Schema } from '../store/schema.ts';

/** Through whose eyes the queue is seen: what they know and speak decides what fits them. */
export type Viewer = { id: string; duty: Pick<Duty, 'skills' | 'languages'>; rules: QueueRules; now: number };

type Factors = { [K in keyof WhyHere]: RawBuilder<number> };

const hour = 3_600_000;
/** A number as SQL; PostgreSQL would take one that stands alone for a text. */
const number = (value: number) => sql<number>`cast(${value} as double precision)`;
const column = (name: string) => sql.ref<number>(`case.${name}`);

/**
 * The factors of a case's place, as SQL over the table `case`, so that a queue of any length is ordered where it lies. The numbers go to the
 * reader as they are: what is shown as the reason is what it was ordered by.
 */
export function factorsOf({ duty, rules, now }: Viewer): Factors {
  const { severity, waiting, misfit } = rules;
  const one = number(1);
  // Who names no skill does a bit of everything.
  const skillFits = sql`(${number(duty.skills.length)} = 0 or ${column('skill')} is null or ${column('skill')} in (select value from json_each(${JSON.stringify(duty.skills)})))`;
  const languageFits = sql`${column('locale')} in (select value from json_each(${JSON.stringify(duty.languages)}))`;
  return {
    severity: sql`case ${column('severity')} when 3 then ${number(severity.danger)} when 2 then ${number(severity.warning)}
      when 1 then ${number(severity.advice)} when 0 then ${number(severity.info)} else ${number(severity.unknown)} end`,
    urgency: sql`case when ${column('urgency')} = 'urgent' then ${number(rules.urgent)} else ${one} end`,
    waiting: sql`case when ${column('waitingSince')} is null then ${number(waiting.nobody)}
      else ${one} + ${number(waiting.perHour)} * min(${number(waiting.mostHours)}, max(0.0, (${number(now)} - ${column('waitingSince')}) / ${number(hour)})) end`,
    value: sql`${one} + ${number(rules.value)} * coalesce(${column('value')}, 0.0)`,
    mood: sql`${one} + ${number(rules.mood)} * max(0.0, -coalesce(${column('mood')}, 0.0))`,
    fit: sql`(case when ${skillFits} then ${one} else ${number(misfit.skill)} end) * (case when ${languageFits} then ${one} else ${number(misfit.language)} end)`,
  };
}

/** All factors multiplied: the higher, the sooner. */
export const priorityOf = (factors: Factors): RawBuilder<number> =>
  sql<number>`(${sql.join(
    Object.values(factors).map((factor) => sql`(${factor})`),
    sql` * `,
  )})`;

/** Written out, as in the indices that hold only these: an index of a part is used where the query says that part. */
export const unresolved = sql<boolean>`"case".state <> 'resolved' and "case"."mergedInto" is null`;

/** Cases that are worked on now: not resolved, not put to sleep, not the same as another. */
export const isAwake = (now: number) => (e: ExpressionBuilder<Schema, 'case'>) =>
  e.and([e('case.mergedInto', 'is', null), e.or([e('case.snoozedUntil', 'is', null), e('case.snoozedUntil', '<=', now)])]);
