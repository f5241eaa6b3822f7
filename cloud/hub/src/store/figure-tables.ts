import type { Engine } from './migrations.ts';

/** insight: how many cases there are of each fault and rule, and how long they took, kept with every change of a case: nobody counts a million. */
export type FigureTables = {
  /**
   * `what`: `fault` or `rule`, by its id; `firstReplyAt` or `resolvedAt`, by the least of a span of ms since the case was opened (`widthOf`);
   * `opened`, `resolved`, `good` or `bad` (what people said of it at the end), by the number of the day since 1970 (UTC). By the day of their last change,
   * besides: `talk`, a conversation in which somebody said something, and `handed`, one of those that became a case; `fixed`, `not-fixed` or `too-early`,
   * a repair that was decided so (`talk-figures.ts`).
   */
  caseFigure: { tenant: string; shard: number; what: string; key: string; titleJson: string | null; count: number };
};

/** Spans of time, finer where most is: below so many ms, so many wide. */
const spans = [
  [600_000, 1_000],
  [86_400_000, 60_000],
  [2_592_000_000, 3_600_000],
] as const;
const widest = 86_400_000;

/** How wide the span is that begins with so many ms. */
export const widthOf = (ms: number): number => spans.find(([below]) => ms < below)?.[1] ?? widest;

export type Moment = 'firstReplyAt' | 'resolvedAt';
const moments: readonly Moment[] = ['firstReplyAt', 'resolvedAt'];

/** How long it took until then, in ms: the expression that is indexed. */
export const tookUntil = (moment: Moment, row = ''): string => `max(0, ${row}"${moment}" - ${row}"openedAt")`;

function spanOf(moment: Moment, row: string): string {
  const took = `cast(${tookUntil(moment, row)} as bigint)`;
  const width = `case ${spans.map(([below, wide]) => `when ${took} < ${below} then ${wide}`).join(' ')} else ${widest} end`;
  return `case when ${row}"${moment}" is not null then cast(${took} - ${took} % (${width}) as text) end`;
}

export const dayMs = 86_400_000;
const dayOf = (moment: string, counts: string) => `case when ${counts} then cast(${moment} / ${dayMs} as text) end`;

/** On which days it came and went; a case that stands in another is that one's, how people found it is their own. */
const daysOf = (row: string) => {
  const itself = `${row}"mergedInto" is null`;
  return [
    `'opened', ${dayOf(`${row}"openedAt"`, itself)}, null`,
    `'resolved', ${dayOf(`${row}"resolvedAt"`, `${itself} and ${row}"resolvedAt" is not null`)}, null`,
    ...['good', 'bad'].map((said) => `'${said}', ${dayOf(`${row}"satisfiedAt"`, `${row}satisfaction = '${said}'`)}, null`),
  ];
};

/** What is counted of a case: one row for each figure that it is in. */
const figuresOf = (row: string) => [
  `'fault' as what, ${row}"topFault" as key, ${row}"topFaultTitleJson" as title`,
  `'rule', ${row}rule, null`,
  ...moments.map((moment) => `'${moment}', ${spanOf(moment, row)}, null`),
  ...daysOf(row),
];

/** Hubs beside each other count in different rows, by their connection, so that none waits for another's commit. */
export const shard = { sqlite: '0', postgres: 'pg_backend_pid() % 64' };

const count = (engine: Engine, row: string, by: 1 | -1) => `
  insert into "caseFigure" (tenant, shard, what, key, "titleJson", count)
  select e.tenant, ${shard[engine]}, f.what, f.key, f.title, ${by}
    from edge e cross join (${figuresOf(row)
      .map((figure) => `select ${figure}`)
      .join(' union all ')}) f where e.id = ${row}edge and f.key is not null
  on conflict (tenant, shard, what, key) do update set count = "caseFigure".count + excluded.count,
    "titleJson" = coalesce(excluded."titleJson", "caseFigure"."titleJson")`;

const counted = ['openedAt', 'topFault', 'topFaultTitleJson', 'rule', ...moments, 'mergedInto', 'satisfaction', 'satisfiedAt'].map(
  (name) => `"${name}"`,
);
const when = (distinct: string) => counted.map((name) => `old.${name} ${distinct} new.${name}`).join(' or ');

const tables = [
  `create table "caseFigure" (tenant text not null, shard bigint not null, what text not null, key text not null, "titleJson" text, count bigint not null,
    primary key (tenant, what, key, shard))`,
  ...moments.map((moment) => `create index "case_${moment}_took" on "case" ((${tookUntil(moment)}), edge) where "${moment}" is not null`),
];

/** Begins with the cases that are there. */
export const countAll = `insert into "caseFigure" (tenant, shard, what, key, "titleJson", count)
  select tenant, 0, what, key, max(title), count(*)
  from (${figuresOf('c.')
    .map((figure) => `select e.tenant, ${figure} from "case" c join edge e on e.id = c.edge`)
    .join(' union all ')}) f
  where key is not null group by tenant, what, key`;

/** The newest case that a rule handed over says what the rule is. */
export const caseByRule = 'create index caseByRule on "case" (rule, openedAt)';

const trigger = (name: string, on: string, act: string, condition = '') =>
  `create trigger "${name}" after ${on} on "case" for each row ${condition} begin ${act}; end`;

/** By triggers, so that no way of changing a case is forgotten (sqlite.org/lang_createtrigger.html; postgresql.org/docs/current/plpgsql-trigger.html). */
const triggers = {
  sqlite: [
    trigger('caseCounted', 'insert', count('sqlite', 'new.', 1)),
    trigger('caseUncounted', 'delete', count('sqlite', 'old.', -1)),
    trigger(
      'caseCountedAnew',
      `update of ${counted.join(', ')}`,
      `${count('sqlite', 'old.', -1)}; ${count('sqlite', 'new.', 1)}`,
      `when ${when('is not')}`,
    ),
  ],
  postgres: [
    `create or replace function "countCase"() returns trigger language plpgsql as $$ begin
      if tg_op <> 'INSERT' then ${count('postgres', 'old.', -1)}; end if;
      if tg_op <> 'DELETE' then ${count('postgres', 'new.', 1)}; end if;
      return null; end $$`,
    `create trigger "caseCounted" after insert or delete on "case" for each row execute function "countCase"()`,
    `create trigger "caseCountedAnew" after update of ${counted.join(', ')} on "case" for each row when (${when('is distinct from')}) execute function "countCase"()`,
  ],
};

export const caseFigures = {
  sqlite: [...tables, countAll, ...triggers.sqlite],
  postgres: [...tables, countAll, ...triggers.postgres],
};

/** Where they were kept before there was something more to count. */
const again = ['delete from "caseFigure"', countAll];
export const caseFiguresAgain = {
  sqlite: [...['caseCounted', 'caseUncounted', 'caseCountedAnew'].map((name) => `drop trigger "${name}"`), ...again, ...triggers.sqlite],
  postgres: [...['caseCounted', 'caseCountedAnew'].map((name) => `drop trigger "${name}" on "case"`), ...again, ...triggers.postgres],
};
