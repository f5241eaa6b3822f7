import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { Duty, QueueRules, WhyHere } from '../api/queue-types.ts';
import type { Schema } from '../store/schema.ts';

/** Through whose eyes the queue is seen: what they know and speak decides what fits them. */
export type Viewer = { id: string; duty: Pick<Duty, 'skills' | 'languages'>; rules: QueueRules; now: number };

type Factors = { [K in keyof WhyHere]: RawBuilder<number> };

const hour = 3_600_000;
const column = (name: string) => sql.ref<number>(`case.${name}`);

/**
 * The factors of a case's place, as SQL over the table `case`, so that a queue of any length is ordered where it lies. The numbers go to the
 * reader as they are: what is shown as the reason is what it was ordered by.
 */
export function factorsOf({ duty, rules, now }: Viewer): Factors {
  const { severity, waiting, misfit } = rules;
  const one = sql`1.0`;
  // Who names no skill does a bit of everything.
  const skillFits = sql`(${duty.skills.length} = 0 or ${column('skill')} is null or ${column('skill')} in (select value from json_each(${JSON.stringify(duty.skills)})))`;
  const languageFits = sql`${column('locale')} in (select value from json_each(${JSON.stringify(duty.languages)}))`;
  return {
    severity: sql`case ${column('severity')} when 3 then ${severity.danger} when 2 then ${severity.warning}
      when 1 then ${severity.advice} when 0 then ${severity.info} else ${severity.unknown} end`,
    urgency: sql`case when ${column('urgency')} = 'urgent' then ${rules.urgent} else ${one} end`,
    waiting: sql`case when ${column('waitingSince')} is null then ${waiting.nobody}
      else ${one} + ${waiting.perHour} * min(${waiting.mostHours}, max(0.0, 1.0 * (${now} - ${column('waitingSince')}) / ${hour})) end`,
    value: sql`${one} + ${rules.value} * coalesce(${column('value')}, 0.0)`,
    mood: sql`${one} + ${rules.mood} * max(0.0, -coalesce(${column('mood')}, 0.0))`,
    fit: sql`(case when ${skillFits} then ${one} else ${misfit.skill} end) * (case when ${languageFits} then ${one} else ${misfit.language} end)`,
  };
}

/** All factors multiplied: the higher, the sooner. */
export const priorityOf = (factors: Factors): RawBuilder<number> =>
  sql<number>`(${sql.join(
    Object.values(factors).map((factor) => sql`(${factor})`),
    sql` * `,
  )})`;

/** Cases that are worked on now: not resolved, not put to sleep, not the same as another. */
export const isAwake = (now: number) => (e: ExpressionBuilder<Schema, 'case'>) =>
  e.and([e('case.mergedInto', 'is', null), e.or([e('case.snoozedUntil', 'is', null), e('case.snoozedUntil', '<=', now)])]);
